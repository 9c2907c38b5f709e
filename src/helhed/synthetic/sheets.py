"""The thirteen tables of the two case systems: which columns they have and how they are filled."""

from collections.abc import Callable
from dataclasses import dataclass

import pyarrow as pa
from numpy.typing import NDArray

from helhed.synthetic import codes
from helhed.synthetic.deliveries import Record
from helhed.synthetic.spellings import Days, Spelling, money, names_of, numbered

Columns = dict[str, pa.Array]
_APART = 7919  # so that a row's unit is not misspelt whenever its code is


@dataclass(frozen=True)
class Sheet:
    """One table of a case system.

    `fill(rows, day)` gives the columns of chosen rows as the source has them on a day. `said` tells which column holds
    what (key, person, start, end, code, unit, amount), so that a row can be spoiled knowingly; `dirt` is the share of
    spoiled rows that are added.
    """

    name: str
    record: Record
    header: tuple[str, ...]
    fill: Callable[[NDArray, int], Columns]
    said: dict[str, str]
    dirt: float = 0.0


@dataclass(frozen=True)
class Paper:
    """What the tables of one source have in common: names, numbers as it writes them, its days, its quotation marks."""

    names: dict[str, dict[str, list[str]]]
    numbers: pa.Array
    days: Days
    quoted: bool

    def spelling(self, names: str, known: tuple[str, ...]) -> Spelling:
        return Spelling(self.names[names], known, self.quoted)

    def sheet(
        self, name: str, prefix: str, record: Record, spelling: Spelling, described: Spelling | None = None,
        dirt: float = 0.0, **said: str,
    ) -> Sheet:  # fmt: skip
        """A table of facts. `said` names its columns in order: key, person, code, words, unit, start, end, amount, hours."""
        units = Spelling(self.names["units"], codes.UNIT_CODES, self.quoted)
        rows_of = record.rows

        def fill(rows: NDArray, day: int) -> Columns:
            write = {
                "key": lambda: numbered(prefix, rows),
                "person": lambda: self.numbers.take(pa.array(rows_of.person[rows])),
                "code": lambda: spelling.write(record.codes(day)[rows], rows),
                "words": lambda: (described or spelling).write(record.codes(day)[rows], rows),
                "unit": lambda: units.write(rows_of.unit[rows], rows + _APART),
                "start": lambda: self.days.starts(rows_of.start[rows]),
                "end": lambda: self.days.ends(record.ends(day)[rows]),
                "amount": lambda: money(rows_of.amount[rows]),
                "hours": lambda: money(rows_of.amount[rows] * 100),
            }
            return {column: write[what]() for what, column in said.items()}

        return Sheet(name, record, tuple(said.values()), fill, said, dirt)


def bif_sheets(records: dict[str, Record], numbers: pa.Array) -> list[Sheet]:
    """BIF's four tables of facts."""
    paper = Paper(names_of("bif"), numbers, Days(""), quoted=False)
    return [
        paper.sheet(
            "BIF_YDELSER", "Y", records["benefits"], paper.spelling("benefits", codes.BENEFITS), dirt=0.006,
            key="YDELSE_ID", person="CPRNR", code="YDELSE", start="FRA_DATO", end="TIL_DATO", amount="MAANEDSBELOEB",
        ),
        paper.sheet(
            "BIF_SAGER", "B", records["employment"], paper.spelling("categories", codes.CATEGORIES),
            key="SAGSNR", person="CPRNR", code="PERSONKATEGORI", unit="ENHED", start="STARTDATO", end="SLUTDATO",
        ),
        paper.sheet(
            "BIF_TILBUD", "T", records["offers"], paper.spelling("offers", codes.OFFERS), dirt=0.006,
            key="TILBUD_ID", person="CPRNR", code="TILBUDSTYPE", unit="ENHED", start="STARTDATO", end="SLUTDATO",
            hours="TIMER_PR_UGE",
        ),
        paper.sheet(
            "BIF_SAMTYKKER", "ST", records["consents"], paper.spelling("consents", codes.CONSENTS),
            key="SAMTYKKE_ID", person="CPRNR", code="SAMTYKKETYPE", start="GYLDIG_FRA", end="GYLDIG_TIL",
        ),
    ]  # fmt: skip


