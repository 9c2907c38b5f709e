"""The families of target groups, in the order a committee reads them, and the words for what is said of a group."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from helhed.insight.answers import GroupRow


@dataclass(frozen=True)
class Family:
    """One part of the table of target groups. `key` is the family, and for the models the kind of transfer."""

    key: tuple[str, str]
    label: Promise
    words: Promise


FAMILIES = (
    Family(
        ("model", "ressortflyt"),
        _("Ressortflyt: model 1–5"),
        _("Ansvaret for beskæftigelsesindsatsen flytter fra BIF til SOF."),
    ),
    Family(
        ("model", "faelles-indgang"),
        _("Fælles borgerindgang: model 6–8"),
        _("BIF og SOF møder borgeren ét sted; ansvaret bliver, hvor det er."),
    ),
    Family(("shared", ""), _("Fælles borgere"), _("Sag i begge forvaltninger på samme dag.")),
    Family(("mapping", ""), _("Kortlægningens målgrupper"), _("De seks grupper i kommissoriets tabel 1.")),
    Family(
        ("hoi", ""),
        _("Udkastet til hovedlov (HOI)"),
        _("Loven blev aldrig vedtaget; grupperne er et udkast."),
    ),
    Family(
        ("historical", ""),
        _("Historiske grupper"),
        _("Andre definitioner i 2008 og 2013; tallene er ikke en tidsserie."),
    ),
    Family(
        ("vaerksted", ""),
        _("Fra værkstedet"),
        _("Tegnet og godkendt her, af to forskellige medarbejdere."),
    ),
)

# Tone of a chip; the words are those of the report (insight.wording), so that screen and paper say the same.
VERDICT_TONES = {
    "recommended": "good",
    "suitable_merged_into_5": "quiet",
    "merged_into_5": "quiet",
    "least_suitable": "warn",
}
AGREEMENTS = {
    "equal": ("check", "good"),
    "rounded": ("check", "quiet"),
    "differs": ("warning", "warn"),
    "another-day": ("", "quiet"),
}

PRECISIONS: dict[str, Promise] = {
    "about": _("ca."),
    "ca.": _("ca."),
    "estimated": _("skønnet"),
    "rounded": _("afrundet"),
    "minimum": _("mindst"),
    "example": _("f.eks."),
}


@dataclass(frozen=True)
class Part:
    """A family with its rows of one day."""

    family: Family
    rows: tuple[GroupRow, ...]


def by_family(rows: Iterable[GroupRow]) -> tuple[Part, ...]:
    """The rows parted by family in reading order; families without rows are left out."""
    rows = tuple(rows)
    parts = (Part(f, tuple(r for r in rows if _belongs(r, f))) for f in FAMILIES)
    return tuple(part for part in parts if part.rows)


def _belongs(row: GroupRow, family: Family) -> bool:
    name, transfer = family.key
    if row.family != name:
        return False
    # The children's groups (4A-BOERN) move with their model although nothing is transferred for a child.
    return not transfer or transfer == ("ressortflyt" if row.key[0] in "12345" else "faelles-indgang")
