"""What the API answers, as the schema says it. Numbers are whole; a protected number is null with a mark that says why."""

from datetime import date
from typing import Literal

from ninja import Schema


class Health(Schema):
    """The program answers, and so does the store."""

    status: Literal["ok", "store-away"]


class Fault(Schema):
    """Why a request was not answered, in one sentence."""

    detail: str


class CountOut(Schema):
    """A number of persons. `mark`: "" plain, "small" hidden below the threshold `below`, "none" no data that day."""

    value: int | None
    mark: Literal["", "small", "none"]
    below: int


class StatedOut(Schema):
    """A figure a source printed, its place, and how precise it is."""

    value: int
    what: str
    precision: str
    as_of: str
    source: str


class GroupOut(Schema):
    """A target group on a day: computed beside stated. `shared_share` in percent."""

    key: str
    label: str
    family: str
    verdict: str
    size: CountOut
    unknown: CountOut
    children: CountOut | None
    shared_share: float | None
    agrees: Literal["", "equal", "rounded", "differs", "another-day"]
    derivation: str
    stated: list[StatedOut]


class MappingOut(Schema):
    """All target groups on a day, and what the numbers rest on."""

    on: date
    people: CountOut
    shared: CountOut
    threshold: int
    newest_delivery: str
    groups: list[GroupOut]


class MonthOut(Schema):
    """Those who came into a group and left it in the month from `on`."""

    on: date
    came: CountOut
    left: CountOut


class NeighbourOut(Schema):
    """A group people moved from or to, and how often."""

    key: str
    label: str
    count: CountOut


class GraceOut(Schema):
    """The replay under one grace (P0D: none). Rates per 100 person-years in the group; `over_stay`: the days out of the
    group on which responsibility waits, in percent of the days in it."""

    key: str
    over: CountOut
    over_rate: float | None
    back: CountOut
    back_rate: float | None
    again: CountOut
    again_rate: float | None
    over_stay: float | None


class CauseOut(Schema):
    """What of the criterion lapsed when people were handed back."""

    text: str
    count: CountOut


class MovementsOut(Schema):
    """What happened in a group from `start` to `last`. `stay`: how long people stay, in sentences.
    `still_in`: [months, percent still in]; null where too few were seen. `causes` are those of `grace`."""

    start: date
    last: date
    began: date
    months: list[MonthOut]
    stay: list[str]
    still_in: list[tuple[int, int | None]]
    came_from: list[NeighbourOut]
    went_to: list[NeighbourOut]
    graces: list[GraceOut]
    grace: str
    causes: list[CauseOut]


class SectionOut(Schema):
    """A section of the catalogue and how many entries it has."""

    name: str
    title: str
    entries: int
