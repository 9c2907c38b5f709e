"""What a citizen reads of a hand-over: short sentences without terms of the trade, in the active language."""

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from helhed.coordination.handover.chain.models import BACK, Chain
from helhed.coordination.handover.work.words import short_unit

ORDER = ("proposed", "assessed", "asked", "consented", "decided", "offered", "accepted", "effective")
AS_FAR_AS = {"refused": "offered", "noted": "offered"}
"""States and steps that lie as far along as another."""


def rank(state: str) -> int:
    """How far along a state or a step is."""
    return ORDER.index(AS_FAR_AS.get(state, state))


def part_label(part: str) -> str:
    """One of the four responsibilities, or the social case, as the citizen knows it."""
    return {
        "sagsbehandleransvar": _("Din sag om arbejde"),
        "beskaeftigelsesindsats": _("Tilbud og kurser"),
        "ydelsesansvar": _("Dine penge"),
        "forvaltningsansvar": _("Regler og klager"),
        "social": _("Din sociale sag"),
    }[part]


def title_of(row: Chain | None, language: str, has: str = "") -> str:
    """The state in one line. `has`: what the unit is called that has the case now, "" where there is no case."""
    if row is None:
        return _("Din sag er hos %(to)s") % {"to": has} if has else _("Du har ingen sag lige nu")
    to = {"to": short_unit(row.to_unit, language)}
    if row.direction == BACK:
        return {
            "effective": _("Din sag er tilbage hos %(to)s"),
            "cancelled": _("Din sag bliver, hvor den er"),
            "lapsed": _("Din sag bliver, hvor den er"),
        }.get(row.state, _("Din sag er på vej tilbage til %(to)s")) % to
    return {
        "proposed": _("Vi ser på, om din sag skal samles ét sted"),
        "assessed": _("Vi vil gerne samle din sag ét sted"),
        "asked": _("Vil du have din sag samlet ét sted?"),
        "consented": _("Tak for dit svar"),
        "effective": _("Din sag er hos %(to)s"),
        "exempted": _("Din sag bliver, hvor den er"),
        "declined": _("Din sag bliver, hvor den er"),
        "lapsed": _("Din sag bliver, hvor den er"),
        "cancelled": _("Din sag bliver, hvor den er"),
    }.get(row.state, _("Din sag er på vej til %(to)s")) % to


def said_of(row: Chain | None, language: str) -> tuple[str, ...]:
    """What happens now, what it means, what one can do: a sentence or two of each."""
    if row is None:
        return (
            _("Ingen har foreslået at flytte din sag."),
            _("Den bliver, hvor den er. Du får den hjælp, du plejer."),
            _(
                "Du skal ikke gøre noget. Vil du have din sag samlet ét sted, så sig det til din sagsbehandler."
            ),
        )
    said = _of_return(row) if row.direction == BACK else _of_way_over(row)
    words = {
        "giving": short_unit(row.from_unit, language),
        "taking": short_unit(row.to_unit, language),
        "day": _day(row.effective_on),
        "due": _day(row.due_on),
    }
    return tuple(sentence % words for sentence in said)


def steps_of(row: Chain) -> tuple[tuple[str, str], ...]:
    """The steps a citizen is shown, by the kind of step that does it."""
    if row.direction == BACK:
        return (
            ("proposed", _("Tilbageflytningen er begyndt")),
            ("noted", _("Vi skriver ned, hvor langt I er kommet")),
            ("accepted", _("Den anden enhed tager imod")),
            ("effective", _("Sagen er tilbage")),
        )
    return (
        ("proposed", _("Vi foreslår det")),
        ("assessed", _("Vi ser på, om det passer til dig")),
        ("consented", _("Du siger ja eller nej")),
        ("decided", _("Vi beslutter det")),
        ("accepted", _("Den nye enhed siger ja")),
        ("effective", _("Sagen flytter")),
    )


