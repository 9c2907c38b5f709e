"""The citizen's own door to sanctions, and that of who acts for the citizen: what was decided, what is asked, the answer, and the
complaint. To answer or complain a mandate must reach to `answer`; such a one opens the sanctions too."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from helhed.accounts.models import User
from helhed.coordination.handover.letters.reaching import reached
from helhed.coordination.handover.sanctions import actions, complaints
from helhed.coordination.handover.sanctions.answers import Call, Number, OwnView
from helhed.coordination.handover.sanctions.four_weeks import FourWeeks, four_weeks
from helhed.coordination.handover.sanctions.models import DECIDES, HEARD, Complaint, Sanction, SanctionStep
from helhed.coordination.handover.sanctions.own_complaint import own_complaint
from helhed.coordination.handover.sanctions.picturing import ground_label, of_citizen
from helhed.coordination.handover.sanctions.stepping import Rests
from helhed.coordination.handover.sanctions.turns import waits_for
from helhed.sharing.asking.letting import own_matter
from helhed.sharing.hatch import label_of_unit
from helhed.sharing.ledger.standing import holders
from helhed.sharing.mandates import standing as mandates

SEEN = "sanctions-seen"
SEE, ANSWER = "see", "answer"


def sanctions(*, by: User, language: str, mandate: UUID | None = None) -> tuple[OwnView, ...]:
    """The citizen's sanctions, newest first, from the moment they were decided, for the citizen or under a mandate to see or
    to answer; NoAccess for others."""
    may_answer = mandate is None or _reaches(by, mandate)
    scope = ANSWER if may_answer else SEE
    with translation.override(language), own_matter(by, mandate, scope) as let:
        let.line(SEEN, fields=("sanction",))
        rows = Sanction.objects.filter(person_key=let.person.key, decided_at__isnull=False)
        call = _call(let.person.key, language) if rows else Call("", None)
        return tuple(_view(row, may_answer, call, language) for row in rows.order_by("-created_at"))


def number(*, by: User) -> Number:
    """How many sanctions the citizen who is logged in has been told of, and how many wait for an answer."""
    rows = Sanction.objects.filter(person_key=by.person_key, decided_at__isnull=False)
    asked = rows.filter(state=HEARD, answered_at__isnull=True, hearing_due__gte=timezone.localdate())
    return Number(asked.count(), rows.count())


def answer(*, by: User, sanction: UUID, words: str, language: str, mandate: UUID | None = None) -> None:
    """The citizen's answer to the hearing, or that of who may answer for the citizen. Refused where it is not asked now;
    LookupError where it is not the citizen's."""
    with _own(by, mandate, language, sanction) as rests:
        actions.answer(by=by, sanction=sanction, words=words, own=True, **rests)


def complain(*, by: User, sanction: UUID, words: str, language: str, mandate: UUID | None = None) -> None:
    """A complaint today, by the citizen or who may answer for the citizen; no words are needed. As `answer` otherwise."""
    with _own(by, mandate, language, sanction) as rests:
        today = timezone.localdate()
        complaints.complain(by=by, sanction=sanction, words=words, received_on=today, own=True, **rests)


def take_back(*, by: User, sanction: UUID, language: str, mandate: UUID | None = None) -> None:
    """Take the open complaint back. As `answer` otherwise."""
    with _own(by, mandate, language, sanction) as rests:
        complaints.take_back(by=by, sanction=sanction, own=True, **rests)


@contextmanager
def _own(by: User, mandate: UUID | None, language: str, sanction: UUID) -> Iterator[Rests]:
    with translation.override(language), own_matter(by, mandate, ANSWER) as let:
        theirs = Sanction.objects.filter(pk=sanction, person_key=let.person.key, decided_at__isnull=False)
        if not theirs.exists():
            raise LookupError(sanction)
        yield {"decision": let.decision, "mandate": mandate}


def _reaches(by: User, mandate: UUID) -> bool:
    """Whether a mandate lets its holder answer, and not only see."""
    return mandates.active(mandate, by.username, ANSWER, lock=False) is not None


