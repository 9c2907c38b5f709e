"""The words of the workbench: what a block is called, what it asks, what state a draft is in."""

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from helhed.law import catalogue
from helhed.pages.words import reader_language

NAMES: dict[str, Promise] = {
    "all": lazy("Alle disse"),
    "any": lazy("Mindst én af disse"),
    "at_least": lazy("Mindst så mange af disse"),
    "child": lazy("Har et barn, som …"),
    "parent": lazy("Har en forælder, som …"),
    "barnesag": lazy("Har et barn med børnesag"),
    "group": lazy("Er i målgruppen …"),
    "age": lazy("Alder"),
    "benefit": lazy("Ydelse"),
    "employment_case": lazy("Sag i BIF"),
    "offer": lazy("Tilbud"),
    "social_case": lazy("Sag i SOF"),
    "service": lazy("Indsats"),
    "child_case": lazy("Børnesag"),
    "plan": lazy("Plan"),
    "consent": lazy("Samtykke"),
    "assessment": lazy("Vurdering"),
}

QUESTIONS: dict[str, Promise] = {
    "benefit": lazy("Hvilke ydelser?"),
    "employment_case": lazy("Hvilke sager?"),
    "offer": lazy("Hvilke tilbud?"),
    "social_case": lazy("Hvilke sager?"),
    "service": lazy("Hvilke indsatser?"),
    "child_case": lazy("Hvilke børnesager?"),
    "plan": lazy("Hvilke planer?"),
    "consent": lazy("Hvilke samtykker?"),
    "assessment": lazy("Hvilke vurderinger?"),
}

CHOOSE: dict[str, Promise] = {
    "benefit": lazy("Vælg mindst én ydelse."),
    "employment_case": lazy("Vælg mindst én slags sag."),
    "offer": lazy("Vælg mindst ét tilbud."),
    "social_case": lazy("Vælg mindst én slags sag."),
    "service": lazy("Vælg mindst én indsats."),
    "child_case": lazy("Vælg mindst én slags børnesag."),
    "plan": lazy("Vælg mindst én plan."),
    "consent": lazy("Vælg mindst ét samtykke."),
    "assessment": lazy("Vælg mindst én vurdering."),
}

SIDES = {
    "benefit": "bif",
    "employment_case": "bif",
    "offer": "bif",
    "social_case": "sof",
    "service": "sof",
    "child_case": "sof",
}
"""Whose information a kind is; the others belong to both."""

MENU: tuple[tuple[Promise, tuple[str, ...]], ...] = (
    (lazy("Borgeren"), ("age", "plan", "consent", "assessment", "barnesag")),
    (lazy("Hos BIF"), ("benefit", "employment_case", "offer")),
    (lazy("Hos SOF"), ("social_case", "service", "child_case")),
    (lazy("Sammensat"), ("all", "any", "at_least", "child", "parent", "group")),
)

FIRST: tuple[tuple[str, Promise, Promise], ...] = (
    ("age", lazy("Hvor gammel?"), lazy("Fyldt 18, under 30 …")),
    ("benefit", lazy("Hvilken ydelse?"), lazy("Kontanthjælp, sygedagpenge …")),
    ("social_case", lazy("Sag hos hvem i SOF?"), lazy("Hjemløseenheden, Psykiatrienheden …")),
    ("service", lazy("Hvilken indsats?"), lazy("Herberg, bostøtte, behandling …")),
    ("plan", lazy("Med eller uden plan?"), lazy("Handleplan, Min Plan …")),
    ("barnesag", lazy("Har et barn med børnesag?"), lazy("Familier, som begge forvaltninger kender")),
)
"""The six first blocks of an empty bench."""

TIMES: tuple[tuple[str, Promise], ...] = (
    ("", lazy("på dagen")),
    ("within", lazy("nu eller inden for de seneste …")),
    ("lasted", lazy("uafbrudt i mindst …")),
    ("ending_within", lazy("med en slutdato højst … fremme")),
)
MEASURES: tuple[tuple[str, Promise], ...] = (
    ("D", lazy("dage")),
    ("W", lazy("uger")),
    ("M", lazy("måneder")),
    ("Y", lazy("år")),
)
GRACES: tuple[tuple[str, Promise], ...] = (
    ("", lazy("samme dag")),
    ("P4W", lazy("efter 4 uger")),
    ("P8W", lazy("efter 8 uger")),
    ("P13W", lazy("efter 13 uger")),
    ("P26W", lazy("efter 26 uger")),
)
"""How long the receiver keeps a citizen who no longer fits, before the hand-back."""

STATES: dict[str, tuple[Promise, str, str]] = {
    "draft": (lazy("Udkast"), "edit", "quiet"),
    "sent": (lazy("Venter på godkendelse"), "hourglass", "warn"),
    "adopted": (lazy("Vedtaget"), "check", "good"),
    "rejected": (lazy("Afvist"), "close", "bad"),
    "withdrawn": (lazy("Trukket tilbage"), "reply", "quiet"),
}
"""A draft's state: its words, its icon and its tone."""


def name_of(kind: str) -> str:
    """What a block is called; a kind of the catalogue without a word here by the catalogue's own."""
    known = NAMES.get(kind)
    return str(known) if known else catalogue().label("kind", kind, reader_language())


def question_of(kind: str) -> str:
    """The question over a block's list of codes."""
    known = QUESTIONS.get(kind)
    return str(known) if known else _("Hvilke?")


def choose_one(kind: str) -> str:
    """What is missing where no code is chosen."""
    known = CHOOSE.get(kind)
    return str(known) if known else _("Vælg mindst én.")


def side_of(kind: str) -> str:
    """bif, sof or both: the hand a block belongs to; a holder belongs to none."""
    return SIDES.get(kind, "both")


def kinds_on_the_menu(kinds: frozenset[str]) -> tuple[tuple[str, tuple[tuple[str, str], ...]], ...]:
    """What can be added, under headings, as (kind, word); kinds the catalogue has beyond ours stand under the citizen's."""
    listed = {kind for _heading, each in MENU for kind in each}
    beyond = tuple(sorted(kinds - listed))
    return tuple(
        (str(heading), tuple((kind, name_of(kind)) for kind in (each + beyond if number == 0 else each)))
        for number, (heading, each) in enumerate(MENU)
    )
