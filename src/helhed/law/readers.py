"""The catalogue as the rooms above read it: frozen, every section by name, and the groups' criteria."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from types import MappingProxyType
from typing import Any

from helhed.law import entries, rulings, statements
from helhed.law.changes import Change, changes
from helhed.law.entries import Entry
from helhed.law.section import Section, Units
from helhed.law.sections import SECTION_OF_KIND, SECTIONS
from helhed.law.shapes import Label
from helhed.rules.criteria import Group
from helhed.rules.errors import RefusedError, unknown_name
from helhed.rules.vocabulary import Vocabulary

ADOPTED = "vaerksted"
FAMILIES = ("model", "shared", "mapping", "hoi", "historical", ADOPTED)
"""The families of target groups, in the order they are shown; ADOPTED are those that no file has, see with_adopted."""

_ADDED = re.compile(r" – | \(")
_SECTION_OF_WORD = {**SECTION_OF_KIND, "unit": "units", "group": "groups"}


class NotThereError(RefusedError, LookupError):
    """A section or an entry that is not in the catalogue; `message` says so and names the nearest known one."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Catalogue:
    """All the law there is here. `target_groups` is the section `groups`; `hash` is of the content."""

    sources: Section[entries.Source]
    laws: Section[entries.Law]
    administrations: Section[entries.Administration]
    units: Units
    benefits: Section[entries.Benefit]
    employment_cases: Section[entries.EmploymentCase]
    services: Section[entries.Service]
    offers: Section[entries.Offer]
    social_cases: Section[entries.SocialCase]
    child_cases: Section[entries.ChildCase]
    plans: Section[entries.Plan]
    consents: Section[entries.Consent]
    assessments: Section[entries.Assessment]
    cpr_statuses: Section[entries.CprStatus]
    target_groups: Section[statements.TargetGroup]
    scopes: Section[statements.Scope]
    stated_criteria: Section[statements.StatedCriterion]
    volumes: Section[statements.Volume]
    volume_checks: Section[statements.VolumeCheck]
    pros_and_cons: Section[statements.ProOrCon]
    inconsistencies: Section[statements.Inconsistency]
    responsibilities: Section[rulings.Responsibility]
    responsibility_tasks: Section[rulings.ResponsibilityTask]
    exemptions: Section[rulings.Exemption]
    legal_grounds: Section[rulings.LegalGround]
    legal_options: Section[rulings.LegalOption]
    regimes: Section[rulings.Regime]
    law_changes: Section[rulings.LawChange]
    organisation_changes: Section[rulings.OrganisationChange]
    cadences: Section[rulings.Cadence]
    hoi: Section[rulings.HoiPart]
    goals: Section[statements.Goal]
    programmes: Section[statements.Programme]
    mapping_questions: Section[statements.MappingQuestion]
    mapping_topics: Section[statements.MappingTopic]
    timeline: Section[statements.Event]
    criteria: Mapping[str, Group]
    names: Vocabulary
    hash: str

    def groups(self) -> dict[str, Group]:
        """The criteria of every target group by key, as the engines take them."""
        return dict(self.criteria)

    def vocabulary(self) -> Vocabulary:
        """The kinds, codes, units and successors that a criterion may use."""
        return self.names

    def section(self, name: str) -> Section[Any]:
        """A section by its name, or by the kind of fact whose codes it holds (`benefit`, `unit`, `group`).

        NotThereError with the nearest known name if there is none.
        """
        name = _SECTION_OF_WORD.get(name, name)
        if name not in SECTIONS:
            raise NotThereError(unknown_name(("afsnit", "section"), name, SECTIONS))
        found: Section[Any] = self.target_groups if name == "groups" else getattr(self, name)
        return found

    def all_sections(self) -> tuple[Section[Any], ...]:
        """Every section, in the order they are shown."""
        return tuple(self.section(name) for name in SECTIONS)

    def entry(self, section: str, key: str) -> Any:
        """One entry. NotThereError with the nearest known name if the section or the key is not there."""
        entries_there = self.section(section)
        if key not in entries_there:
            title = SECTIONS[entries_there.name].title
            noun = (f"nøgle i afsnittet {title.da}", f"key in {title.en}")
            raise NotThereError(unknown_name(noun, key, entries_there))
        return entries_there[key]

    def label(self, section: str, key: str, language: str = "da") -> str:
        """The words for a code, unit, group or any other entry in `da` or `en`; refuses as `entry` does.

        With the section `kind` the words for a kind of fact: `label("kind", "benefit")`.
        """
        if section == "kind":
            return SECTIONS[self.section(key).name].title.in_language(language)
        entry: Entry = self.entry(section, key)
        return entry.label.in_language(language)

    def called(self, unit: str, language: str = "da") -> str:
        """A unit as people call it: its name without what the catalogue adds to tell where the name comes from; "" for none."""
        return _ADDED.split(self.label("units", unit, language))[0] if unit else ""

    def groups_in_order(self) -> tuple[statements.TargetGroup, ...]:
        """Every target group: the models by key, then the others by family in the order of the files."""
        return self.groups_of(FAMILIES)

    def groups_of(self, families: Iterable[str]) -> tuple[statements.TargetGroup, ...]:
        """The target groups of these families, in the order of groups_in_order."""
        wanted = set(families)
        found = [entry for entry in self.target_groups.values() if entry.family in wanted]
        return tuple(sorted(found, key=_place))

    def changes(self, frm: int, to: int) -> tuple[Change, ...]:
        """What changed from day `frm` up to, not with, day `to`; the oldest first."""
        return changes(self.all_sections(), frm, to)

    def with_adopted(self, groups: Mapping[str, Group]) -> "Catalogue":
        """A copy in which these groups exist too, or have these further versions; the versions there are stay.

        A group no file has is of the family ADOPTED. RefusedError for a version from a day the group has one from.
        """
        if not groups:
            return self
        criteria = dict(self.criteria)
        entries_there = dict(self.target_groups.entries)
        for key, group in groups.items():
            known = criteria.get(key)
            joined = group if known is None else replace(known, versions=known.versions + group.versions)
            entry = entries_there.get(key) or _adopted(group)
            criteria[key], entries_there[key] = joined, replace(entry, versions=joined.versions)
        said = repr([(group, sorted(group.label.items())) for _, group in sorted(groups.items())])
        return replace(
            self,
            target_groups=Section("groups", MappingProxyType(entries_there)),
            criteria=MappingProxyType(criteria),
            hash=sha256((self.hash + said).encode()).hexdigest(),
        )


def _adopted(group: Group) -> statements.TargetGroup:
    """The entry of a group that no file has. `Group.source` is kept with its versions: it is no key of `sources`."""
    return statements.TargetGroup(
        section="groups",
        key=group.key,
        label=Label(group.label.get("da", group.key), group.label.get("en", group.key)),
        source=(),
        status="stated",
        valid_from=group.versions[0].valid_from,
        versions=group.versions,
        family="vaerksted",
        counts="persons",
    )


def _place(entry: statements.TargetGroup) -> tuple[int, str]:
    return FAMILIES.index(entry.family), entry.key if entry.family == "model" else ""
