"""The words of the workbench: what a block is called, what it asks, what state a draft is in."""

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from helhed.law import catalogue
from helhed.pages.words import reader_language

NAMES: dict[str, Promise] = {
    "all": gettext_lazy("Alle disse"),
    "any": gettext_lazy("Mindst én af disse"),
    "at_least": gettext_lazy("Mindst så mange af disse"),
    "child": gettext_lazy("Har et barn, som …"),
    "parent": gettext_lazy("Har en forælder, som …"),
    "barnesag": gettext_lazy("Har et barn med børnesag"),
    "group": gettext_lazy("Er i målgruppen …"),
    "age": gettext_lazy("Alder"),
    "benefit": gettext_lazy("Ydelse"),
    "employment_case": gettext_lazy("Sag i BIF"),
    "offer": gettext_lazy("Tilbud"),
    "social_case": gettext_lazy("Sag i SOF"),
    "service": gettext_lazy("Indsats"),
    "child_case": gettext_lazy("Børnesag"),
    "plan": gettext_lazy("Plan"),
    "consent": gettext_lazy("Samtykke"),
    "assessment": gettext_lazy("Vurdering"),
    "cpr_status": gettext_lazy("Folkeregister"),
}

QUESTIONS: dict[str, Promise] = {
    "benefit": gettext_lazy("Hvilke ydelser?"),
    "employment_case": gettext_lazy("Hvilke sager?"),
    "offer": gettext_lazy("Hvilke tilbud?"),
    "social_case": gettext_lazy("Hvilke sager?"),
    "service": gettext_lazy("Hvilke indsatser?"),
    "child_case": gettext_lazy("Hvilke børnesager?"),
    "plan": gettext_lazy("Hvilke planer?"),
    "consent": gettext_lazy("Hvilke samtykker?"),
    "assessment": gettext_lazy("Hvilke vurderinger?"),
    "cpr_status": gettext_lazy("Hvad siger folkeregistret?"),
}

CHOOSE: dict[str, Promise] = {
    "benefit": gettext_lazy("Vælg mindst én ydelse."),
    "employment_case": gettext_lazy("Vælg mindst én slags sag."),
    "offer": gettext_lazy("Vælg mindst ét tilbud."),
    "social_case": gettext_lazy("Vælg mindst én slags sag."),
    "service": gettext_lazy("Vælg mindst én indsats."),
    "child_case": gettext_lazy("Vælg mindst én slags børnesag."),
    "plan": gettext_lazy("Vælg mindst én plan."),
    "consent": gettext_lazy("Vælg mindst ét samtykke."),
    "assessment": gettext_lazy("Vælg mindst én vurdering."),
    "cpr_status": gettext_lazy("Vælg mindst én oplysning fra folkeregistret."),
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
    (gettext_lazy("Borgeren"), ("age", "plan", "consent", "assessment", "cpr_status", "barnesag")),
    (gettext_lazy("Hos BIF"), ("benefit", "employment_case", "offer")),
    (gettext_lazy("Hos SOF"), ("social_case", "service", "child_case")),
    (gettext_lazy("Sammensat"), ("all", "any", "at_least", "child", "parent", "group")),
)

FIRST: tuple[tuple[str, Promise, Promise], ...] = (
    ("age", gettext_lazy("Hvor gammel?"), gettext_lazy("Fyldt 18, under 30 …")),
    ("benefit", gettext_lazy("Hvilken ydelse?"), gettext_lazy("Kontanthjælp, sygedagpenge …")),
    ("social_case", gettext_lazy("Sag hos hvem i SOF?"), gettext_lazy("Hjemløseenheden, Psykiatrienheden …")),
    ("service", gettext_lazy("Hvilken indsats?"), gettext_lazy("Herberg, bostøtte, behandling …")),
    ("plan", gettext_lazy("Med eller uden plan?"), gettext_lazy("Handleplan, Min Plan …")),
    (
        "barnesag",
        gettext_lazy("Har et barn med børnesag?"),
        gettext_lazy("Familier, som begge forvaltninger kender"),
    ),
)
"""The six first blocks of an empty bench."""

TIMES: tuple[tuple[str, Promise], ...] = (
    ("", gettext_lazy("på dagen")),
    ("within", gettext_lazy("nu eller inden for de seneste …")),
    ("lasted", gettext_lazy("uafbrudt i mindst …")),
    ("ending_within", gettext_lazy("med en slutdato højst … fremme")),
)
MEASURES: tuple[tuple[str, Promise], ...] = (
    ("D", gettext_lazy("dage")),
    ("W", gettext_lazy("uger")),
    ("M", gettext_lazy("måneder")),
    ("Y", gettext_lazy("år")),
)
GRACES: tuple[tuple[str, Promise], ...] = (
    ("", gettext_lazy("samme dag")),
    ("P4W", gettext_lazy("efter 4 uger")),
    ("P8W", gettext_lazy("efter 8 uger")),
    ("P13W", gettext_lazy("efter 13 uger")),
    ("P26W", gettext_lazy("efter 26 uger")),
)
"""How long the receiver keeps a citizen who no longer fits, before the hand-back."""

STATES: dict[str, tuple[Promise, str, str]] = {
    "draft": (gettext_lazy("Udkast"), "edit", "quiet"),
    "sent": (gettext_lazy("Venter på godkendelse"), "hourglass", "warn"),
    "adopted": (gettext_lazy("Vedtaget"), "check", "good"),
    "rejected": (gettext_lazy("Afvist"), "close", "bad"),
    "withdrawn": (gettext_lazy("Trukket tilbage"), "reply", "quiet"),
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
