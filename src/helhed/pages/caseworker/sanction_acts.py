"""The acts of a sanction as pages: what each is called, what it means before it is done, and how what was typed is done."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from helhed.coordination.handover.sanctions import doing
from helhed.coordination.handover.sanctions.doing import Asking
from helhed.pages.money import oere_typed
from helhed.sharing.refusal import Refused

Typed = Mapping[str, str]
Wrong = dict[str, str]


@dataclass(frozen=True)
class Act:
    """An act: `key` as the room says, `first` where it is what one most often comes for, `lines` what happens then. `form`:
    "plain", "reason", "words" or "money"."""

    key: str
    slug: str
    title: Promise
    button: Promise
    receipt: Promise
    lines: tuple[Promise, ...]
    form: str
    first: bool
    doing: Callable[[Asking, UUID, Typed], Wrong | None]

    def done(self, asking: Asking, sanction: UUID, typed: Typed) -> Wrong:
        """Do it; answers what is wrong, by field, "alt" for all of it."""
        try:
            return self.doing(asking, sanction, typed) or {}
        except Refused as refused:
            return {"alt": str(refused)}


def _step(key: str) -> Callable[[Asking, UUID, Typed], Wrong | None]:
    def done(asking: Asking, sanction: UUID, typed: Typed) -> None:
        doing.step(asking, sanction=sanction, act=key, why=typed.get("hvorfor", ""))

    return done


def _calculated(asking: Asking, sanction: UUID, typed: Typed) -> Wrong | None:
    amount = oere_typed(typed.get("beloeb", ""))
    wrong: Wrong = {}
    if amount is None:
        wrong["beloeb"] = str(_("Skriv beløbet som 1.234,50."))
    try:
        month = date.fromisoformat(typed.get("maaned", "")).replace(day=1)
    except ValueError:
        wrong["maaned"] = str(_("Vælg, hvilken måned der trækkes i."))
    if amount is not None and not wrong:
        why = typed.get("hvordan", "")
        doing.calculate(asking, sanction=sanction, month=month, amount_oere=amount, why=why)
    return wrong


def _answered(asking: Asking, sanction: UUID, typed: Typed) -> None:
    doing.write_answer(asking, sanction=sanction, words=typed.get("svar", ""))


ACTS = {
    act.slug: act
    for act in (
        Act(
            "decide",
            "beslut",
            _("Beslut sanktionen"),
            _("Beslut"),
            _("Sanktionen er besluttet og ligger nu hos Ydelsesservice."),
            (
                _("Ydelsesservice får dagene, bestemmelsen og begrundelsen – ikke jeres vurdering."),
                _("Ydelsesservice regner beløbet ud og hører borgeren. Der trækkes ikke noget før det."),
                _("Det besluttede kan ikke skrives om. I kan trække det tilbage, indtil borgeren er hørt."),
            ),
            "plain",
            True,
            _step("decide"),
        ),
        Act(
            "receive",
            "modtag",
            _("Modtag afgørelsen"),
            _("Modtag"),
            _("Afgørelsen er modtaget. Nu skal beløbet regnes ud."),
            (_("Den besluttende enhed kan se, at I har den."), _("I har fem dage til at regne beløbet ud.")),
            "plain",
            True,
            _step("receive"),
        ),
        Act(
            "calculate",
            "beregn",
            _("Regn beløbet ud"),
            _("Gem beløbet"),
            _("Beløbet er gemt. Nu skal borgeren høres."),
            (
                _("Den besluttende enhed og borgeren ser beløbet og måneden."),
                _("Beløbet kan regnes om, indtil borgeren er hørt."),
            ),
            "money",
            False,
            _calculated,
        ),
        Act(
            "hear",
            "hoer",
            _("Hør borgeren"),
            _("Send høringen"),
            _("Borgeren har fået brevet og to uger til at svare."),
            (
                _("Borgeren får et brev med begrundelsen, dagene, beløbet og en frist på to uger."),
                _("Borgerens svar går til den enhed, der besluttede. Den holder fast eller annullerer."),
                _("Svarer borgeren ikke inden fristen, kan I trække i ydelsen dagen efter."),
            ),
            "plain",
            True,
            _step("hear"),
        ),
        Act(
            "uphold",
            "fasthold",
            _("Hold fast efter borgerens svar"),
            _("Hold fast"),
            _("Afgørelsen er fastholdt. Ydelsesservice kan nu trække i ydelsen."),
            (
                _("Ydelsesservice får at vide, at I holder fast, men ikke hvorfor."),
                _("Borgeren ser jeres begrundelse på sin side."),
            ),
            "reason",
            True,
            _step("uphold"),
        ),
        Act(
            "effect",
            "gennemfoer",
            _("Træk i ydelsen"),
            _("Træk nu"),
            _("Sanktionen er gennemført, og borgeren har fået et brev."),
            (
                _("Der trækkes det beregnede beløb i den valgte måned."),
                _("Borgeren får et brev med afgørelsen og en klagevejledning."),
                _("Det kan ikke fortrydes her."),
            ),
            "plain",
            True,
            _step("effect"),
        ),
        Act(
            "write-answer",
            "skriv-svar",
            _("Skriv borgerens svar ned"),
            _("Gem svaret"),
            _("Svaret er gemt og gået til den besluttende enhed."),
            (_("Den besluttende enhed holder fast eller annullerer. Indtil da trækkes der ikke."),),
            "words",
            False,
            _answered,
        ),
        Act(
            "annul",
            "annuller",
            _("Annuller afgørelsen"),
            _("Annuller"),
            _("Afgørelsen er annulleret, og borgeren har fået et brev."),
            (
                _("Der trækkes ikke noget, og sanktionen er slut."),
                _("Borgeren får et brev med den grund, du skriver. Ydelsesservice ser den ikke."),
            ),
            "reason",
            False,
            _step("annul"),
        ),
        Act(
            "withdraw",
            "traek-tilbage",
            _("Træk sanktionen tilbage"),
            _("Træk tilbage"),
            _("Sanktionen er trukket tilbage."),
            (
                _("Sanktionen er slut, og der trækkes ikke noget."),
                _("Ydelsesservice ser, at den er trukket tilbage, men ikke hvorfor."),
            ),
            "reason",
            False,
            _step("withdraw"),
        ),
    )
}
"""By the word in the address, in the order they are shown. What is most often wanted next comes first."""
