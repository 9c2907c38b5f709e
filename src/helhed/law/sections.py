"""The sections of the catalogue: name, title, the shape of an entry, and the kind of fact its keys are codes of."""

from collections.abc import Mapping
from dataclasses import dataclass

from helhed.law import entries, rulings, statements
from helhed.law.entries import Entry
from helhed.law.shapes import Label


@dataclass(frozen=True, slots=True)
class SectionShape:
    """What a section holds. `kind`: the kind of fact, for sections of codes. `tree`: keys with `/` need a parent."""

    name: str
    title: Label
    entry: type[Entry]
    kind: str | None = None
    tree: bool = False


def _sections() -> tuple[SectionShape, ...]:
    return (
        SectionShape("sources", Label("Kilder", "Sources"), entries.Source),
        SectionShape("laws", Label("Love", "Laws"), entries.Law),
        SectionShape("administrations", Label("Forvaltninger", "Administrations"), entries.Administration),
        SectionShape("units", Label("Enheder", "Units"), entries.Unit, tree=True),
        SectionShape(
            "benefits", Label("Forsørgelsesydelser", "Income benefits"), entries.Benefit, "benefit", True
        ),
        SectionShape(
            "employment_cases",
            Label("Beskæftigelsessager", "Employment cases"),
            entries.EmploymentCase,
            "employment_case",
            True,
        ),
        SectionShape(
            "services", Label("Sociale indsatser", "Social efforts"), entries.Service, "service", True
        ),
        SectionShape(
            "offers", Label("Beskæftigelsestilbud", "Employment offers"), entries.Offer, "offer", True
        ),
        SectionShape(
            "social_cases", Label("Sociale sager", "Social cases"), entries.SocialCase, "social_case", True
        ),
        SectionShape(
            "child_cases", Label("Børnesager", "Child cases"), entries.ChildCase, "child_case", True
        ),
        SectionShape("plans", Label("Planer", "Plans"), entries.Plan, "plan", True),
        SectionShape("consents", Label("Samtykker", "Consents"), entries.Consent, "consent", True),
        SectionShape(
            "assessments", Label("Vurderinger", "Assessments"), entries.Assessment, "assessment", True
        ),
        SectionShape(
            "cpr_statuses", Label("Folkeregister", "Population register"), entries.CprStatus, "cpr_status"
        ),
        SectionShape("groups", Label("Målgrupper", "Target groups"), statements.TargetGroup),
        SectionShape("scopes", Label("Rammer", "Scopes"), statements.Scope),
        SectionShape(
            "stated_criteria", Label("Kildens kriterier", "Criteria as stated"), statements.StatedCriterion
        ),
        SectionShape("volumes", Label("Oplyste tal", "Stated volumes"), statements.Volume),
        SectionShape(
            "volume_checks", Label("Kontrol af tallene", "Checks of the volumes"), statements.VolumeCheck
        ),
        SectionShape("pros_and_cons", Label("Fordele og ulemper", "Pros and cons"), statements.ProOrCon),
        SectionShape(
            "inconsistencies",
            Label("Kendte uoverensstemmelser", "Known inconsistencies"),
            statements.Inconsistency,
        ),
        SectionShape("responsibilities", Label("Ansvar", "Responsibilities"), rulings.Responsibility),
        SectionShape(
            "responsibility_tasks",
            Label("Opgaver i ansvaret", "Tasks of the responsibilities"),
            rulings.ResponsibilityTask,
        ),
        SectionShape("exemptions", Label("Undtagelser", "Exemptions"), rulings.Exemption),
        SectionShape("legal_grounds", Label("Hjemler", "Legal grounds"), rulings.LegalGround),
        SectionShape("legal_options", Label("Juridiske muligheder", "Legal options"), rulings.LegalOption),
        SectionShape("regimes", Label("Regelsæt", "Regimes"), rulings.Regime),
        SectionShape("law_changes", Label("Lovændringer", "Changes of law"), rulings.LawChange),
        SectionShape(
            "organisation_changes", Label("Omorganiseringer", "Reorganisations"), rulings.OrganisationChange
        ),
        SectionShape("cadences", Label("Opfølgningskadencer", "Follow-up cadences"), rulings.Cadence),
        SectionShape("hoi", Label("HOI-udkastet", "The HOI draft"), rulings.HoiPart),
        SectionShape("goals", Label("Mål 2009-11", "Goals 2009-11"), statements.Goal),
        SectionShape("programmes", Label("Programmer og projekter", "Programmes"), statements.Programme),
        SectionShape(
            "mapping_questions",
            Label("Kortlægningens spørgsmål", "Questions of the mapping"),
            statements.MappingQuestion,
        ),
        SectionShape("mapping_topics", Label("Kortlægningen", "The mapping"), statements.MappingTopic),
        SectionShape("timeline", Label("Tidslinje", "Timeline"), statements.Event),
    )


SECTIONS: Mapping[str, SectionShape] = {each.name: each for each in _sections()}
"""Every section by name, in the order they are shown."""

SECTION_OF_KIND: Mapping[str, str] = {each.kind: each.name for each in SECTIONS.values() if each.kind}
"""The section whose keys are the codes of a kind of fact: `benefit` → `benefits`."""
