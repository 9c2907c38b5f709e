"""The reader of mapping files: YAML to SourceMapping, refusing with file and line whatever it does not know.

The format is explained in docs/how-to/a-new-source.md.
"""

import codecs
from collections.abc import Callable
from hashlib import sha256

from helhed.register.calendar import DateForm
from helhed.register.mapping import (
    CORRECTION,
    DELTA,
    FACT,
    FULL,
    GIVES,
    PEOPLE,
    RELATION,
    Delta,
    Flag,
    FullName,
    Names,
    SourceMapping,
    TableMapping,
    squeezed,
)
from helhed.rules.errors import unknown_name
from helhed.rules.vocabulary import Vocabulary
from helhed.rules.yaml_lines import Node, read_yaml

HEAD = (
    "source",
    "label",
    "administration",
    "priority",
    "encoding",
    "delimiter",
    "date_format",
    "end_date",
    "open_end",
    "tables",
)
EVERY_TABLE = ("name", "gives", "files", "key")
NEED = {
    PEOPLE: ("person",),
    RELATION: ("parent", "child", "start"),
    FACT: ("kind", "person", "code", "start"),
}
MAY = {
    PEOPLE: (
        "given_name",
        "family_name",
        "full_name",
        "birth_date",
        "address_protection",
        "address",
        "phone",
    ),
    RELATION: ("end",),
    FACT: ("unit", "end", "amount"),
}
SPANS = ("person", "parent", "child", "start", "end", "amount")
COLUMNS = (*SPANS, "given_name", "family_name", "birth_date", "address", "phone")

Reader = Callable[[Node], Names]


def read_mapping(text: str, file: str, vocabulary: Vocabulary) -> SourceMapping:
    """The mapping a text describes. CriteriaError with file and line if it cannot be used."""
    root = read_yaml(text, file)
    head = root.mapping(need=HEAD, may=("delta", "names", "decimal", "final_newline"))
    label = head["label"].mapping(need=("da", "en"), may=())
    lists = head["names"].mapping() if "names" in head else {}
    tables = tuple(_table(node, lists, vocabulary, "delta" in head) for node in head["tables"].items())
    _refuse_repeats(head["tables"], [table.name for table in tables])
    return SourceMapping(
        source=_key(head["source"]),
        label={language: label[language].string() for language in ("da", "en")},
        administration=_key(head["administration"]),
        priority=head["priority"].whole_number(),
        encoding=_encoding(head["encoding"]),
        delimiter=_one_of(head["delimiter"], (";", ",", "|", "\t")),
        date_form=_date_form(head["date_format"]),
        decimal=_one_of(head["decimal"], (",", ".")) if "decimal" in head else ",",
        end_inclusive=_one_of(head["end_date"], ("inclusive", "exclusive")) == "inclusive",
        open_end=frozenset(node.text for node in head["open_end"].items()),
        final_newline=head["final_newline"].boolean() if "final_newline" in head else True,
        delta=_delta(head["delta"]) if "delta" in head else None,
        tables=tables,
        digest=sha256(text.encode()).hexdigest(),
    )


def _table(node: Node, lists: dict[str, Node], vocabulary: Vocabulary, deltas: bool) -> TableMapping:
    said = node.mapping(need=EVERY_TABLE)
    gives = _one_of(said["gives"], GIVES)
    said = node.mapping(need=EVERY_TABLE + NEED[gives], may=(*MAY[gives], "unread"))
    name = said["name"].string()
    kind = _known(said["kind"], "type", "kind", vocabulary.kinds) if "kind" in said else ""
    codes = ("kode", "code"), vocabulary.codes_of(kind)
    units = ("enhed", "unit"), vocabulary.units
    protection, full = said.get("address_protection"), said.get("full_name")
    return TableMapping(
        name=name,
        gives=gives,
        patterns=_patterns(said["files"], name, deltas),
        key=said["key"].strings(),
        kind=kind,
        code=_names(said["code"], lists, *codes) if "code" in said else Names(),
        unit=_names(said["unit"], lists, *units) if "unit" in said else Names(),
        address_protection=_flag(protection) if protection else None,
        full_name=_full_name(full) if full else None,
        unread=said["unread"].strings() if "unread" in said else (),
        **{column: said[column].string() for column in COLUMNS if column in said},
    )