def sof_sheets(records: dict[str, Record], numbers: pa.Array) -> list[Sheet]:
    """SOF's four tables of facts and its table of relations."""
    paper = Paper(names_of("sof"), numbers, Days("31-12-9999"), quoted=True)
    sections, words = _services(paper.names["services"])
    return [
        paper.sheet(
            "SOF_SAGER", "S-", records["social"], paper.spelling("case-types", codes.CASE_TYPES), dirt=0.005,
            key="Sagsnummer", person="Cpr", code="Sagstype", unit="Enhed", start="Oprettet", end="Lukket",
        ),
        paper.sheet(
            "SOF_INDSATSER", "I-", records["services"], sections, words, 0.006,
            key="IndsatsId", person="Cpr", code="Paragraf", words="Betegnelse", unit="Enhed", start="Startdato",
            end="Slutdato", amount="PrisPrMaaned",
        ),
        paper.sheet(
            "SOF_BOERNESAGER", "BS-", records["children"], paper.spelling("measures", codes.MEASURES), dirt=0.005,
            key="Sagsnummer", person="BarnCpr", code="Foranstaltning", unit="Enhed", start="Startdato", end="Slutdato",
        ),
        paper.sheet(
            "SOF_PLANER", "P-", records["plans"], paper.spelling("plans", codes.PLANS),
            key="PlanId", person="Cpr", code="Plantype", start="Startdato", end="Slutdato",
        ),
        _relations(paper, records["relations"]),
    ]  # fmt: skip


def bif_standings(record: Record, numbers: pa.Array) -> Sheet:
    """BIF_CPRSTATUS: what BIF was told by the population register."""
    paper = Paper(names_of("bif"), numbers, Days(""), quoted=False)
    return paper.sheet(
        "BIF_CPRSTATUS", "CS", record, paper.spelling("cpr-statuses", codes.CPR_STATUSES),
        key="STATUS_ID", person="CPRNR", code="STATUS", start="FRA_DATO", end="TIL_DATO",
    )  # fmt: skip


def sof_standings(record: Record, numbers: pa.Array) -> Sheet:
    """SOF_CPRSTATUS: the same of SOF."""
    paper = Paper(names_of("sof"), numbers, Days("31-12-9999"), quoted=True)
    return paper.sheet(
        "SOF_CPRSTATUS", "CS-", record, paper.spelling("cpr-statuses", codes.CPR_STATUSES),
        key="StatusId", person="Cpr", code="Status", start="FraDato", end="TilDato",
    )  # fmt: skip


_DESCRIPTIONS = {  # free text with the file's own separators and quotation marks in it
    "SEL-110": 'Herberg; akut plads, ""stue 4""',
    "SEL-107": "Midlertidigt botilbud; udredning og træning",
    "SEL-108": "Længerevarende botilbud",
    "SEL-85": "Bostøtte i egen bolig",
    "SEL-85-a": "Bostøtte, Housing First",
    "SEL-99": "SKP-ordning; opsøgende",
    "SEL-101": "Stofmisbrugsbehandling, ambulant",
    "SUL-141": "Alkoholbehandling, ambulant",
}


def _services(names: dict[str, list[str]]) -> tuple[Spelling, Spelling]:
    """Services by law and section, and in words; those without a section have an empty one and are named in words."""
    lawful = {code for code in codes.SERVICES if code.startswith(("SEL-", "SUL-"))}
    sections = {code: names[code] if code in lawful else [""] for code in codes.SERVICES}
    words = {
        code: [_DESCRIPTIONS.get(code, names[code][0])] if code in lawful else names[code]
        for code in codes.SERVICES
    }
    return Spelling(sections, codes.SERVICES, True), Spelling(words, codes.SERVICES, True)


def _relations(paper: Paper, record: Record) -> Sheet:
    """Who is whose parent; the child's position stands in `amount`."""

    def fill(rows: NDArray, day: int) -> Columns:
        return {
            "RelationId": numbered("R-", rows),
            "ForaelderCpr": paper.numbers.take(pa.array(record.rows.person[rows])),
            "BarnCpr": paper.numbers.take(pa.array(record.rows.amount[rows])),
            "FraDato": paper.days.starts(record.rows.start[rows]),
            "TilDato": paper.days.ends(record.ends(day)[rows]),
        }

    header = ("RelationId", "ForaelderCpr", "BarnCpr", "FraDato", "TilDato")
    return Sheet("SOF_FAMILIE", record, header, fill, {})
