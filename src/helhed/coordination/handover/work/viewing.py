"""One citizen's hand-over as a line of steps, and the ledger of who held what when. Each showing is decided and logged."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from helhed.accounts.models import User
from helhed.audit.actions import note
from helhed.coordination.handover.adoption.models import AdoptedModel
from helhed.coordination.handover.chain.models import ENDED, OVER, Chain, Step
from helhed.coordination.handover.chain.quiet import rests_until
from helhed.coordination.handover.chain.returning import UNDONE
from helhed.coordination.handover.entrances.standing import lent_to
from helhed.coordination.handover.sanctions import questions as sanctions
from helhed.coordination.handover.tasks import questions as tasks
from helhed.coordination.handover.work import selecting, words
from helhed.coordination.handover.work.answers import ChainView, HeldSpan, LedgerView, StepView
from helhed.coordination.handover.work.line import history, line
from helhed.coordination.handover.work.missing import missing
from helhed.coordination.handover.work.reach import PURPOSE, Reach, acts, reach_of
from helhed.coordination.handover.work.selecting import Lying
from helhed.law import catalogue
from helhed.sharing import naming
from helhed.sharing.ledger import standing as ledger
from helhed.sharing.ledger.models import Holding, Worker
from helhed.sharing.naming import Named

ABOUT, SEEN, LEADING = "handover", "handover-seen", "leder"
MOVED = tuple(key for key, duty in catalogue().responsibilities.items() if duty.on_transfer == "moves")
"""The parts that move with a hand-over, and carry what lies with them along."""


def chain(*, by: User, chain: UUID, language: str) -> ChainView:
    """A chain within the viewer's reach; LookupError for another's, NoAccess where the citizen is closed to a caseworker.
    A leader of a unit that holds nothing of the citizen, and is offered nothing now, gets it without the name."""
    reach = reach_of(by)
    lying = _within(reach, chain)
    asked = {"by": by, "purpose": PURPOSE, "action": SEEN}
    with override(language):
        if not reach.leads:
            with naming.meeting(lying.person_key, about=ABOUT, **asked) as met:
                return _view(lying, met, reach, language)
        met = naming.named([lying.person_key], about=[ABOUT], **asked).get(lying.person_key)
        if met is None:
            note(person_key=lying.person_key, object=f"chain {chain}", ground=LEADING, **asked)
        return _view(lying, met, reach, language)


def _within(reach: Reach, chain: UUID) -> Lying:
    found = selecting.these(reach, timezone.localdate(), [chain])
    if not found or not (reach.works or reach.leads):
        raise LookupError(chain)
    return found[0]


def _view(lying: Lying, met: Named | None, reach: Reach, language: str) -> ChainView:
    place, row = lying.place, Chain.objects.get(pk=lying.id)
    steps = list(Step.objects.filter(chain=row).order_by("number"))
    terms = AdoptedModel.objects.get(pk=row.adoption)
    holds = place.from_unit in reach.units
    line_ = line(lying, steps, language)
    return ChainView(
        chain=row.pk,
        person_key=row.person_key,
        name=met.name if met else "",
        age=met.age if met else None,
        protected=met.protected if met else False,
        model=row.model,
        model_label=words.model_label(row.model, language),
        direction=row.direction,
        state=row.state,
        state_label=words.state_label(row.state, row.direction, place.refusal),
        from_label=words.short_unit(row.from_unit, language),
        to_label=words.short_unit(row.to_unit, language),
        opened_at=row.opened_at,
        due_on=row.due_on,
        overdue=place.late,
        effective_on=row.effective_on,
        missing=missing(place, row.effective_on, language),
        ground_label=words.ground_label(terms.ground, language),
        steps=line_,
        acts=acts(place, reach),
        consent=row.consent,
        returns=row.returns_id,
        returned_by=_return_of(row),
        preview=row.state == "offered" and not holds,
        carried=_carried(row) if holds or row.state == "effective" else (),
        family=_family(row, reach),
        side=reach.side,
        history=history(steps, place, reach, language),
        worker=_worker(row.person_key),
        cause_label=words.cause_label(row.cause) if row.direction == "back" else "",
        trial=terms.mode == "trial",
        refusal=place.refusal if row.state == "refused" else "",
        ended_label=_ended(row, steps, reach, language),
        of_family=place.family,
    )


def _ended(row: Chain, steps: Sequence[Step], reach: Reach, language: str) -> str:
    """Why it came to nothing; an exemption's reason is for the side that found it."""
    if row.state not in ENDED or row.state == "effective" or not row.end_reason:
        return ""
    last = steps[-1]
    if row.state == "exempted" and last.unit.split("/")[0] != reach.side:
        said = _("Undtaget efter vurdering fra %(side)s.") % {"side": last.unit.split("/")[0].upper()}
        return f"{said} {_rests(row)}".strip()
    return f"{words.reason_label(row.end_reason, language)}. {_rests(row)}".removesuffix(". ")


