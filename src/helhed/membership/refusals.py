"""What the workshop says when something may not be done: one sentence in each language."""

from datetime import date

from helhed.rules.errors import Message, RefusedError

ROLE = Message("Din rolle giver ikke adgang til at gøre dette.", "Your role does not let you do this.")
OWNER = Message(
    "Kun den, der har tegnet udkastet, kan ændre det. Tag en kopi, og arbejd videre i den.",
    "Only the one who drew the draft can change it. Make a copy, and go on with that.",
)
NOT_SEEN = Message("Udkastet er ikke delt med dig.", "The draft is not shared with you.")
CLOSED = Message(
    "Udkastet er sendt eller vedtaget og kan ikke ændres. Træk det tilbage, eller tag en kopi.",
    "The draft is sent or adopted and cannot be changed. Withdraw it, or make a copy.",
)
NOT_SENT = Message(
    "Udkastet venter ikke på en afgørelse. Hent siden igen.",
    "The draft does not wait for a decision. Load the page again.",
)
NOT_A_DRAFT = Message(
    "Udkastet er ikke et åbent udkast. Gem det igen, før det sendes.",
    "The draft is not an open draft. Save it again before it is sent.",
)
ADOPTED = Message("Udkastet er vedtaget og bliver stående.", "The draft is adopted and stays.")
TWO_PERSONS = Message(
    "Den, der har tegnet eller sendt et udkast, kan ikke selv afgøre det. Bed en kollega.",
    "Whoever drew or sent a draft cannot decide on it. Ask a colleague.",
)
REASON = Message("Skriv, hvorfor udkastet afvises.", "Write why the draft is rejected.")
STALE = Message(
    "Udkastet er gemt af en anden, siden du åbnede det. Hent det igen.",
    "The draft has been saved by somebody else since you opened it. Load it again.",
)
WORDS = Message(
    "Giv målgruppen et navn på dansk og på engelsk, højst 200 tegn.",
    "Give the target group a name in Danish and in English, at most 200 characters.",
)
KEY = Message(
    "En nøgle er bogstaver a-z, cifre og bindestreger, højst 40 tegn.",
    "A key is letters a-z, digits and hyphens, at most 40 characters.",
)


class StaleError(RefusedError):
    """A draft that somebody has saved since it was opened."""


def later_version(key: str, day: date) -> Message:
    """That a group has a version from that day or a later one already."""
    return Message(
        f"{key} har allerede en version fra {day:%d-%m-%Y}. Vælg en senere dag.",
        f"{key} already has a version from {day:%d-%m-%Y}. Choose a later day.",
    )
