"""The citizen's own door to sanctions: what was decided, what is asked, and the answer."""

from uuid import UUID

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from helhed.accounts.models import User
from helhed.coordination.handover.sanctions import actions
from helhed.coordination.handover.sanctions.answers import Number, OwnView
from helhed.coordination.handover.sanctions.models import HEARD, Sanction, SanctionStep
from helhed.coordination.handover.sanctions.picturing import ground_label, of_citizen
from helhed.coordination.handover.sanctions.turns import waits_for
from helhed.sharing.asking.letting import Let, own_matter
from helhed.sharing.hatch import label_of_unit

SEEN = "sanctions-seen"
SEE = "see"


def sanctions(*, by: User, language: str, mandate: UUID | None = None) -> tuple[OwnView, ...]:
    """The citizen's sanctions, newest first, from the moment they were decided; NoAccess for others."""
    with translation.override(language), own_matter(by, mandate, SEE) as let:
        let.line(SEEN, fields=("sanction",))
        rows = Sanction.objects.filter(person_key=let.person.key, decided_at__isnull=False)
        return tuple(_view(row, let, language) for row in rows.order_by("-created_at"))


def number(*, by: User) -> Number:
    """How many sanctions the citizen who is logged in has been told of, and how many wait for an answer."""
    rows = Sanction.objects.filter(person_key=by.person_key, decided_at__isnull=False)
    asked = rows.filter(state=HEARD, answered_at__isnull=True, hearing_due__gte=timezone.localdate())
    return Number(asked.count(), rows.count())


def answer(*, by: User, sanction: UUID, words: str, language: str) -> None:
    """The citizen's answer to the hearing. Refused where it is not asked now; LookupError where it is not the citizen's."""
    with translation.override(language), own_matter(by, None, SEE) as let:
        if not Sanction.objects.filter(
            pk=sanction, person_key=let.person.key, decided_at__isnull=False
        ).exists():
            raise LookupError(sanction)
        actions.answer(by=by, sanction=sanction, words=words, own=True, decision=let.decision)


def _view(row: Sanction, let: Let, language: str) -> OwnView:
    today = timezone.localdate()
    turn = waits_for(row, today)
    steps = SanctionStep.objects.filter(sanction=row).order_by("number")
    answers = tuple((step.at, step.note) for step in steps if step.kind == "answered")
    last = [step.note for step in steps if step.kind in ("upheld", "annulled")]
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
        own_words=answers,
        decided_note=last[-1] if last else "",
        may_answer=row.state == HEARD and let.mandate is None,
    )


def _told(row: Sanction, turn: str, deciding: str, carrying: str) -> tuple[str, str]:
    """What the citizen reads first, and what happens now."""
    if row.state == "effected":
        return _("Din ydelse er sat ned"), _("Er du uenig, kan du klage. Det står i brevet, hvordan du gør.")
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