def _of_way_over(row: Chain) -> tuple[str, ...]:
    keeps = _("Indtil da har %(giving)s din sag. Du skal ikke gøre noget.")
    regret = _("Fortryder du, kan du tage dit ja tilbage. Så flytter sagen ikke.")
    stays = _("Du beholder de kontaktpersoner, du har, og den hjælp, du har ret til.")
    return {
        "proposed": (
            _("Vi ser på, om det vil hjælpe dig, at %(taking)s overtager din sag om arbejde."),
            _("Der sker ikke noget, før du har sagt ja."),
            _("Du skal ikke gøre noget nu. Du kan spørge %(giving)s, hvis du undrer dig."),
        ),
        "assessed": (
            _("Vi mener, at det vil hjælpe dig, at %(taking)s overtager din sag om arbejde."),
            _("Der sker ikke noget, før du har sagt ja."),
            _("Du får snart et spørgsmål. Du bestemmer selv."),
        ),
        "asked": (
            _("Vi foreslår, at %(taking)s overtager din sag om arbejde fra %(giving)s."),
            _("Siger du nej, sker der ingenting. Du får stadig den hjælp, du har ret til."),
            _("Læs spørgsmålet, og svar senest %(due)s.") if row.due_on else _("Læs spørgsmålet, og svar."),
        ),
        "consented": (_("Du har sagt ja. Nu beslutter %(giving)s, om sagen flytter."), keeps, regret),
        "decided": (_("Vi har besluttet, at %(taking)s skal overtage din sag om arbejde."), keeps, regret),
        "offered": (
            _("%(taking)s skal sige ja til at tage imod. Sagen flytter tidligst %(day)s."),
            keeps,
            regret,
        ),
        "refused": (
            _("%(taking)s kan ikke tage imod lige nu. Vi finder ud af, hvad der skal ske."),
            keeps,
            regret,
        ),
        "accepted": (_("%(taking)s har sagt ja. Sagen flytter %(day)s."), keeps, regret),
        "effective": (
            _("%(taking)s har haft din sag om arbejde siden %(day)s."),
            _(
                "Det er dem, du skal tale med om arbejde, tilbud og møder. Dine penge kommer stadig fra Ydelsesservice."
            ),
            _(
                "Vil du tilbage, så sig det til %(taking)s, eller bed om det i helhed. Du skal ikke give en grund."
            ),
        ),
        "declined": (
            _(
                "Forslaget om at flytte sagen er lukket, for du har ikke sagt ja, eller du har taget dit ja tilbage."
            ),
            _("%(giving)s har fortsat din sag om arbejde.") + " " + stays,
            _("Ombestemmer du dig, så sig det til %(giving)s."),
        ),
    }.get(
        row.state,
        (
            _("Forslaget om at flytte sagen er lukket."),
            _("%(giving)s har fortsat din sag om arbejde.") + " " + stays,
            _("Du skal ikke gøre noget. Har vi skrevet til dig om det, ligger brevet under Breve."),
        ),
    )


def _of_return(row: Chain) -> tuple[str, ...]:
    if row.state == "effective":
        return (
            _("%(taking)s har haft din sag om arbejde igen siden %(day)s."),
            _("Det, du har aftalt, er fulgt med. Dine penge kommer stadig fra Ydelsesservice."),
            _("Kontakt %(taking)s om arbejde, tilbud og møder."),
        )
    if row.state in ("cancelled", "lapsed"):
        return (
            _("Din sag går alligevel ikke tilbage."),
            _("%(giving)s har fortsat din sag om arbejde."),
            _("Du skal ikke gøre noget. Vil du stadig tilbage, så bed om det igen."),
        )
    by_when = _("%(taking)s overtager igen din sag om arbejde fra %(giving)s. Det sker senest %(due)s.")
    if row.escalated_at:
        by_when = _(
            "%(taking)s overtager igen din sag om arbejde fra %(giving)s. Det skulle være sket senest %(due)s. Lederne har fået besked."
        )
    return (
        by_when,
        _("Indtil da har %(giving)s din sag. Det, du har aftalt, følger med."),
        _("Du skal ikke gøre noget. Vi skriver til dig, den dag det sker."),
    )


def _day(on: date | None) -> str:
    return date_format(on, "DATE_FORMAT") if on else ""
