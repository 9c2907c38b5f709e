"""Files as the two case systems write them, for the tests."""

from collections.abc import Mapping
from pathlib import Path

BIF, SOF = "bif-fagsystem", "sof-fagsystem"
HEADERS = {
    "BIF_PERSONER": "CPRNR;FORNAVN;EFTERNAVN;ADRESSEBESKYTTELSE",
    "BIF_YDELSER": "YDELSE_ID;CPRNR;YDELSE;FRA_DATO;TIL_DATO;MAANEDSBELOEB",
    "BIF_SAGER": "SAGSNR;CPRNR;PERSONKATEGORI;ENHED;STARTDATO;SLUTDATO",
    "SOF_BORGERE": "Cpr;Navn;Beskyttet",
    "SOF_SAGER": "Sagsnummer;Cpr;Sagstype;Enhed;Oprettet;Lukket",
    "SOF_INDSATSER": "IndsatsId;Cpr;Paragraf;Betegnelse;Enhed;Startdato;Slutdato;PrisPrMaaned",
    "SOF_BOERNESAGER": "Sagsnummer;BarnCpr;Foranstaltning;Enhed;Startdato;Slutdato",
    "SOF_FAMILIE": "RelationId;ForaelderCpr;BarnCpr;FraDato;TilDato",
}
ANNA, BO, CARL, DORTE = "6101801111", "6202812222", "6303153333", "6404824444"
PEOPLE = [f"{ANNA};Anna;Åkær;N", f"{BO};Bo;Berg;N", f"{DORTE};Dorte;Ørum;J"]
BENEFITS = [
    f"Y1;{ANNA};Kontanthjælp, aktivitetsparat;01-02-2020;;11.432,50",
    f"Y2;{BO};KTH  jobparat;01-03-2020;31-03-2020;",
    f"Y3;{DORTE};Ledighedsydelse;15-01-2021;31-12-2021;9000",
]


def dashed(number: str) -> str:
    return f"{number[:6]}-{number[6:]}"


def text(table: str, rows: list[str], mark: str = "") -> str:
    """The whole text of a file: its header and rows, with Windows' line ends."""
    header = f"{mark};{HEADERS[table]}" if mark else HEADERS[table]
    return "".join(f"{line}\r\n" for line in [header, *rows])


def write(folder: Path, files: Mapping[str, list[str]]) -> list[Path]:
    """Files by table: `BIF_YDELSER` is a full one, `BIF_YDELSER_AENDRING` a delta."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for name, rows in files.items():
        table = name.removesuffix("_AENDRING")
        full = table == name
        path = folder / (f"{name}_FULD_20220601.csv" if full else f"{name}_20220601.csv")
        path.write_bytes(text(table, rows, "" if full else "AENDRING").encode("cp1252"))
        paths.append(path)
    return paths