def _patterns(node: Node, table: str, deltas: bool) -> dict[str, str]:
    """File patterns by mode. Corrected rows come back under the name they were fetched by."""
    files = node.mapping(may=(FULL, DELTA))
    if not files:
        raise node.error(
            "Skriv et filmønster under full eller delta.", "Write a file pattern under full or delta."
        )
    if DELTA in files and not deltas:
        raise node.error(
            "Kilden har ændringsfiler, men siger ikke under delta, hvilken kolonne der viser ændringen.",
            "The source has delta files but does not say under delta which column shows the change.",
            DELTA,
        )
    return {CORRECTION: f"{table}_AFVIST_*.csv"} | {mode: pattern.string() for mode, pattern in files.items()}


def _names(node: Node, lists: dict[str, Node], noun: tuple[str, str], known: frozenset[str]) -> Names:
    """`{column, names}` or `{always}`; `names` is a list of aliases by code, or the name of one under `names`."""
    if "always" in node.mapping():
        return Names(always=_known(node.mapping(need=("always",), may=())["always"], *noun, known))
    said = node.mapping(need=("column", "names"), may=())
    column = said["column"]
    columns = column.strings() if isinstance(column.value, list) else (column.string(),)
    names = said["names"]
    if not isinstance(names.value, dict):
        wanted = names.string()
        if wanted not in lists:
            raise names.refusal(unknown_name(("navneliste", "list of names"), wanted, lists))
        names = lists[wanted]
    codes, aliases = _aliases(names, noun, known)
    return Names(columns, codes, aliases)


def _aliases(
    names: Node, noun: tuple[str, str], known: frozenset[str]
) -> tuple[dict[str, str], dict[str, tuple[str, ...]]]:
    codes: dict[str, str] = {}
    aliases: dict[str, tuple[str, ...]] = {}
    for code, listed in names.mapping().items():
        if code not in known:
            raise names.refusal(unknown_name(noun, code, known), code)
        aliases[code] = listed.strings()
        for alias, node in zip(aliases[code], listed.items(), strict=True):
            other = codes.setdefault(squeezed(alias), code)
            if other != code:
                raise node.error(
                    f"Navnet »{alias}« står både under {other} og {code}.",
                    f'The name "{alias}" stands under both {other} and {code}.',
                )
    return codes, aliases


def _flag(node: Node) -> Flag:
    said = node.mapping(need=("column", "true", "false"), may=())
    true, false = (frozenset(map(squeezed, said[word].strings())) for word in ("true", "false"))
    return Flag(said["column"].string(), true, false)


def _full_name(node: Node) -> FullName:
    said = node.mapping(need=("column", "order"), may=())
    return FullName(
        said["column"].string(), _one_of(said["order"], ("family-first", "given-first")) == "family-first"
    )


def _delta(node: Node) -> Delta:
    said = node.mapping(need=("column", "upsert", "delete"), may=())
    upsert, delete = (frozenset(map(squeezed, said[word].strings())) for word in ("upsert", "delete"))
    return Delta(said["column"].string(), upsert, delete)


def _known(node: Node, noun_da: str, noun_en: str, known: frozenset[str]) -> str:
    if node.string() not in known:
        raise node.refusal(unknown_name((noun_da, noun_en), node.string(), known))
    return node.string()


def _one_of(node: Node, allowed: tuple[str, ...]) -> str:
    if node.text not in allowed:
        raise node.error(f"Her kan stå: {' '.join(allowed)}", f"This can be: {' '.join(allowed)}")
    return node.text


def _key(node: Node) -> str:
    text = node.string()
    if not all(c.isascii() and (c.islower() or c.isdigit() or c == "-") for c in text):
        raise node.error(
            "Brug små bogstaver a–z, tal og bindestreg.", "Use lower-case letters a–z, digits and dashes."
        )
    return text


def _encoding(node: Node) -> str:
    try:
        name = codecs.lookup(node.string()).name
    except LookupError:
        name = ""
    if name not in ("cp1252", "utf-8", "iso8859-1", "iso8859-15"):
        raise node.error(
            "Her kan stå: cp1252, utf-8, iso8859-1, iso8859-15",
            "This can be: cp1252, utf-8, iso8859-1, iso8859-15",
        )
    return name


def _date_form(node: Node) -> DateForm:
    try:
        return DateForm(node.string())
    except ValueError:
        raise node.error(
            "Skriv datoens form med dd, mm og yyyy, fx dd-mm-yyyy.",
            "Write the form of a date with dd, mm and yyyy, for instance dd-mm-yyyy.",
        ) from None


def _refuse_repeats(tables: Node, names: list[str]) -> None:
    for node, name in zip(tables.items(), names, strict=True):
        if names.count(name) > 1:
            raise node.error(f"Tabellen »{name}« står to gange.", f'The table "{name}" is described twice.')
