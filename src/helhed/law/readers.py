"""The catalogue as the rooms above read it: frozen, every section by name, and the groups' criteria."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from helhed.law import entries, rulings, statements
from helhed.law.changes import Change, changes
from helhed.law.entries import Entry
from helhed.law.section import Section, Units
from helhed.law.sections import SECTION_OF_KIND, SECTIONS
from helhed.rules.criteria import Group
from helhed.rules.errors import RefusedError, unknown_name
from helhed.rules.vocabulary import Vocabulary


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
    rules: Mapping[str, Group]
    words: Vocabulary
    hash: str

    def groups(self) -> dict[str, Group]:
        """The criteria of every target group by key, as the engines take them."""
        return dict(self.rules)

    def vocabulary(self) -> Vocabulary:
        """The kinds, codes, units and successors that a criterion may use."""
        return self.words

    def section(self, name: str) -> Section[Any]:
        """A section by its name, or by the kind of fact whose codes it holds (`benefit`, `unit`, `group`).

        RefusedError with the nearest known name if there is none.
        """
        name = SECTION_OF_KIND.get(name, {"unit": "units", "group": "groups"}.get(name, name))
        if name not in SECTIONS:
            raise RefusedError(unknown_name(("afsnit", "section"), name, SECTIONS))
        found: Section[Any] = self.target_groups if name == "groups" else getattr(self, name)
        return found

    def all_sections(self) -> tuple[Section[Any], ...]:
        """Every section, in the order they are shown."""
        return tuple(self.section(name) for name in SECTIONS)

    def entry(self, section: str, key: str) -> Any:
        """One entry. RefusedError with the nearest known name if the section or the key is not there."""
        entries_there = self.section(section)
        if key not in entries_there:
            title = SECTIONS[entries_there.name].title
            noun = (f"nøgle i »{title.da}«", f'key in "{title.en}"')
            raise RefusedError(unknown_name(noun, key, entries_there))
        return entries_there[key]

    def label(self, section: str, key: str, language: str = "da") -> str:
        """The words for a code, unit, group or any other entry in `da` or `en`; refuses as `entry` does."""
        entry: Entry = self.entry(section, key)
        return entry.label.in_language(language)

    def changes(self, frm: int, to: int) -> tuple[Change, ...]:
        """What changed from day `frm` up to, not with, day `to`; the oldest first."""
        return changes(self.all_sections(), frm, to)
