"""All that the catalogue says of one target group, gathered from the sections that name it."""

from dataclasses import dataclass

from helhed.law.readers import Catalogue
from helhed.law.rulings import LawChange
from helhed.law.shapes import SourceRef
from helhed.law.statements import (
    Inconsistency,
    MappingTopic,
    ProOrCon,
    StatedCriterion,
    TargetGroup,
    Volume,
)
from helhed.rules.criteria import Group


@dataclass(frozen=True, slots=True)
class Stated:
    """A group's size as a document states it. `precision` is `derived` when it is a sum of other figures."""

    value: int
    precision: str
    as_of_day: int
    source: tuple[SourceRef, ...]


@dataclass(frozen=True, slots=True)
class About:
    """A group: its entry and criteria, figures, pros and cons, inconsistencies and the changes that touch it."""

    entry: TargetGroup
    group: Group
    volumes: tuple[Volume, ...]
    stated: Stated | None
    stated_criteria: tuple[StatedCriterion, ...]
    pros_and_cons: tuple[ProOrCon, ...]
    inconsistencies: tuple[Inconsistency, ...]
    law_changes: tuple[LawChange, ...]
    mapping_topics: tuple[MappingTopic, ...]


def about(catalogue: Catalogue, key: str) -> About:
    """What is said of a group. NotThereError with the nearest known name if there is no such group."""
    entry: TargetGroup = catalogue.entry("groups", key)
    volumes = tuple(each for each in catalogue.volumes.values() if each.about == key)
    return About(
        entry=entry,
        group=catalogue.criteria[key],
        volumes=volumes,
        stated=_stated(catalogue, entry, volumes),
        stated_criteria=tuple(c for c in catalogue.stated_criteria.values() if c.of == key),
        pros_and_cons=tuple(p for p in catalogue.pros_and_cons.values() if key in p.of),
        inconsistencies=tuple(i for i in catalogue.inconsistencies.values() if key in i.groups),
        law_changes=tuple(
            change for change in catalogue.law_changes.values() if key in change.touches.groups
        ),
        mapping_topics=tuple(topic for topic in catalogue.mapping_topics.values() if topic.group == key),
    )


def general_pros_and_cons(catalogue: Catalogue, key: str) -> tuple[ProOrCon, ...]:
    """The general advantages and drawbacks of the kind of model a group belongs to; none for other groups."""
    transfer = catalogue.entry("groups", key).transfer_type
    scope = {"ressortflyt": "RESSORTFLYT", "faelles-indgang": "INDGANG"}.get(transfer or "")
    return tuple(each for each in catalogue.pros_and_cons.values() if scope in each.of)


def _stated(catalogue: Catalogue, entry: TargetGroup, volumes: tuple[Volume, ...]) -> Stated | None:
    """The first stated volume, or the sum that stands for it; None if no document gives one."""
    if volumes:
        first = volumes[0]
        return Stated(first.value, first.precision, first.as_of_day, first.source)
    if entry.derived_volume is None:
        return None
    check = catalogue.volume_checks[entry.derived_volume]
    day = max(volume.as_of_day for volume in catalogue.volumes.values() if volume.key in check.left)
    return Stated(round(check.left_value), "derived", day, check.source)
