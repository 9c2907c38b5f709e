"""How a source's files are to be read: frozen values. The reader of mapping files is in mapping_files.py."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatchcase

from helhed.register.calendar import DateForm

FULL, DELTA, CORRECTION = "full", "delta", "correction"
PEOPLE, RELATION, FACT = "people", "relation", "fact"
GIVES = (PEOPLE, RELATION, FACT)


def squeezed(name: str) -> str:
    """A name as it is compared: without case and white space."""
    return "".join(name.casefold().split())


@dataclass(frozen=True)
class Names:
    """Where a code stands and what the source calls it.

    `columns`: the first that is not empty counts. `codes`: code by squeezed name. `aliases`: the names of a code as
    the source writes them. `always`: the code of every row, instead of a column.
    """

    columns: tuple[str, ...] = ()
    codes: Mapping[str, str] = field(default_factory=dict)
    aliases: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    always: str = ""


@dataclass(frozen=True)
class Flag:
    """A column that says yes or no, and the squeezed words for it."""

    column: str
    true: frozenset[str]
    false: frozenset[str]


@dataclass(frozen=True)
class FullName:
    """A column with the whole name: "Efternavn, Fornavn" (family first) or "Fornavn Efternavn"."""

    column: str
    family_first: bool


@dataclass(frozen=True)
class Delta:
    """The column of a delta file that says what happened to the row, and its squeezed words."""

    column: str
    upsert: frozenset[str]
    delete: frozenset[str]


@dataclass(frozen=True)
class TableMapping:
    """One kind of file. Of the fields after `key`, those that belong to what the table gives are filled."""

    name: str
    gives: str
    patterns: Mapping[str, str]
    key: tuple[str, ...]
    person: str = ""
    parent: str = ""
    child: str = ""
    kind: str = ""
    code: Names = Names()
    unit: Names = Names()
    start: str = ""
    end: str = ""
    amount: str = ""
    given_name: str = ""
    family_name: str = ""
    full_name: FullName | None = None
    birth_date: str = ""
    address_protection: Flag | None = None
    address: str = ""
    phone: str = ""
    unread: tuple[str, ...] = ()

    @property
    def columns(self) -> tuple[str, ...]:
        """Every column that is read, once."""
        single = [self.person, self.parent, self.child, self.start, self.end, self.amount]
        single += [self.given_name, self.family_name, self.birth_date]
        if self.full_name:
            single.append(self.full_name.column)
        if self.address_protection:
            single.append(self.address_protection.column)
        every = [*self.key, *single, *self.code.columns, *self.unit.columns]
        return tuple(dict.fromkeys(column for column in every if column))

    @property
    def optional(self) -> tuple[str, ...]:
        """Columns that are read where a file has them; a file without one says nothing of it."""
        return tuple(column for column in (self.address, self.phone) if column)

    @property
    def persons(self) -> tuple[str, ...]:
        """The columns that hold personal numbers."""
        return tuple(column for column in (self.person, self.parent, self.child) if column)

    def mode_of(self, file_name: str) -> str:
        """`full`, `delta` or `correction` if the file is one of this table's, else empty. Case does not matter."""
        for mode, pattern in self.patterns.items():
            if fnmatchcase(file_name.casefold(), pattern.casefold()):
                return mode
        return ""


@dataclass(frozen=True)
class SourceMapping:
    """A source: how its files look, and its tables. `digest` is of the text of the mapping file."""

    source: str
    label: Mapping[str, str]
    administration: str
    priority: int
    encoding: str
    delimiter: str
    date_form: DateForm
    decimal: str
    end_inclusive: bool
    open_end: frozenset[str]
    final_newline: bool
    delta: Delta | None
    tables: tuple[TableMapping, ...]
    digest: str

    def table(self, name: str) -> TableMapping:
        """The table of a name; KeyError if there is none."""
        return {table.name: table for table in self.tables}[name]

    def table_of(self, file_name: str) -> tuple[TableMapping, str] | None:
        """The table a file belongs to by its name, and the mode; None if it belongs to none."""
        for table in self.tables:
            if mode := table.mode_of(file_name):
                return table, mode
        return None