def _call(person: UUID, language: str) -> Call:
    unit = holders(person)[DECIDES].unit
    return Call(label_of_unit(unit, language), reached(unit, language))


def _view(row: Sanction, may_answer: bool, call: Call, language: str) -> OwnView:
    today = timezone.localdate()
    turn = waits_for(row, today)
    steps = list(SanctionStep.objects.filter(sanction=row).order_by("number"))
    last = [step.note for step in steps if step.kind in ("upheld", "annulled", "reversed")]
    carrying = of_citizen(row.person_key, language)
    deciding = label_of_unit(row.deciding_unit, language)
    headline, what_now = _told(row, turn, deciding, carrying)
    return OwnView(
        id=row.pk,
        state=row.state,
        headline=headline,
        what_now=what_now,
        from_day=row.from_day,
        to_day=row.to_day,
        reason=row.reason,
        ground_label=ground_label(row.ground, language),
        deciding_unit_label=deciding,
        carrying_unit_label=carrying,
        amount_oere=row.amount_oere,
        month=row.month,
        hearing_due=row.hearing_due,
        own_words=_answers(steps),
        decided_note=last[-1] if last else "",
        may_answer=row.state == HEARD and may_answer,
        repaid_oere=row.repaid_oere,
        repaid_on=row.repaid_on,
        calls=call,
        **_complaining(row, may_answer, today, language),
    )


def _answers(steps: list[SanctionStep]) -> tuple[tuple[datetime, str, str], ...]:
    given = [step for step in steps if step.kind == "answered"]
    names = mandates.names_of(step.mandate for step in given if step.mandate)
    return tuple((step.at, step.note, names.get(step.mandate, "")) for step in given)


def _complaining(row: Sanction, may_answer: bool, today: date, language: str) -> dict[str, Any]:
    """What the citizen can complain of, until when, and how far the newest complaint is."""
    newest = Complaint.objects.filter(sanction=row).order_by("-created_at").first()
    can = bool(row.effected_at) and not row.reversed_whole and not row.complaint
    time = four_weeks(row) if can else FourWeeks()
    return {
        "may_complain": can and may_answer,
        "complain_until": time.last_day,
        "complain_late": time.over(today),
        "complaint": own_complaint(row, newest, may_answer, language) if newest else None,
    }


def _told(row: Sanction, turn: str, deciding: str, carrying: str) -> tuple[str, str]:
    """What the citizen reads first, and what happens now."""
    if row.state == "reversed":
        return _("Du får penge tilbage"), _("%(unit)s betaler dem. Du får et brev, når de er på vej.") % {
            "unit": carrying
        }
    if row.state == "repaid":
        return _("Du har fået penge tilbage"), _("Du skal ikke gøre noget.")
    if row.state == "effected" and row.complaint:
        return _("Din ydelse er sat ned, og du har klaget"), _("Herunder kan du se, hvor langt klagen er.")
    if row.state == "effected":
        return _("Din ydelse er sat ned"), _(
            "Er du uenig, kan du klage her på siden, eller som det står i brevet."
        )
    if row.state in ("annulled", "withdrawn"):
        return _("Din ydelse bliver ikke sat ned"), _("Du skal ikke gøre noget.")
    if row.state != HEARD:
        return (
            _("Din ydelse bliver måske sat ned"),
            _("%(unit)s regner på det. Du bliver spurgt, før der sker noget.") % {"unit": carrying},
        )
    if turn == "decides":
        return _("Vi har fået dit svar"), _(
            "%(unit)s ser på dit svar og holder fast eller ændrer beslutningen. Så får du besked."
        ) % {"unit": deciding}
    if turn == "citizen":
        return _("Vi vil høre dig, før vi sætter din ydelse ned"), _("Der er ikke trukket penge endnu.")
    return _("Din ydelse bliver sat ned"), _("%(unit)s trækker pengene. Du får et brev, når det er sket.") % {
        "unit": carrying
    }
