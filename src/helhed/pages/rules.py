"""The sharing rules as a page to read, print and sign. Every cell is the rules' own answer to a question."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from helhed.accounts.roles import ROLES
from helhed.pages.access import needs
from helhed.pages.words import reader_language, role_name
from helhed.sharing import policy
from helhed.sharing.policy.grounds import grounds
from helhed.sharing.policy.table import Row, columns, level, table

CATEGORIES: dict[str, Promise] = {
    "identity": _("Navn og nummer"),
    "contact": _("Adresse og telefon"),
    "benefit": _("Ydelse"),
    "employment_case": _("Beskæftigelsessag"),
    "offer": _("Tilbud"),
    "social_case": _("Social sag"),
    "service": _("Social indsats"),
    "child_case": _("Børnesag"),
    "plan": _("Plan"),
    "progression": _("Progression"),
    "meeting": _("Møder"),
    "note": _("Notater"),
    "assessment": _("Vurdering"),
    "consent": _("Samtykke"),
    "group": _("Målgrupper"),
    "handover": _("Overdragelse"),
}
SIDES: dict[str, Promise | str] = {"both": _("fælles"), "bif": "BIF", "sof": "SOF"}
PURPOSES: dict[str, Promise] = {
    "sagsbehandling": _("sagsbehandling"),
    "koordinering": _("koordinering"),
    "noedadgang": _("nødadgang"),
    "egen-indsigt": _("egen indsigt"),
    "repraesentation": _("hjælp med en fuldmagt"),
    "tilsyn": _("tilsyn"),
}
SITUATIONS: dict[str, Promise] = {
    "own-unit": _("Åben sag i egen enhedslinje"),
    "own-unit-consent": _("… og samtykke til deling af alt"),
    "own-unit-low": _("… med samtykke, men kun godkendt til fortroligt"),
    "own-unit-protected": _("… med samtykke og beskyttet adresse"),
    "own-unit-embargoed": _("… med samtykke, identitet ikke gennemgået"),
    "own-unit-paused": _("… med samtykke, log ikke forankret"),
    "holds-benefit": _("Enheden har ydelsesansvaret, ikke sagen"),
    "offered": _("Borgeren er tilbudt enheden"),
    "handed-over": _("Enhed i SOF, der har overtaget ansvaret"),
    "handed-away": _("Enhed i BIF, der har givet ansvaret fra sig"),
    "other-unit": _("Sag i en anden enhed i forvaltningen"),
    "emergency": _("Nødadgang, der løber"),
    "mandate": _("Fuldmagt til at se"),
    "own": _("Borgeren selv"),
    "no-case": _("Enhver borger"),
}
LEVELS: dict[str, Promise] = {"full": _("Fuldt"), "exists": _("Findes"), "none": _("Lukket")}


@dataclass(frozen=True)
class Cell:
    """How far a category is open, in words, and the number of the ground in the list below; 0 where there is none."""

    level: str
    word: Promise
    number: int


@dataclass(frozen=True)
class Line:
    """A category on one side, with a cell for each column."""

    label: Promise
    side: Promise | str
    sensitivity: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Column:
    """A role with its purposes in a situation."""

    role: str
    purposes: tuple[Promise, ...]
    situation: Promise


@dataclass(frozen=True)
class Sheet:
    """One table of the page."""

    title: str
    columns: tuple[Column, ...]
    lines: tuple[Line, ...]


@needs("policy.see")
def rules_page(request: HttpRequest) -> HttpResponse:
    """Which role, for which purpose, on which ground, sees which category on which side: full, that it exists, or nothing."""
    language, rows, law = reader_language(), table(), list(grounds().values())
    numbers = {ground.key: number for number, ground in enumerate(law, 1)}
    staff = tuple(row for row in rows if row.role == "caseworker")
    others = tuple(row for row in rows if row.role != "caseworker")
    blind = [role_name(key, language) for key in ROLES if key not in {row.role for row in rows}]
    context = {
        "sheets": (
            _sheet(role_name("caseworker", language), staff, numbers, language),
            _sheet(str(_("Alle andre, der kan se noget om en borger")), others, numbers, language),
        ),
        "grounds": [
            (numbers[ground.key], ground, ground.label(language), ground.reference(language))
            for ground in law
        ],
        "unchecked": sum(not ground.checked for ground in law),
        "blind": blind,
        "hash": policy.rules().hash,
        "today": timezone.localdate(),
    }
    return render(request, "helhed/rules.html", context)


def _sheet(title: str, rows: tuple[Row, ...], numbers: dict[str, int], language: str) -> Sheet:
    heads = tuple(
        Column(
            role_name(row.role, language), tuple(PURPOSES[p] for p in row.purposes), SITUATIONS[row.situation]
        )
        for row in rows
    )
    lines = tuple(
        Line(
            CATEGORIES[pair[0]],
            SIDES[pair[1]],
            policy.sensitivity(pair[0]),
            tuple(_cell(row, pair, numbers) for row in rows),
        )
        for pair in columns()
    )
    return Sheet(title, heads, lines)


def _cell(row: Row, pair: tuple[str, str], numbers: dict[str, int]) -> Cell:
    reached = level(row, pair)
    ground = row.cells[pair].ground if pair in row.cells else ""
    return Cell(reached, LEVELS[reached], numbers.get(ground, 0))
