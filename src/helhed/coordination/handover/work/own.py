"""The citizen's own view of a hand-over, and that of whoever acts for the citizen: who has the case, what happens now, what one
can do. Asking to come back is an act of the citizen's own; nobody asks why."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from helhed.accounts.models import User
from helhed.coordination.handover.chain import returning
from helhed.coordination.handover.chain.models import ENDED, OVER, Chain, Step
from helhed.coordination.handover.letters.reaching import Reached, reached_each
from helhed.coordination.handover.work.own_words import part_label, rank, said_of, steps_of, title_of
from helhed.coordination.handover.work.viewing import name_of
from helhed.coordination.handover.work.words import short_unit
from helhed.sharing import eligibility
from helhed.sharing.asking.letting import own_matter
from helhed.sharing.consent.models import Consent
from helhed.sharing.ledger import standing as ledger
from helhed.sharing.refusal import Refused

SEEING, ACTING = "see", "consent"
"""What a mandate must reach to: to see, and to ask for the citizen."""
CASEWORK, SOCIAL = "sagsbehandleransvar", "social"
ORDER = (CASEWORK, "beskaeftigelsesindsats", "ydelsesansvar", SOCIAL, "forvaltningsansvar")
"""What the citizen meets most comes first; the administration's own last."""
RESTING = ("consented", "decided", "offered", "refused", "accepted", "effective")
HEARD = {"given": "consented", "refused": "declined"}
"""What an answer makes of a chain whose citizen was asked."""
LONGEST = 600


@dataclass(frozen=True)
class OwnPart:
    """One of the four responsibilities, or the social case, in plain words: which unit has it, since when (None: the case
    system does not say here), and who helps there ("" nobody named). `beside`: the administration that has it as well.
    `reached`: how to get hold of the unit, None where nobody has said."""

    part: str
    label: str
    unit_label: str
    side: str
    since: datetime | None
    worker: str
    beside: str
    reached: Reached | None


@dataclass(frozen=True)
class OwnStep:
    """A step on the way. `state`: "done", "now", "waits" or "stopped"; `on`: the day it was done."""

    label: str
    state: str
    on: date | None


@dataclass(frozen=True)
class OwnView:
    """What the citizen sees. `said`: what happens now, what it means, what one can do. `question`: the consent that waits for an
    answer; `consent`: the one it rests on, which can be withdrawn. `moving`: something is under way. `calls`: the part whose
    unit one calls about all this, None where nobody has a case."""

    name: str
    parts: tuple[OwnPart, ...]
    title: str
    said: tuple[str, ...]
    steps: tuple[OwnStep, ...]
    state: str
    direction: str
    moving: bool
    question: UUID | None
    consent: UUID | None
    may_ask_back: bool
    calls: OwnPart | None


def own(*, by: User, language: str, mandate: UUID | None = None) -> OwnView:
    """Who has the citizen's case, and how far a hand-over or a return is."""
    with translation.override(language), own_matter(by, mandate, SEEING) as let:
        let.line("handover-own-seen", fields=("handover", "social_case"))
        return view_of(let.person.key, let.person.name, language, social=True)


def view_of(person: UUID, name: str, language: str, *, social: bool) -> OwnView:
    """The view itself, for a door that has decided and logged; in the active language. `social`: with the social case."""
    row = _answered(_newest(person))
    return _view(name, row, _parts(person, language, social), language)


def ask_back(*, by: User, language: str, mandate: UUID | None = None, note: str = "") -> UUID:
    """The citizen wants the case back where it was: the return is opened at once. Answers its chain. Refused where nothing has
    been moved, or it is on its way back already."""
    with translation.override(language), own_matter(by, mandate, ACTING) as let:
        over = _stands(_newest(let.person.key))
        if over is None or over.state != "effective":
            raise Refused(_("Din sag er ikke flyttet, eller den er allerede på vej tilbage."))
        let.line("handover-back-asked", f"chain {over.pk}", fields=("handover",))
        return returning.open_return(by=by, chain=over.pk, cause="request", note=note.strip()[:LONGEST])


def _newest(person: UUID) -> Chain | None:
    """The chain that is under way, else the newest."""
    rows = Chain.objects.filter(person_key=person)
    return rows.exclude(state__in=ENDED).first() or rows.order_by("-opened_at").first()


def _stands(row: Chain | None) -> Chain | None:
    """The hand-over that the citizen's case stands by: the newest chain, or where that is a return that came to nothing the one
    it would have undone; None on the way back."""
    if row is None or row.direction == OVER:
        return row
    return row.returns if row.state in returning.UNDONE else None


def _answered(row: Chain | None) -> Chain | None:
    """The chain as the citizen knows it: an answer just given counts at once, though the chain hears it with the next round."""
    if row is not None and row.state == "asked" and row.consent is not None:
        said = Consent.objects.filter(pk=row.consent).values_list("state", flat=True).first()
        row.state = HEARD.get(said, row.state)
    return row


def _view(name: str, row: Chain | None, parts: tuple[OwnPart, ...], language: str) -> OwnView:
    state, direction = (row.state, row.direction) if row else ("", OVER)
    over = _stands(row)
    calls = next((part for part in parts if part.part == CASEWORK), parts[0] if parts else None)
    return OwnView(
        name=name,
        parts=parts,
        title=title_of(row, language, calls.unit_label if calls else ""),
        said=said_of(row, language),
        steps=_steps(row),
        state=state,
        direction=direction,
        moving=row is not None and state not in ENDED,
        question=over.consent if over and over.state == "asked" else None,
        consent=over.consent if over and over.state in RESTING else None,
        may_ask_back=over is not None and over.state == "effective",
        calls=calls,
    )


def _parts(person: UUID, language: str, with_social: bool) -> tuple[OwnPart, ...]:
    held = ledger.holders(person)
    lie = {part: (held[part].unit, held[part].since, held[part].beside) for part in held}
    social = eligibility.units_of([person]).get(person, ("", ""))[1] if with_social else ""
    if social:
        lie[SOCIAL] = (social, None, "")
    ways = reached_each([unit for unit, _since, _beside in lie.values()], language)
    return tuple(
        OwnPart(
            part,
            part_label(part),
            short_unit(unit, language),
            unit.split("/")[0],
            since,
            _worker(person, part),
            short_unit(beside, language),
            ways.get(unit),
        )
        for part, (unit, since, beside) in sorted(lie.items(), key=lambda one: ORDER.index(one[0]))
    )


def _worker(person: UUID, part: str) -> str:
    username = ledger.worker_of(person, part) if part == CASEWORK else ""
    return name_of(username) if username else ""


def _steps(row: Chain | None) -> tuple[OwnStep, ...]:
    if row is None:
        return ()
    days = {kind: timezone.localdate(at) for kind, at in _taken(row)}
    open_yet, line, waits = row.state not in ENDED, [], False
    for kind, label in steps_of(row):
        done = kind in days and (not open_yet or rank(kind) <= rank(row.state))
        ahead = "waits" if waits else "now" if open_yet else "stopped"
        line.append(OwnStep(label, "done" if done else ahead, days[kind] if done else None))
        waits = waits or not done
    return tuple(line)


def _taken(row: Chain) -> list[tuple[str, datetime]]:
    return list(Step.objects.filter(chain=row).order_by("number").values_list("kind", "at"))
