"""The two kinds of consent, which are never mixed: their titles, what each is, and the shelves a citizen's consents lie on."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from helhed.sharing.asking.answers import ConsentView

DELING, PLAN = "deling", "helhedsorienteret-plan"
RUNNING = ("given", "requested")


@dataclass(frozen=True)
class Kind:
    """A kind of consent in the caseworker's words."""

    key: str
    title: Promise
    about: Promise
    none: Promise
    ask: Promise


KINDS = (
    Kind(
        DELING,
        _("Deling af oplysninger"),
        _("Åbner bestemte oplysninger for bestemte enheder. Det er ikke et ja til en fælles plan."),
        _("Intet samtykke til deling. Hver forvaltning ser kun det, den selv ved."),
        _("Bed om samtykke til deling"),
    ),
    Kind(
        PLAN,
        _("Fælles plan og overdragelse"),
        _("Et ja til én samlet plan, og til at sagen kan samles ét sted. Det er ikke et ja til deling."),
        _("Intet samtykke til en fælles plan. Hver forvaltning har sin egen."),
        _("Bed om samtykke til fælles plan"),
    ),
)


@dataclass(frozen=True)
class Shelf:
    """The consents of one kind: those that hold or wait, and those that are over."""

    kind: Kind
    running: tuple[ConsentView, ...]
    ended: tuple[ConsentView, ...]


def shelves(consents: Iterable[ConsentView]) -> tuple[Shelf, ...]:
    """Sorted by kind, and by whether they are over."""
    consents = list(consents)
    return tuple(
        Shelf(
            kind,
            tuple(c for c in consents if c.kind == kind.key and c.state in RUNNING),
            tuple(c for c in consents if c.kind == kind.key and c.state not in RUNNING),
        )
        for kind in KINDS
    )
