"""The steward's doors: find a hand-over, answer for it, decide it again. Each showing of a citizen is decided and logged."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import override

from helhed.accounts.models import User
from helhed.audit.actions import note
from helhed.coordination.handover.chain.check_words import check_label, finding
from helhed.coordination.handover.chain.models import OVER, Chain, Step
from helhed.coordination.handover.chain.replaying import replay
from helhed.coordination.handover.chain.returning import UNDONE
from helhed.coordination.handover.work import words
from helhed.coordination.handover.work.account import Account, Listed, Listing, Tried
from helhed.coordination.handover.work.resting import adoption, consents, evidence, moves, shown, taken
from helhed.sharing import naming
from helhed.sharing.answers import NoAccess
from helhed.sharing.policy import OVERSIGHT
from helhed.sharing.refusal import Refused

PAGE = 50
ABOUT = "handover"
FACTS, WHOLE = "handover-account-facts", "handover-account-whole"
SHORTEST, LONGEST = 10, 200
"""How much is written about why every fact must be seen."""


@dataclass(frozen=True)
class Narrowed:
    """Which hand-overs are asked for: under a model, in a state, over or back; "" for any."""

    model: str = ""
    state: str = ""
    direction: str = ""


def listed(*, by: User, language: str, only: Narrowed | None = None, page: int = 1) -> Listing:
    """The hand-overs and returns, the newest first, fifty a page. Nobody is named."""
    allow(by)
    wanted = {name: value for name, value in asdict(only or Narrowed()).items() if value}
    rows = Chain.objects.filter(**wanted).order_by("-opened_at", "pk")
    first = (max(page, 1) - 1) * PAGE
    return Listing(_rows(rows[first : first + PAGE], language), rows.count(), _models(language))


def states(keys: Iterable[str], language: str, direction: str = OVER) -> tuple[tuple[str, str], ...]:
    """What states are called on the way over, or back."""
    with override(language):
        return tuple((key, words.state_label(key, direction)) for key in keys)


def begun_with(*, by: User, text: str) -> UUID | None:
    """The one hand-over whose number begins with the eight signs a list shows; None where there is none, or more than one."""
    allow(by)
    least, most = (UUID(text.ljust(32, sign)) for sign in "0f")
    found = Chain.objects.filter(pk__gte=least, pk__lte=most).values_list("pk", flat=True)[:2]
    return found[0] if len(found) == 1 else None


def of_citizen(*, by: User, number: str, language: str) -> tuple[str, Listing] | None:
    """A citizen's name and hand-overs, by the whole personal number; None where there is no such citizen, or none of theirs
    that may be shown."""
    allow(by)
    people = naming.numbered(number)
    found = naming.named(people, by=by, purpose=OVERSIGHT, action="handover-account-find", about=[ABOUT])
    for person, citizen in found.items():
        rows = Chain.objects.filter(person_key=person).order_by("-opened_at", "pk")
        return citizen.name, Listing(_rows(rows, language), len(rows), ())
    return None


def account(*, by: User, chain: UUID, language: str) -> Account:
    """All there is to answer for one hand-over with: of the facts those that decided. LookupError where there is none;
    NoAccess."""
    return _told(by, chain, language, FACTS)


def whole(*, by: User, chain: UUID, reason: str, language: str) -> Account:
    """The same with every fact the rules looked at, also what decided nothing. Refused without a reason; a line of its own in
    the citizen's log. LookupError where there is none; NoAccess."""
    allow(by)
    said = " ".join(reason.split())
    if not SHORTEST <= len(said) <= LONGEST:
        with override(language):
            limits = {"n": SHORTEST, "most": LONGEST}
            raise Refused(_("Skriv hvorfor, med mindst %(n)d og højst %(most)d tegn.") % limits)
    return _told(by, chain, language, WHOLE, said)


def _told(by: User, chain: UUID, language: str, action: str, reason: str = "") -> Account:
    allow(by)
    row = _known(chain)
    with (
        override(language),
        naming.meeting(
            row.person_key, by=by, purpose=OVERSIGHT, action="handover-account", about=ABOUT
        ) as met,
    ):
        steps = list(Step.objects.filter(chain=row).order_by("number"))
        note(
            by=by,
            action=action,
            person_key=met.person_key,
            object=reason,
            purpose=OVERSIGHT,
            ground=met.ground,
            fields=shown(row, steps, whole=action == WHOLE),
            decision=met.decision,
        )
        return _account(row, steps, met.name, language, whole=action == WHOLE)


def tried(*, by: User, chain: UUID, language: str) -> tuple[Tried, ...]:
    """One hand-over decided again: each check in words. LookupError where there is none; NoAccess."""
    allow(by)
    row = _known(chain)
    kinds = dict(Step.objects.filter(chain=row).values_list("number", "kind"))
    with (
        override(language),
        naming.meeting(row.person_key, by=by, purpose=OVERSIGHT, action="handover-retried", about=ABOUT),
    ):
        return tuple(
            Tried(
                check.step,
                words.step_label(kinds[check.step], row.direction) if check.step else "",
                check_label(check.what),
                check.holds,
                finding(check),
            )
            for check in replay(chain).checks
        )


def allow(by: User) -> None:
    """NoAccess, and a line in the log, for who may not answer for hand-overs."""
    if not by.may("handover.account"):
        note(by=by, action="handover-account", purpose=OVERSIGHT, ground="role", outcome="denied")
        raise NoAccess(_("Din rolle giver ikke adgang til at gøre rede for overdragelser."))


def _known(chain: UUID) -> Chain:
    row = Chain.objects.filter(pk=chain).first()
    if row is None:
        raise LookupError(chain)
    return row


def _models(language: str) -> tuple[tuple[str, str], ...]:
    keys = Chain.objects.order_by("model").values_list("model", flat=True).distinct()
    return tuple((key, words.model_label(key, language)) for key in keys)


def _rows(rows: QuerySet[Chain], language: str) -> tuple[Listed, ...]:
    with override(language):
        return tuple(
            Listed(
                chain=row.pk,
                model=row.model,
                model_label=words.model_label(row.model, language),
                direction=row.direction,
                state_label=words.state_label(row.state, row.direction),
                from_label=words.short_unit(row.from_unit, language),
                to_label=words.short_unit(row.to_unit, language),
                opened_at=row.opened_at,
                ended_at=row.ended_at,
                effective=row.state == "effective",
            )
            for row in rows
        )


def _account(row: Chain, steps: list[Step], name: str, language: str, *, whole: bool) -> Account:
    back = Chain.objects.filter(returns=row).exclude(state__in=UNDONE)
    return Account(
        chain=row.pk,
        person_key=row.person_key,
        name=name,
        model=row.model,
        model_label=words.model_label(row.model, language),
        direction=row.direction,
        state_label=words.state_label(row.state, row.direction),
        cause_label=words.cause_label(row.cause) if row.direction == "back" else "",
        from_label=words.short_unit(row.from_unit, language),
        to_label=words.short_unit(row.to_unit, language),
        opened_at=row.opened_at,
        effective_at=row.effective_at,
        adoption=adoption(row.adoption, language),
        steps=taken(steps, row.direction, language),
        evidence=evidence(row, steps, language, whole=whole),
        consents=consents(steps, language),
        moves=moves(row, language),
        returns=row.returns_id,
        returned_by=back.values_list("pk", flat=True).first(),
        whole=whole,
    )
