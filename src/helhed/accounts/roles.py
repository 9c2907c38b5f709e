"""Roles as code one can read and a leader can approve: a name, a description, and what it may do."""

from dataclasses import dataclass

PERMISSIONS = {
    "citizen.look": "see a citizen's page, as far as statute and consent allow",
    "citizen.find": "find a citizen by name or number among those of the own administration",
    "citizen.own": "see one's own page and who has looked at it, decide on consent, give a mandate",
    "citizen.represent": "act for a citizen within a mandate",
    "consent.record": "ask a citizen for consent, and write down an answer given in person or on paper",
    "consent.confirm": "confirm as the second person that a citizen answered as a colleague wrote down",
    "emergency.open": "open a citizen's information in an emergency, with a reason, for three hours",
    "emergency.review": "take the second look at the unit's emergency accesses",
    "address.reveal": "reveal a protected address, with a reason",
    "identity.review": "see people new to helhed and release them for sharing when the identity is clear",
    "sample.draw": "draw the monthly sample of looks, and see how it was judged",
    "sample.judge": "judge whether the looks of the unit's sample were needed for the work",
    "watch.keep": "keep the list of people whose every look is sampled",
    "shield.keep": "put citizens under special protection, and end it, with a reason",
    "policy.see": "read the sharing rules: who sees what, for which purpose, on which ground",
    "mapping.see": "see the mapping of the shared citizens, as counts",
    "law.see": "read the catalogue of benefits, services, units and target groups",
    "workshop.draw": "draw drafts of target groups, see what they would mean, share them and send them to approval",
    "workshop.see": "see shared and sent drafts, and what they would mean, as counts",
    "workshop.approve": "approve or reject a draft that another has drawn and sent",
    "workshop.test": "read shared drafts and test one on a citizen whose page one may see",
    "handover.work": "work with the unit's hand-overs: assess, ask for consent, decide, accept, return",
    "handover.lead": "accept for a unit that lets a hand-over lie, see how often citizens are moved",
    "handover.account": "see for any hand-over who decided what, on which facts and ground, and decide it again",
    "model.adopt": "propose that a model is put in force from a day, approve or reject what another has proposed",
    "reorganisation.carry": "propose that units change on a day, see what moves, approve what another has proposed",
    "sanction.work": "decide a sanction where the unit has the casework, or carry it out where it has the benefit",
    "entrance.keep": "keep a joint entrance: place, opening hours, teams, outreach days",
    "entrance.receive": "receive citizens at a joint entrance the unit takes part in",
    "letter.print": "print and send letters for citizens who get them on paper",
    "advis.see": "see and sign off notices to the own unit",
    "delivery.see": "see what the case systems delivered, and what was rejected",
    "delivery.act": "deliver a file, confirm or refuse a delivery that waits",
    "audit.see": "read the log of looks and acts, and prove that it is whole",
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
            "consent.record",
            "consent.confirm",
            "emergency.open",
            "address.reveal",
            "policy.see",
            "handover.work",
            "sanction.work",
            "entrance.receive",
            "letter.print",
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
            "consent.confirm",
            "emergency.review",
            "sample.judge",
            "policy.see",
            "handover.lead",
            "model.adopt",
            "reorganisation.carry",
            "entrance.keep",
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
            "policy.see",
            "identity.review",
            "sample.draw",
            "watch.keep",
            "shield.keep",
            "handover.account",
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
        _role(
            "representative",
            ("Pårørende eller partsrepræsentant", "Relative or representative"),
            (
                "Handler for en borger inden for den fuldmagt, borgeren har givet. Ser ingen andre.",
                "Acts for a citizen within the mandate the citizen has given. Sees nobody else.",
            ),
            "citizen.represent",
        ),
    ]
)

STAFF_ROLES = ROLES.keys() - {"citizen", "representative"}
"""Those who are appointed, by the municipality; the others come in their own, or a citizen's, right."""