def _rests(row: Chain) -> str:
    """From which day the citizen may be proposed again though nothing has changed; "" where it does not wait."""
    again = rests_until(row.state, row.end_reason, row.ended_at)
    if row.direction != OVER or again <= timezone.now():
        return ""
    return _("Kan tidligst foreslås igen %(day)s.") % {
        "day": date_format(timezone.localdate(again), "DATE_FORMAT")
    }


def _return_of(row: Chain) -> UUID | None:
    found = back_of(row.pk)
    return None if found == row.pk else found


def back_of(chain: UUID) -> UUID:
    """The way back that was opened for a hand-over that has moved; the hand-over itself where none was. No fact of anybody."""
    found = Chain.objects.filter(returns=chain).exclude(state__in=UNDONE)
    return found.values_list("pk", flat=True).first() or chain


def _carried(row: Chain) -> tuple[tuple[str, int], ...]:
    """What lies with the parts that move, and goes along."""
    open_tasks, drafts = tasks.open_of(row.person_key, MOVED), sanctions.drafts_of(row.person_key)
    found = [
        (ngettext("åben opgave", "åbne opgaver", open_tasks), open_tasks),
        (ngettext("udkast til en sanktion", "udkast til sanktioner", drafts), drafts),
    ]
    return tuple((what, number) for what, number in found if number)


def _family(row: Chain, reach: Reach) -> tuple[tuple[UUID, str, str], ...]:
    """The other chains of the family within reach: the chain, where it stands, and the model. No names: each is met alone."""
    if row.family is None:
        return ()
    others = Chain.objects.filter(family=row.family).exclude(pk=row.pk).order_by("opened_at")
    return tuple(
        (other.pk, words.state_label(other.state, other.direction), other.model)
        for other in others
        if {other.from_unit, other.to_unit} & reach.units
    )


def _worker(person: UUID) -> str:
    username = ledger.worker_of(person, MOVED[0])
    return name_of(username) if username else ""


def name_of(username: str) -> str:
    """An employee's name; the username where the employee is no longer known."""
    return User.objects.filter(username=username).values_list("name", flat=True).first() or username


def open_of(*, by: User, person: UUID, language: str) -> tuple[UUID, str, str] | None:
    """The citizen's open chain, if it is within the viewer's reach: its key, where it stands, its direction. For a page that
    has met the citizen already."""
    reach = reach_of(by)
    if not reach.works:
        return None
    chains = Chain.objects.filter(person_key=person).exclude(state__in=ENDED).values_list("pk", flat=True)
    found = selecting.these(reach, timezone.localdate(), list(chains))
    if not found:
        return None
    with override(language):
        place = found[0].place
        return found[0].id, words.state_label(place.state, place.direction, place.refusal), place.direction


def _chains(person: UUID, reach: Reach, language: str) -> tuple[StepView, ...]:
    keys = Chain.objects.filter(person_key=person).order_by("-opened_at").values_list("pk", flat=True)
    return tuple(
        StepView(
            kind=str(each.id),
            label=words.state_label(each.place.state, each.place.direction, each.place.refusal),
            state=each.place.direction,
            at=each.opened_at,
            unit_label=words.short_unit(each.place.to_unit, language),
            reason_label=words.model_label(each.model, language),
        )
        for each in selecting.these(reach, timezone.localdate(), list(keys))
    )


def ledger_of(*, by: User, person: UUID, purpose: str, language: str) -> LedgerView:
    """Who held what for a citizen, when; and the citizen's chains within the viewer's reach."""
    with (
        override(language),
        naming.meeting(person, by=by, purpose=purpose, action="ledger-seen", about=ABOUT) as met,
    ):
        moves = ledger.moves(met.person_key)
        return LedgerView(
            person_key=met.person_key,
            name=met.name,
            spans=tuple(_span(row, language) for row in ledger.history(met.person_key)),
            moves=len(moves),
            days_between=_between([each.at for each in moves]),
            workers=_workers(met.person_key, language),
            lent_to=lent_to(met.person_key),
            chains=_chains(met.person_key, reach_of(by), language),
        )


def _span(row: Holding, language: str) -> HeldSpan:
    return HeldSpan(
        part=row.part,
        part_label=words.part_label(row.part, language),
        unit_label=words.short_unit(row.unit, language),
        side=row.unit.split("/")[0],
        since=row.since,
        until=row.until,
        ground_label=words.held_on(row.ground),
        beside_label=words.short_unit(row.beside, language),
        chain=row.ref if row.ground in ("ressortflyt", "tilbagefoersel") else None,
    )


def _between(moments: Sequence[datetime]) -> tuple[int, ...]:
    return tuple((later - earlier).days for earlier, later in zip(moments, moments[1:], strict=False))


def _workers(person: UUID, language: str) -> tuple[tuple[str, str, str], ...]:
    rows = Worker.objects.filter(person_key=person, until__isnull=True).order_by("part")
    return tuple(
        (words.part_label(row.part, language), name_of(row.username), words.short_unit(row.unit, language))
        for row in rows
    )
