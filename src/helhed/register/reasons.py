"""Why a row did not go in, and why a whole delivery did not: one sentence in each language, saying what to do."""

from helhed.rules.errors import Message, RefusedError

FIELDS, EMPTY_KEY, KEY_TWICE, LONG = "fields", "empty-key", "key-twice", "long"
EMPTY, DATE, ORDER, NUMBER, AMOUNT, FLAG, MARK = "empty", "date", "order", "number", "amount", "flag", "mark"
CODE, UNIT, PERSON, ITSELF, NOT_THERE = "code", "unit", "person", "itself", "not-there"

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
    NOT_THERE: (
        "rækken »{value}« skal slettes, men har aldrig været leveret; fjern linjen",
        'the row "{value}" is to be deleted but was never delivered; remove the line',
    ),
}
REASONS = frozenset(_ROW)


def sentence(reason: str, column: str, value: str, hint: str, language: str) -> str:
    """Why a row was rejected, with its column, in `da` or `en`."""
    if reason == DATE and language == "da":
        hint = hint.replace("yyyy", "åååå")
    text = _ROW[reason][language == "en"].format(value=value, hint=hint or "–")
    return f"{column}: {text}." if column else f"{text[0].upper()}{text[1:]}."


def number(value: int, language: str) -> str:
    """A count with thousands marked as the language does."""
    return f"{value:,}".replace(",", "." if language == "da" else ",")


def refused(da: str, en: str) -> RefusedError:
    """A refusal with its sentence in both languages, to be raised."""
    return RefusedError(Message(da, en))
