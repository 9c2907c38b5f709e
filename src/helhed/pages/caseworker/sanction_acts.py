"""The acts of a sanction as pages: what each is called, what it means before it is done, and how what was typed is done."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from helhed.coordination.handover.sanctions import doing
from helhed.coordination.handover.sanctions.doing import Asking
from helhed.pages.dates import day_typed
from helhed.pages.money import oere_typed
from helhed.sharing.refusal import Refused

Typed = Mapping[str, str]
Wrong = dict[str, str]


@dataclass(frozen=True)
class Act:
    """An act: `key` as the room says, `first` where it is what one most often comes for, `lines` what happens then. `form`:
    "plain", "reason", "words", "money", "undo", "payment", "complaint", "day" or "board"."""

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


def _day(typed: Typed, field: str = "dag") -> tuple[date | None, Wrong]:
    day = day_typed(typed.get(field, ""))
    return day, {} if day else {field: str(_("Skriv dagen som 01-06-2026."))}


def _undone(asking: Asking, sanction: UUID, typed: Typed) -> Wrong | None:
    if typed.get("hvor-meget") not in ("alt", "en-del"):
        return {"hvor-meget": str(WHOLE_OR_PART)}
    whole = typed.get("hvor-meget") == "alt"
    doing.reverse(asking, sanction=sanction, why=typed.get("hvorfor", ""), whole=whole)
    return None


def _agreed(asking: Asking, sanction: UUID, typed: Typed) -> Wrong | None:
    act = {"alt": "agree", "en-del": "agree-in-part"}.get(typed.get("hvor-meget", ""))
    if act is None:
        return {"hvor-meget": str(WHOLE_OR_PART)}
    doing.step(asking, sanction=sanction, act=act, why=typed.get("hvorfor", ""))
    return None


def _paid(asking: Asking, sanction: UUID, typed: Typed) -> Wrong | None:
    amount = oere_typed(typed.get("beloeb", ""))
    day, wrong = _day(typed)
    if amount is None:
        wrong["beloeb"] = str(_("Skriv beløbet som 1.234,50."))
    if day and amount is not None:
        doing.repay(asking, sanction=sanction, amount_oere=amount, paid_on=day)
    return wrong


def _complained(asking: Asking, sanction: UUID, typed: Typed) -> Wrong | None:
    day, wrong = _day(typed)
    if day:
        doing.complain(asking, sanction=sanction, words=typed.get("klage", ""), received_on=day)
    return wrong


def _sent(asking: Asking, sanction: UUID, typed: Typed) -> Wrong | None:
    day, wrong = _day(typed)
    if day:
        doing.send(asking, sanction=sanction, on_day=day)
    return wrong


def _answered_by_board(asking: Asking, sanction: UUID, typed: Typed) -> Wrong | None:
    day, wrong = _day(typed)
    answer = BOARD.get(typed.get("udfald", ""))
    if answer is None:
        wrong["udfald"] = str(_("Vælg, hvad Ankestyrelsen har svaret."))
    if day and answer:
        said = {"answer": answer[0], "whole": answer[1], "why": typed.get("hvorfor", "")}
        doing.hear_board(asking, sanction=sanction, on_day=day, **said)
    return wrong


def _taken_back(asking: Asking, sanction: UUID, typed: Typed) -> None:
    doing.take_back(asking, sanction=sanction, why=typed.get("hvorfor", ""))


OF_COMPLAINT = ("agree", "keep", "send", "hear-board", "take-back")
"""The acts of a complaint that is open."""
NEXT = {"kept": "send", "sent": "hear-board"}
"""What comes next of a complaint that is kept to, and of one that is sent; before, the unit looks again."""
AFTER_ANSWER = ("uphold", "annul")
"""The acts that follow from what the citizen answered."""
WHOLE_OR_PART = _("Vælg, om det er hele beløbet eller en del.")
BOARD: dict[str, tuple[str, bool, Promise]] = {
    "stadfaestet": ("confirmed", True, _("Enig i afgørelsen (stadfæstet)")),
    "ophaevet": ("changed", True, _("Afgørelsen er ophævet: hele beløbet skal betales tilbage")),
    "aendret": ("changed", False, _("Afgørelsen er ændret: en del skal betales tilbage")),
    "hjemvist": ("returned", True, _("Sagen er sendt tilbage: afgør den igen (hjemvist)")),
    "afvist": ("dismissed", True, _("Klagen er ikke taget op (afvist)")),
}
"""What the Board can answer, by the word in the form: what it is in the room, whether all is undone, and how it is said."""

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
        Act(
            "agree",
            "giv-ret",
            _("Giv borgeren ret"),
            _("Giv ret"),
            _("Borgeren har fået ret, og Ydelsesservice skal betale pengene tilbage."),
            (
                _("Ydelsesservice betaler pengene tilbage og har ti dage til det."),
                _("Borgeren får et brev med den grund, du skriver. Ydelsesservice ser den ikke."),
            ),
            "undo",
            True,
            _agreed,
        ),
        Act(
            "keep",
            "fasthold-efter-klage",
            _("Hold fast efter klagen"),
            _("Hold fast"),
            _("Afgørelsen er fastholdt. Nu skal klagen sendes til Ankestyrelsen."),
            (
                _("Klagen skal sendes til Ankestyrelsen. I har tre dage til det."),
                _("Borgeren læser den grund, du skriver, i brevet om at klagen er sendt."),
                _(
                    "Har Ankestyrelsen sendt sagen tilbage, er det en ny afgørelse, som borgeren kan klage over."
                ),
            ),
            "reason",
            False,
            _step("keep"),
        ),
        Act(
            "send",
            "send-klagen",
            _("Send klagen til Ankestyrelsen"),
            _("Den er sendt"),
            _("Klagen er noteret som sendt, og borgeren har fået et brev."),
            (
                _("Klagen sendes uden om helhed. Her noteres, hvilken dag det skete."),
                _("Borgeren får et brev med jeres begrundelse, og at Ankestyrelsen nu ser på sagen."),
            ),
            "day",
            True,
            _sent,
        ),
        Act(
            "hear-board",
            "ankestyrelsens-svar",
            _("Skriv Ankestyrelsens svar ned"),
            _("Gem svaret"),
            _("Ankestyrelsens svar er gemt, og borgeren har fået besked."),
            (
                _("Er afgørelsen ændret eller ophævet, skal Ydelsesservice betale pengene tilbage."),
                _("Er sagen sendt tilbage, har I fire uger til at afgøre den igen."),
                _("Borgeren får et brev om, hvad svaret betyder."),
            ),
            "board",
            True,
            _answered_by_board,
        ),
        Act(
            "repay",
            "betal-tilbage",
            _("Betal pengene tilbage"),
            _("Gem betalingen"),
            _("Betalingen er gemt, og borgeren har fået et brev."),
            (
                _("Pengene betales uden om helhed. Her noteres, hvor meget og hvilken dag."),
                _("Borgeren får et brev med beløbet og dagen. Den besluttende enhed kan se, at det er sket."),
            ),
            "payment",
            True,
            _paid,
        ),
        Act(
            "reverse",
            "aendr",
            _("Ændr sanktionen"),
            _("Ændr den"),
            _("Sanktionen er ændret, og Ydelsesservice skal betale pengene tilbage."),
            (
                _("Brug det, når I selv finder en fejl. Har borgeren klaget, så skriv klagen ned først."),
                _("Ydelsesservice betaler pengene tilbage og har ti dage til det."),
                _("Borgeren får et brev med den grund, du skriver. Ydelsesservice ser den ikke."),
            ),
            "undo",
            False,
            _undone,
        ),
        Act(
            "complain",
            "skriv-klage",
            _("Skriv borgerens klage ned"),
            _("Gem klagen"),
            _("Klagen er gemt, og borgeren har fået et brev om, hvad der sker nu."),
            (
                _("Den besluttende enhed ser på sagen igen inden fire uger."),
                _("En klage efter fristen skrives også ned. Ankestyrelsen afgør, om den kan tages op."),
                _("Borgeren får et brev om, at klagen er modtaget."),
            ),
            "complaint",
            False,
            _complained,
        ),
        Act(
            "take-back",
            "klagen-trukket",
            _("Borgeren trækker klagen tilbage"),
            _("Klagen er trukket"),
            _("Klagen er trukket tilbage, og borgeren har fået et brev."),
            (
                _("Klagen er slut. Afgørelsen bliver, som den er."),
                _("Ligger den hos Ankestyrelsen, så giv dem besked."),
            ),
            "reason",
            False,
            _taken_back,
        ),
    )
}
"""By the word in the address, in the order they are shown. What is most often wanted next comes first."""
