"""Why a row did not go in, and why a whole delivery did not: one sentence in each language, saying what to do."""

from helhed.rules.errors import Message, RefusedError

FIELDS, EMPTY_KEY, KEY_TWICE, LONG = "fields", "empty-key", "key-twice", "long"
EMPTY, DATE, ORDER, NUMBER, AMOUNT, FLAG, MARK = "empty", "date", "order", "number", "amount", "flag", "mark"
CODE, UNIT, PERSON, ITSELF, NOT_THERE = "code", "unit", "person", "itself", "not-there"
ADDRESS, PHONE = "address", "phone"

_ROW = {
    FIELDS: (
        "rækken har ikke lige så mange felter som overskriften; se efter skilletegn og citationstegn",
        "the row does not have as many fields as the header; look for delimiters and quotes",
    ),
    EMPTY_KEY: ("nøglen er tom; skriv den", "the key is empty; write it"),
    KEY_TWICE: (
        "nøglen »{value}« står allerede i linje {hint}; behold én af rækkerne",
        'the key "{value}" already stands on line {hint}; keep one of the rows',
    ),
    LONG: ("»{value}…« er for lang; forkort den", '"{value}…" is too long; shorten it'),
    EMPTY: ("feltet er tomt; udfyld det", "the field is empty; fill it in"),
    DATE: ("»{value}« er ikke en dato; skriv den som {hint}", '"{value}" is not a date; write it as {hint}'),
    ORDER: (
        "slutdatoen »{value}« ligger før startdatoen; ret den ene",
        'the end date "{value}" is before the start date; correct one of them',
    ),
    NUMBER: (
        "»{value}« er ikke et CPR-nummer eller erstatningsnummer; det er ti cifre, der begynder med en dato",
        '"{value}" is not a CPR number or a replacement number; it is ten digits that begin with a date',
    ),
    AMOUNT: (
        "»{value}« er ikke et beløb på nul eller mere med højst to decimaler; ret det",
        '"{value}" is not an amount of zero or more with at most two decimals; correct it',
    ),
    FLAG: (
        "»{value}« er ikke et af ordene {hint}; ret det",
        '"{value}" is not one of the words {hint}; correct it',
    ),
    MARK: (
        "»{value}« er ikke en kendt ændring; skriv en af {hint}",
        '"{value}" is not a known change; write one of {hint}',
    ),
    CODE: (
        "navnet »{value}« er ukendt; ret det, eller føj det til kildens beskrivelse (nærmeste kendte navn: {hint})",
        'the name "{value}" is unknown; correct it, or add it to the description of the source (nearest known name: {hint})',
    ),
    UNIT: (
        "enheden »{value}« er ukendt; ret den, eller føj den til kildens beskrivelse (nærmeste kendte navn: {hint})",
        'the unit "{value}" is unknown; correct it, or add it to the description of the source (nearest known name: {hint})',
    ),
    PERSON: (
        "personen er hverken i kildens personfil eller i registeret; levér personen, og derefter rækken igen",
        "the person is neither in the source's file of people nor in the register; deliver the person, then the row again",
    ),
    ITSELF: (
        "forælder og barn er samme person; ret den ene",
        "parent and child are the same person; correct one of them",
    ),
    ADDRESS: (
        "»{value}« er ikke en adresse; skriv vej, nummer, postnummer og by, eller lad feltet være tomt",
        '"{value}" is not an address; write street, number, postal code and town, or leave the field empty',
    ),
    PHONE: (
        "»{value}« er ikke et telefonnummer; skriv otte cifre, eller + og landekode, eller lad feltet være tomt",
        '"{value}" is not a telephone number; write eight digits, or + and a country code, or leave the field empty',
    ),
    NOT_THERE: (
        "rækken »{value}« skal slettes, men har aldrig været leveret; fjern linjen",
        'the row "{value}" is to be deleted but was never delivered; remove the line',
    ),
}
REASONS = frozenset(_ROW)

_ALL = {
    FIELDS: ("forkert antal felter i rækken", "wrong number of fields in the row"),
    EMPTY_KEY: ("nøglen er tom", "the key is empty"),
    KEY_TWICE: ("nøglen står i en tidligere række", "the key stands in an earlier row"),
    LONG: ("værdien er for lang", "the value is too long"),
    EMPTY: ("feltet er tomt", "the field is empty"),
    DATE: ("ikke en dato", "not a date"),
    ORDER: ("slutdatoen ligger før startdatoen", "the end date is before the start date"),
    NUMBER: ("ikke et CPR-nummer eller erstatningsnummer", "not a CPR number or a replacement number"),
    AMOUNT: ("ikke et beløb på nul eller mere", "not an amount of zero or more"),
    FLAG: ("ikke et af kildens ord for ja og nej", "not one of the source's words for yes and no"),
    MARK: ("ikke en kendt ændring", "not a known change"),
    CODE: ("ukendt navn", "unknown name"),
    UNIT: ("ukendt enhed", "unknown unit"),
    PERSON: ("personen er ikke leveret", "the person has not been delivered"),
    ITSELF: ("forælder og barn er samme person", "parent and child are the same person"),
    ADDRESS: ("ikke en adresse", "not an address"),
    PHONE: ("ikke et telefonnummer", "not a telephone number"),
    NOT_THERE: ("rækken skal slettes, men har aldrig været leveret", "to be deleted, but never delivered"),
}


def sentence(reason: str, column: str, value: str, hint: str, language: str) -> str:
    """Why a row was rejected, with its column, in `da` or `en`."""
    if reason == DATE and language == "da":
        hint = hint.replace("yyyy", "åååå")
    text = _ROW[reason][language == "en"].format(value=value, hint=hint or "–")
    return f"{column}: {text}." if column else f"{text[0].upper()}{text[1:]}."


def summary(reason: str, column: str, language: str) -> str:
    """Why many rows were rejected, without their values, in `da` or `en`."""
    text = _ALL[reason][language == "en"]
    return f"{column}: {text}" if column else f"{text[0].upper()}{text[1:]}"


def number(value: int, language: str) -> str:
    """A count with thousands marked as the language does."""
    return f"{value:,}".replace(",", "." if language == "da" else ",")


def refused(da: str, en: str) -> RefusedError:
    """A refusal with its sentence in both languages, to be raised."""
    return RefusedError(Message(da, en))
