"""The work list of a unit line: its shelves with their numbers, and fifty chains of one shelf with the names that may be
shown. Each name shown is a line in the log."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from helhed.accounts.models import User
from helhed.audit.actions import note
from helhed.coordination.handover.work import selecting, words
from helhed.coordination.handover.work.answers import TABS, Page, Row
from helhed.coordination.handover.work.doing import within
from helhed.coordination.handover.work.reach import PURPOSE, Reach, acts, reach_of
from helhed.coordination.handover.work.selecting import Lying, Wish
from helhed.sharing import naming
from helhed.sharing.answers import NoAccess
from helhed.sharing.ledger import standing as ledger
from helhed.sharing.naming import Named

PAGE = 50
MIXED = ("consent", "decide", "accept", "returns", "overdue")
"""The shelves on which some wait for one thing and some for another."""
ABOUT = ("handover",)
"""The category of information a hand-over is."""
CASEWORK = "sagsbehandleransvar"


def flow(*, by: User) -> Mapping[str, int]:
    """How many chains lie on each shelf of the viewer's unit line; nothing for who has no hand-overs to work with."""
    reach = reach_of(by)
    if not (reach.works or reach.leads):
        return {}
    return selecting.counted(reach, timezone.localdate())


def ours(*, by: User) -> Mapping[str, int]:
    """On how many of each shelf the next step is the viewer's to take; nothing for who has no hand-overs to work with."""
    reach = reach_of(by)
    return selecting.ours(reach, timezone.localdate()) if reach.works or reach.leads else {}


def listed(*, by: User, language: str, wish: Wish, text: str = "", page: int = 1) -> Page:
    """Fifty chains of a shelf. With a text those of citizens whose number or name fits. NoAccess without the role."""
    reach = reach_of(by)
    if not (reach.works or reach.leads):
        note(by=by, action="handovers-listed", purpose=PURPOSE, ground="role", outcome="denied")
        raise NoAccess(_("Din rolle giver ikke adgang til overdragelser."))
    wish = wish if wish.shelf in TABS else Wish(TABS[0])
    wish = wish if wish.waits in selecting.WAITS else replace(wish, waits="")
    if text.strip():
        wish = replace(wish, people=tuple(naming.like(text)))
    today, before = timezone.localdate(), (max(page, 1) - 1) * PAGE
    with transaction.atomic(), override(language):
        lying = _on_page(reach, wish, before)
        counts = selecting.counted(reach, today)
        plain = not wish.model and not wish.ours and not wish.waits and wish.people is None
        total = counts[wish.shelf] if plain else selecting.number(reach, today, wish)
        models = [
            (key, words.model_label(key, language)) for key in selecting.models(reach, today, wish.shelf)
        ]
        waits = selecting.of_each(reach, today, wish) if wish.shelf in MIXED else {}
        return Page(rows(lying, by=by, language=language), total, counts, tuple(models), waits)


def _on_page(reach: Reach, wish: Wish, before: int) -> list[Lying]:
    today = timezone.localdate()
    if wish.sort.removeprefix("-") != "name":
        return selecting.page(reach, today, wish, most=PAGE, before=before)
    chains = {person: chain for chain, person in selecting.everybody(reach, today, wish)}
    order = naming.in_order(chains)
    if wish.sort.startswith("-"):
        order.reverse()
    return selecting.these(reach, today, [chains[person] for person in order[before : before + PAGE]])


def rows(lying: Sequence[Lying], *, by: User, language: str) -> tuple[Row, ...]:
    """Chains as rows of a list; the name is empty where it may not be shown to the viewer."""
    people = {each.person_key for each in lying}
    named = naming.named(people, by=by, purpose=PURPOSE, action="handovers-listed", about=ABOUT)
    workers = _workers(named)
    reach = reach_of(by)
    return tuple(
        _row(each, named.get(each.person_key), workers.get(each.person_key, ""), reach, language)
        for each in lying
    )


def _row(each: Lying, named: Named | None, worker: str, reach: Reach, language: str) -> Row:
    place = each.place
    giving = place.from_unit in reach.units
    own = place.from_unit if giving else place.to_unit
    return Row(
        chain=each.id,
        person_key=each.person_key,
        name=named.name if named else "",
        age=named.age if named else None,
        protected=named.protected if named else False,
        model=each.model,
        model_label=words.model_label(each.model, language),
        direction=place.direction,
        state=place.state,
        state_label=words.state_label(place.state, place.direction, place.refusal),
        from_label=words.short_unit(place.from_unit, language),
        to_label=words.short_unit(place.to_unit, language),
        since=timezone.localdate(each.since),
        due_on=each.due_on,
        overdue=place.late,
        worker=worker,
        acts=acts(place, reach),
        asked_how=each.asked_how,
        ours=each.ours,
        giving=giving,
        family=place.family,
        own_label="" if own == reach.line[0] else words.short_unit(own, language),
    )


def _workers(people: Iterable[UUID]) -> Mapping[UUID, str]:
    """Who works with the casework of some citizens, by name."""
    usernames = ledger.workers_of(people, CASEWORK)
    names = dict(User.objects.filter(username__in=set(usernames.values())).values_list("username", "name"))
    return {person: names.get(username, username) for person, username in usernames.items()}


def chosen(*, by: User, language: str, chains: Sequence[UUID]) -> tuple[Row, ...]:
    """Some chains within the viewer's reach as rows, in the order given; those whose citizens are closed left out."""
    with transaction.atomic(), override(language):
        lying = within(chains, reach_of(by), by=by)
        found = rows(list(lying.values()), by=by, language=language)
        return tuple(row for row in found if row.name or by.may("handover.lead"))
