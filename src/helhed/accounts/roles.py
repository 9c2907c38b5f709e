"""Roles as code one can read and a leader can approve: a name, a description, and what it may do."""

from dataclasses import dataclass

PERMISSIONS = {
    "citizen.look": "see a citizen's page, as far as statute and consent allow",
    "citizen.find": "find a citizen by name or number among those of the own administration",
    "citizen.own": "see one's own page and who has looked at it",
    "mapping.see": "see the mapping of the shared citizens, as counts",
    "law.see": "read the catalogue of benefits, services, units and target groups",
    "workshop.draw": "draw drafts of target groups, see what they would mean, share them and send them to approval",
    "workshop.see": "see shared and sent drafts, and what they would mean, as counts",
    "workshop.approve": "approve or reject a draft that another has drawn and sent",
    "workshop.test": "read shared drafts and test one on a citizen whose page one may see",
    "advis.see": "see and sign off notices to the own unit",
    "delivery.see": "see what the case systems delivered, and what was rejected",
    "delivery.act": "deliver a file, confirm or refuse a delivery that waits",
    "audit.see": "read the log of looks and acts",
}


@dataclass(frozen=True)
class Role:
    """A role: Danish and English name, a description for the one who approves it, and its permissions."""

    key: str
    name_da: str
    name_en: str
    description_da: str
    description_en: str
    permissions: frozenset[str]

    def __post_init__(self) -> None:
        unknown = self.permissions - PERMISSIONS.keys()
        if unknown:
            raise ValueError(f"role {self.key}: unknown permission {sorted(unknown)}")


def _role(
    key: str, names: tuple[str, str], descriptions: tuple[str, str], *permissions: str
) -> tuple[str, Role]:
    return key, Role(key, *names, *descriptions, frozenset(permissions))


ROLES: dict[str, Role] = dict(
    [
        _role(
            "caseworker",
            ("Sagsbehandler", "Caseworker"),
            (
                "Arbejder med borgere, der har en sag i egen forvaltning. Ser den anden forvaltnings oplysninger, når borgeren har samtykket.",
                "Works with citizens who have a case in the own administration. Sees the other side's information when the citizen has consented.",
            ),
            "citizen.look",
            "citizen.find",
            "law.see",
            "advis.see",
            "workshop.test",
        ),
        _role(
            "leader",
            ("Teamleder", "Team leader"),
            (
                "Ser tal for begge forvaltninger og enhedens advis. Ser ingen personer i statistikken.",
                "Sees figures for both administrations and the unit's notices. Sees no person in a statistic.",
            ),
            "mapping.see",
            "law.see",
            "advis.see",
            "workshop.see",
            "workshop.approve",
        ),
        _role(
            "analyst",
            ("Analytiker", "Analyst"),
            (
                "Kortlægger målgrupper og sammenligner modeller. Ser tal, aldrig personer.",
                "Maps target groups and compares models. Sees counts, never persons.",
            ),
            "mapping.see",
            "law.see",
            "workshop.draw",
            "workshop.see",
            "workshop.approve",
        ),
        _role(
            "steward",
            ("Databeskyttelsesrådgiver", "Data steward"),
            (
                "Fører tilsyn med leverancer og log. Ser afviste rækker, fordi de skal rettes; hvert opslag logges.",
                "Oversees deliveries and the log. Sees rejected rows because they must be corrected; each look is logged.",
            ),
            "mapping.see",
            "law.see",
            "workshop.see",
            "delivery.see",
            "delivery.act",
            "audit.see",
        ),
        _role(
            "committee",
            ("Udvalgsmedlem", "Committee member"),
            ("Læser kortlægningen og rapporten.", "Reads the mapping and the report."),
            "mapping.see",
            "law.see",
        ),
        _role(
            "citizen",
            ("Borger", "Citizen"),
            (
                "Ser sin egen side, og hvem der har set den.",
                "Sees the own page, and who has looked at it.",
            ),
            "citizen.own",
        ),
    ]
)
