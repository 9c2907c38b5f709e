"""The categories of information a consent names, in plain words, and how sensitive each is."""

from dataclasses import dataclass

from django.utils.translation import gettext as _


@dataclass(frozen=True)
class Category:
    """One category: whose information it is, and whether GDPR art. 9 may reach it."""

    key: str
    side: str
    special: bool = False


BIF, SOF, BOTH = "bif", "sof", "both"
CATEGORIES = {
    c.key: c
    for c in (
        Category("identity", BOTH),
        Category("contact", BOTH),
        Category("benefit", BIF),
        Category("employment_case", BIF),
        Category("offer", BIF),
        Category("social_case", SOF, special=True),
        Category("service", SOF, special=True),
        Category("child_case", SOF, special=True),
        Category("plan", BOTH, special=True),
        Category("progression", BOTH, special=True),
        Category("meeting", BOTH),
        Category("note", BOTH, special=True),
        Category("assessment", SOF, special=True),
        Category("consent", BOTH),
        Category("group", BOTH, special=True),
    )
}
EVERY = tuple(CATEGORIES)
ASKED = tuple(key for key in CATEGORIES if key not in ("identity", "consent"))
"""What a caseworker chooses among: who somebody is, and what was consented to, come with any case."""


def category_label(key: str) -> str:
    """A category in the active language."""
    return {
        "identity": _("Navn og nummer"),
        "contact": _("Adresse og telefon"),
        "benefit": _("Ydelser"),
        "employment_case": _("Beskæftigelsessag"),
        "offer": _("Tilbud"),
        "social_case": _("Social sag"),
        "service": _("Sociale indsatser"),
        "child_case": _("Børnesag"),
        "plan": _("Planer"),
        "progression": _("Udvikling"),
        "meeting": _("Møder"),
        "note": _("Notater"),
        "assessment": _("Vurderinger"),
        "consent": _("Samtykker"),
        "group": _("Målgrupper"),
    }[key]
