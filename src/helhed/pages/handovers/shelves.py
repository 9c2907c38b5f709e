"""The shelves of the work list: what each is called, what stands on it, and what its chains wait for."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Shelf:
    """A shelf: its key (of answers.TABS), its name in the address, its title, a sentence, and what to say when it is empty."""

    key: str
    slug: str
    title: Promise
    about: Promise
    empty: Promise


SHELVES = (
    Shelf(
        "proposals",
        "forslag",
        _("Forslag"),
        _("Borgere, som opfylder kriterierne. Hver side svarer kort på sin halvdel af vurderingen."),
        _(
            "Ingen forslag venter. Nye kommer af sig selv, når en borger kommer i målgruppen for en model, der er i brug."
        ),
    ),
    Shelf(
        "consent",
        "samtykke",
        _("Samtykke"),
        _("Begge sider har vurderet. Borgeren skal spørges, eller er spurgt og har ikke svaret endnu."),
        _("Ingen venter på at blive spurgt eller på at svare."),
    ),
    Shelf(
        "decide",
        "afgoerelse",
        _("Afgørelse"),
        _("Borgeren har sagt ja, og afgørelsen mangler. Det, modtageren har sendt retur, ligger her også."),
        _("Ingen venter på en afgørelse."),
    ),
    Shelf(
        "accept",
        "modtagelse",
        _("Modtagelse"),
        _(
            "Afgjort og sendt til den enhed, der skal overtage. Den gamle enhed har ansvaret, til dagen kommer."
        ),
        _("Ingen venter på at blive modtaget."),
    ),
    Shelf(
        "running",
        "flyttet",
        _("Flyttet"),
        _("Borgere, som din enhed har overtaget."),
        _("Din enhed har ikke overtaget nogen endnu."),
    ),
    Shelf(
        "returns",
        "tilbage",
        _("På vej tilbage"),
        _("Ansvaret skal tilbage til BIF. Den, der har det nu, beholder det, til nogen har taget imod."),
        _("Ingen er på vej tilbage."),
    ),
    Shelf(
        "overdue",
        "over-fristen",
        _("Over fristen"),
        _("Fristen for det næste skridt er gået. Lederne har fået besked."),
        _("Intet er over fristen."),
    ),
)
BY_SLUG = {shelf.slug: shelf for shelf in SHELVES}


def shelf_of(slug: str) -> Shelf:
    """The shelf asked for; the first where there is none of that name."""
    return BY_SLUG.get(slug, SHELVES[0])


WAITS: dict[str, tuple[str, Promise]] = {
    "vurdering": ("assess", _("Vurdering")),
    "spoerges": ("ask", _("At borgeren spørges")),
    "svar": ("answer", _("Borgerens svar")),
    "afgoerelse": ("decide", _("Afgørelse")),
    "modtagelse": ("accept", _("Modtagelse")),
    "retur": ("refused", _("Svar på det, der kom retur")),
    "notat": ("note", _("Overleveringsnotat")),
    "dagen": ("day", _("Dagen")),
}
"""What the chains of a shelf wait for, by its name in the address: the code (of selecting.WAITS), and what it is called."""
