"""A citizen has moved away, and Copenhagen still has to act: a unit says so, and on which ground.

The return that was opened for the move comes to nothing, and the move is no cause again while the register says the same.
Retssikkerhedsloven § 9 names when; the grounds are the catalogue's (`use: handling`), none confirmed by a lawyer yet.
"""

from collections.abc import Collection, Mapping
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from helhed.audit.actions import Actor, note
from helhed.coordination.handover.chain.acting import held, must_be_of, standing
from helhed.coordination.handover.chain.ending import STILL_ACTING, end
from helhed.coordination.handover.chain.models import BACK, UNACCEPTED, StillActing
from helhed.coordination.handover.chain.seals import about
from helhed.law import catalogue
from helhed.periods import day_of
from helhed.sharing import departures
from helhed.sharing.clock import moment
from helhed.sharing.departures import DEATH, MOVED, Departed
from helhed.sharing.refusal import Refused


def grounds() -> tuple[str, ...]:
    """The legal grounds on which a municipality still acts for somebody who lives in another, today."""
    today = day_of(timezone.localdate())
    rows = catalogue().legal_grounds.values()
    return tuple(row.key for row in rows if row.use == "handling" and row.valid_on(today))


@transaction.atomic
def keep_acting(*, by: Actor, chain: UUID, ground: str, words: str) -> None:
    """Say of a return for moving away, which nobody has accepted, that Copenhagen still acts: on one of `grounds`, and why in
    words. It ends; both units and the citizen are told. Refused for other returns, and of who has died; NoAccess."""
    row = held(chain)
    standing(row, *UNACCEPTED)
    must_be_of(by, row.from_unit, row.to_unit)
    if row.direction != BACK or row.cause != MOVED:
        raise Refused(_("Kun når borgeren er flyttet, kan I sige, at København stadig handler."))
    if ground not in grounds() or not words.strip():
        raise Refused(_("Vælg, hvorfor København stadig skal handle, og skriv det med egne ord."))
    one = departures.departed([row.person_key]).get(row.person_key)
    if one is not None and one.cause == DEATH:
        raise Refused(_("Borgeren er registreret som død. Sagen skal tilbage."))
    over = row.returns_id
    StillActing.objects.filter(chain=over, ended_at__isnull=True).update(ended_at=moment())
    StillActing.objects.create(
        chain_id=over,
        ground=ground,
        note=words.strip(),
        codes=_codes(one),
        said_by=by.username,
        said_unit=by.unit,
    )
    pinned = {"ground": ground, **(one.told if one else {})}
    paragraph = catalogue().legal_grounds[ground].paragraph
    end(row, "lapsed", by=by, reason=STILL_ACTING, note=f"{paragraph}: {words.strip()}", pinned=pinned)
    what = about(row, ground)
    note(by=by, action="handover-still-acting", person_key=row.person_key, object=what, fields={"handover"})


def settled(gone: Mapping[UUID, Departed]) -> set[UUID]:
    """The hand-overs whose citizen's move is no cause, because a unit has said that Copenhagen still acts."""
    rows = StillActing.objects.filter(ended_at__isnull=True, chain__person_key__in=gone)
    found = rows.values_list("chain", "chain__person_key", "codes")
    return {chain for chain, person, codes in found if _same(gone[person], codes)}


def forget(gone: Mapping[UUID, Departed]) -> int:
    """What was said of a move is over where the register says nothing of a move any more. Answers how many."""
    still = [person for person, one in gone.items() if MOVED in one.causes]
    rows = StillActing.objects.filter(ended_at__isnull=True).exclude(chain__person_key__in=still)
    return rows.update(ended_at=moment())


def _same(one: Departed, codes: Collection[str]) -> bool:
    """Whether the register says no more than it did when the unit said so."""
    return one.cause == MOVED and set(_codes(one)) <= set(codes)


def _codes(one: Departed | None) -> list[str]:
    return sorted({row["code"] for row in one.rows}) if one else []
