"""The leaders' doors to reorganisations: the days, and one day with what goes along. Numbers are protected counts."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from helhed.accounts.models import User
from helhed.coordination.handover.reorganisation.called_off import Off, Told, off_of, story
from helhed.coordination.handover.reorganisation.changes import Change, both_sides, changes_on, days
from helhed.coordination.handover.reorganisation.models import Reorganisation
from helhed.coordination.handover.reorganisation.preview import Along, preview, something_left
from helhed.law import catalogue
from helhed.law.rulings import OrganisationChange
from helhed.periods import day_of
from helhed.sharing import counts
from helhed.sharing.answers import Count, NoAccess
from helhed.sharing.emergencies import names_of
from helhed.sharing.ledger.models import PARTS
from helhed.sharing.policy import above
from helhed.sharing.protection import cell

UNDECIDED = ("", "rejected", "called_off")
"""Where nothing is under way: it can be proposed, or proposed again."""


@dataclass(frozen=True)
class Day:
    """A day on which units give way. `state`: "" where nobody has proposed it, else as the reorganisation stands, and "done"
    where the day is past and nothing is left to propose; `mine`: this reader can approve it."""

    day: date
    units: int
    state: str
    words: tuple[str, ...]
    mine: bool


@dataclass(frozen=True)
class Going:
    """One unit that gives way, for reading: what it becomes, and what goes along. `parts`: (words, citizens)."""

    old: str
    old_label: str
    side: str
    new: tuple[tuple[str, str], ...]
    new_side: str
    kind: str
    kind_label: str
    otherwise: str
    otherwise_label: str
    parts: tuple[tuple[str, Count], ...]
    rest: tuple[tuple[str, Count], ...]
    models: tuple[str, ...]
    teams: int
    staff: tuple[str, ...]
    empty: bool


@dataclass(frozen=True)
class View:
    """A day, whole. `told`: the reorganisations of the catalogue, in the words of the sources: (name, before, after, source).
    `moved`: what went along, once it was carried out. `done`: the day is past, and nothing is left to go along. `off`: how it
    stands with calling it off, None where that cannot be done."""

    day: date
    past: bool
    state: str
    told: tuple[tuple[str, str, str, str], ...]
    going: tuple[Going, ...]
    both: bool
    reason: str
    steps: tuple[Told, ...]
    moved: tuple[tuple[str, Count], ...]
    done: bool
    may_propose: bool
    may_approve: bool
    may_reject: bool
    off: Off | None


def days_listed(*, by: User, language: str) -> tuple[Day, ...]:
    """The days on which units give way, newest first."""
    _needs(by)
    return tuple(
        Day(
            day=day,
            units=len(changes_on(day)),
            state=_state(row, day),
            words=tuple(each.label.in_language(language) for each in _told(day)),
            mine=bool(row and _may_approve(row, by, changes_on(day))),
        )
        for day in days()
        for row in [_row(day)]
    )


def _state(row: Reorganisation | None, day: date) -> str:
    state = row.state if row else ""
    past = day <= timezone.localdate()
    return "done" if state in UNDECIDED and past and not something_left(changes_on(day)) else state


def waiting(*, by: User) -> int:
    """How many proposals this reader can approve."""
    if not by.may("reorganisation.carry"):
        return 0
    rows = Reorganisation.objects.filter(state="proposed")
    return sum(_may_approve(row, by, changes_on(row.day)) for row in rows)


def proposed_on(*, by: User, day: date) -> UUID | None:
    """The reorganisation of a day that is under way; None where nobody has proposed it."""
    _needs(by)
    row = _row(day)
    return row.pk if row and row.state in ("proposed", "approved") else None


def one(*, by: User, day: date, language: str) -> View | None:
    """One day, whole; None where no unit gives way."""
    _needs(by)
    changes = changes_on(day)
    if not changes:
        return None
    row = _row(day)
    state = row.state if row else ""
    chosen = {change.old: change.otherwise for change in row.changes.all()} if row else {}
    going = tuple(_going(along, chosen, language) for along in preview(changes, by=by, day=day))
    past, left = day <= timezone.localdate(), not all(each.empty for each in going)
    proposable = state in UNDECIDED or (state == "carried_out" and left)
    open_to_decide = row is not None and state == "proposed" and row.proposed_by != by.username
    return View(
        day=day,
        past=past,
        state=state,
        told=tuple(_said(each, language) for each in _told(day)),
        going=going,
        both=both_sides(changes),
        reason=row.reason if row else "",
        steps=_steps(row, language) if row else (),
        moved=_moved(row.moved) if row and state == "carried_out" else (),
        done=past and proposable and not left,
        may_propose=proposable,
        may_approve=bool(row and _may_approve(row, by, changes)),
        may_reject=open_to_decide,
        off=off_of(row, by, changes),
    )


def kind_label(kind: str) -> str:
    """What happens to a unit."""
    return {
        "renamed": _("Bliver til"),
        "merged": _("Lægges sammen i"),
        "split": _("Deles mellem"),
        "moved": _("Flytter til den anden forvaltning"),
    }[kind]


def _row(day: date) -> Reorganisation | None:
    """The one under way, else the one carried out last, else the newest that came to nothing."""
    rows = list(Reorganisation.objects.filter(day=day).order_by("-proposed_at"))
    order = {"proposed": 0, "approved": 1, "carried_out": 2, "rejected": 3, "called_off": 3}
    return min(rows, key=lambda row: order[row.state], default=None)


def _told(day: date) -> list[OrganisationChange]:
    return [each for each in catalogue().organisation_changes.values() if each.effective == day_of(day)]


def _said(change: OrganisationChange, language: str) -> tuple[str, str, str, str]:
    words = (change.label, change.before, change.after)
    source = "; ".join(str(each) for each in change.source)
    name, before, after = (each.in_language(language) for each in words)
    return name, before, after, source


def _going(along: Along, chosen: Mapping[str, str], language: str) -> Going:
    change, book = along.change, catalogue()
    otherwise = chosen.get(change.old, change.otherwise)

    def unit(key: str) -> str:
        return book.called(key, language)

    parts = [(book.label("responsibilities", part, language), along.parts[part]) for part in PARTS]
    rest = (
        (_("åbne overdragelser"), along.chains),
        (_("åbne opgaver"), along.tasks),
        (_("sanktioner i gang"), along.sanctions),
        (_("borgere med en medarbejder på"), along.workers),
    )
    return Going(
        old=change.old,
        old_label=unit(change.old),
        side=above(change.old)[-1],
        new=tuple((key, unit(key)) for key in change.successors),
        new_side=above(change.successors[0])[-1],
        kind=change.kind,
        kind_label=kind_label(change.kind),
        otherwise=otherwise,
        otherwise_label=unit(otherwise),
        parts=tuple(each for each in parts if _some(each[1])),
        rest=tuple(each for each in rest if _some(each[1])),
        models=along.models,
        teams=along.teams,
        staff=along.staff,
        empty=along.empty,
    )


def _some(count: Count) -> bool:
    return count.hidden or bool(count.value)


def _steps(row: Reorganisation, language: str) -> tuple[Told, ...]:
    names = names_of([row.proposed_by, row.decided_by])

    def unit(key: str) -> str:
        return catalogue().called(key, language)

    found = [
        (
            _("Foreslået"),
            names.get(row.proposed_by, row.proposed_by),
            unit(row.proposed_unit),
            row.proposed_at,
            row.reason,
        )
    ]
    if row.decided_at is not None:
        what = _("Afvist") if row.state == "rejected" else _("Godkendt")
        who = names.get(row.decided_by, row.decided_by)
        found.append((what, who, unit(row.decided_unit), row.decided_at, row.decided_reason))
    found += story(row, language)
    if row.carried_at is not None:
        found.append((_("Gennemført"), _("Programmet"), "", row.carried_at, ""))
    return tuple(found)


def _moved(moved: Mapping[str, int]) -> tuple[tuple[str, Count], ...]:
    words = {
        "people": _("borgere"),
        "parts": _("dele af ansvaret"),
        "chains": _("åbne overdragelser"),
        "notices": _("advis"),
        "letters": _("breve til borgere"),
        "staff": _("medarbejdere"),
        "models": _("modeller i brug"),
        "teams": _("teams i fælles indgange"),
    }
    open_numbers = ("staff", "models", "teams")
    limit = counts.threshold()
    return tuple(
        (label, Count(moved[key]) if key in open_numbers else cell(moved[key], limit))
        for key, label in words.items()
        if moved.get(key)
    )


def _may_approve(row: Reorganisation, by: User, changes: tuple[Change, ...]) -> bool:
    if row.state != "proposed" or row.proposed_by == by.username or not by.unit:
        return False
    return not both_sides(changes) or above(by.unit)[-1] != above(row.proposed_unit)[-1]


def _needs(by: User) -> None:
    if not by.may("reorganisation.carry"):
        raise NoAccess(_("Din rolle giver ikke adgang til dette."))
