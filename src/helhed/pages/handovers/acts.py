"""What can be done to hand-overs from a page: how each act is called, what its form asks, and the door it goes through."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.http import QueryDict
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from helhed.accounts.models import User
from helhed.coordination.handover.chain.gates import QUESTIONS
from helhed.coordination.handover.work import bulk, single
from helhed.coordination.handover.work.answers import Done
from helhed.coordination.handover.work.doing import SHORTEST
from helhed.pages.dates import day_typed
from helhed.sharing.refusal import Refused

LONGEST = 2000
STOPPING = {"EX1": "ja", "EX3": "ja", "EX2": "ja", "need": "nej"}
"""The answers that speak against moving."""


@dataclass(frozen=True)
class Filled:
    """A form as it was filled in, with what is wrong with it by field ("alt": with all of it)."""

    values: Mapping[str, Any]
    wrong: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Act:
    """An act: its address, its code (of answers.ACTS), its title, the button that does it, what is said when it is done, how
    its form is read and how it is done. `many`: what is said when it is done to several at once; None where it cannot be.
    `chosen`: the button that does it to those ticked. `then`: where those are afterwards, in words and as the query of the list.
    `leads`: the shelf one is led back to, where the act may put the citizen out of one's reach; the chain's own page else."""

    slug: str
    code: str
    title: Promise
    button: Promise
    done: Promise
    read: Callable[[User, QueryDict], Filled]
    do: Callable[..., Done]
    many: Promise | None = None
    chosen: Promise | str = ""
    then: tuple[Promise | str, str] = ("", "")
    leads: str = ""


def _read_assess(by: User, posted: QueryDict) -> Filled:
    asked = QUESTIONS.get(by.administration, ())
    if posted.get("familie"):
        asked = (*asked, "family")
    said = {key: posted.get(key, "") for key in asked}
    values = {"said": said, "note": posted.get("ord", "").strip()[:LONGEST]}
    wrong = {key: now("Svar ja eller nej.") for key, answer in said.items() if answer not in ("ja", "nej")}
    stops = any(answer == STOPPING.get(key) for key, answer in said.items())
    if stops and not values["note"]:
        wrong["ord"] = now("Skriv den konkrete grund til, at borgeren ikke skal flyttes.")
    return Filled(values, wrong)


def _assess(*, by: User, chains: Sequence[UUID], values: Mapping[str, Any], language: str) -> Done:
    said = {key: answer == "ja" for key, answer in values["said"].items()}
    return bulk.assess(by=by, chains=chains, said=said, note=values["note"], language=language)


def _read_family(by: User, posted: QueryDict) -> Filled:
    said, filled = posted.get("family", ""), _read_words(by, posted)
    wrong = {} if said in ("ja", "nej") else {"family": now("Svar ja eller nej.")}
    values = {"said": {"family": said}, "whole": said == "ja", "note": filled.values["note"]}
    return Filled(values, {**filled.wrong, **wrong})


def _read_ask(by: User, posted: QueryDict) -> Filled:
    how, days = posted.get("hvordan", ""), posted.get("dage", "")
    values = {"how": how, "days": int(days) if days.isdecimal() and len(days) < 4 else 0}
    wrong = {} if how in bulk.HOW else {"hvordan": now("Vælg, hvordan borgeren skal spørges.")}
    return Filled(values, wrong)


def _ask(*, by: User, chains: Sequence[UUID], values: Mapping[str, Any], language: str) -> Done:
    return bulk.ask(by=by, chains=chains, how=values["how"], days=values["days"], language=language)


def _read_decide(_by: User, posted: QueryDict) -> Filled:
    typed = posted.get("dag", "").strip()[:20]
    day = day_typed(typed)
    values = {"typed": typed, "day": day, "note": posted.get("ord", "").strip()[:LONGEST]}
    if day is None:
        return Filled(values, {"dag": now("Skriv dagen som 01-12-2026.")})
    if day < timezone.localdate():
        return Filled(values, {"dag": now("Dagen kan ikke ligge før i dag.")})
    return Filled(values)


def _decide(*, by: User, chains: Sequence[UUID], values: Mapping[str, Any], language: str) -> Done:
    return bulk.decide(
        by=by, chains=chains, effective_on=values["day"], note=values["note"], language=language
    )


def _read_nothing(_by: User, _posted: QueryDict) -> Filled:
    return Filled({})


def _accept(*, by: User, chains: Sequence[UUID], values: Mapping[str, Any], language: str) -> Done:
    return bulk.accept(by=by, chains=chains, language=language)


def _offer(*, by: User, chains: Sequence[UUID], values: Mapping[str, Any], language: str) -> Done:
    return bulk.offer(by=by, chains=chains, note=values["note"], language=language)


def _read_words(_by: User, posted: QueryDict) -> Filled:
    note = posted.get("ord", "").strip()[:LONGEST]
    short = len(note) < SHORTEST
    wrong = {"ord": now("Skriv kort hvorfor, så den næste kan forstå det.")} if short else {}
    return Filled({"note": note, "unit": posted.get("enhed", "")[:160]}, wrong)


def _read_reasoned(by: User, posted: QueryDict) -> Filled:
    filled = _read_words(by, posted)
    reason = posted.get("grund", "")[:20]
    wrong = {} if reason else {"grund": now("Vælg en grund.")}
    return Filled({**filled.values, "reason": reason}, {**filled.wrong, **wrong})


def _read_redirect(by: User, posted: QueryDict) -> Filled:
    filled = _read_words(by, posted)
    wrong = {} if filled.values["unit"] else {"enhed": now("Vælg den rette enhed.")}
    return Filled(filled.values, {**filled.wrong, **wrong})


def _alone(door: Callable[..., None], *names: str) -> Callable[..., Done]:
    """A door for one chain, called as those for many are: `names` are the values it is given."""

    def do(*, by: User, chains: Sequence[UUID], values: Mapping[str, Any], language: str) -> Done:
        (chain,) = chains
        try:
            door(by=by, chain_id=chain, language=language, **{name: values[name] for name in names})
        except Refused as refused:
            return Done(0, ((chain, str(refused)),))
        return Done(1)

    return do


def _back(*, by: User, chain_id: UUID, reason: str, note: str, language: str) -> None:
    single.ask_back(by=by, chain_id=chain_id, cause=reason, note=note, language=language)


def _stays(*, by: User, chain_id: UUID, reason: str, note: str, language: str) -> None:
    single.stays(by=by, chain_id=chain_id, ground=reason, note=note, language=language)


ACTS = {
    act.slug: act
    for act in (
        Act(
            "vurder",
            "assess",
            _("Vurdér"),
            _("Gem vurderingen"),
            _("Vurderingen er gemt."),
            _read_assess,
            _assess,
            many=ngettext_lazy(
                "Vurderingen er gemt for %(n)s borger.", "Vurderingen er gemt for %(n)s borgere.", "n"
            ),
            chosen=_("Vurdér de valgte"),
            then=(_("Se dem, der kan spørges nu"), "hylde=samtykke&venter=spoerges"),
        ),
        Act(
            "familien",
            "family",
            _("Vurdér familien igen"),
            _("Gem vurderingen"),
            _("Vurderingen er gemt."),
            _read_family,
            _alone(single.assess_family, "whole", "note"),
        ),
        Act(
            "spoerg",
            "ask",
            _("Spørg borgeren"),
            _("Spørg nu"),
            _("Borgeren er spurgt. Svaret kommer af sig selv på listen."),
            _read_ask,
            _ask,
            many=ngettext_lazy(
                "%(n)s borger er spurgt. Svaret kommer af sig selv på listen.",
                "%(n)s borgere er spurgt. Svarene kommer af sig selv på listen.",
                "n",
            ),
            chosen=_("Spørg de valgte"),
            then=(_("Se dem, der er spurgt"), "hylde=samtykke&venter=svar"),
        ),
        Act(
            "afgoer",
            "decide",
            _("Træf afgørelse"),
            _("Træf afgørelsen"),
            _("Afgørelsen er truffet, og sagen er sendt til den nye enhed."),
            _read_decide,
            _decide,
            many=ngettext_lazy(
                "Afgørelsen er truffet for %(n)s borger, og sagen er sendt til den nye enhed.",
                "Afgørelsen er truffet for %(n)s borgere, og sagerne er sendt til den nye enhed.",
                "n",
            ),
            chosen=_("Afgør de valgte"),
            then=(_("Se dem, der venter på modtageren"), "hylde=modtagelse&venter=modtagelse"),
        ),
        Act(
            "tag-imod",
            "accept",
            _("Tag imod"),
            _("Tag imod nu"),
            _("Enheden har taget imod. Afsenderen har fået besked."),
            _read_nothing,
            _accept,
            many=ngettext_lazy(
                "Enheden har taget imod %(n)s borger. Afsenderen har fået besked.",
                "Enheden har taget imod %(n)s borgere. Afsenderen har fået besked.",
                "n",
            ),
            chosen=_("Tag imod de valgte"),
            then=(_("Se dem, der flytter på dagen"), "hylde=modtagelse&venter=dagen"),
        ),
        Act(
            "send-retur",
            "refuse",
            _("Send retur"),
            _("Send retur"),
            _("Sagen er sendt retur. Afsenderen har fået besked."),
            _read_reasoned,
            _alone(single.refuse, "reason", "note"),
            leads="modtagelse",
        ),
        Act(
            "svar",
            "answer",
            _("Svar modtageren"),
            _("Send svaret"),
            _("Svaret er sendt."),
            _read_words,
            _alone(single.answer, "note"),
        ),
        Act(
            "send-igen",
            "offer",
            _("Send sagen igen"),
            _("Send igen"),
            _("Sagen er sendt igen."),
            _read_words,
            _offer,
            many=ngettext_lazy("%(n)s sag er sendt igen.", "%(n)s sager er sendt igen.", "n"),
            chosen=_("Send de valgte igen"),
            then=(_("Se dem, der venter på modtageren"), "hylde=modtagelse&venter=modtagelse"),
        ),
        Act(
            "notat",
            "note",
            _("Skriv overleveringsnotat"),
            _("Gem notatet, og send sagen"),
            _("Notatet er gemt, og sagen er sendt."),
            _read_words,
            _alone(single.note_return, "note"),
        ),
        Act(
            "send-videre",
            "redirect",
            _("Send videre til en anden enhed"),
            _("Send videre"),
            _("Sagen er sendt videre."),
            _read_redirect,
            _alone(single.redirect, "unit", "note"),
            leads="tilbage",
        ),
        Act(
            "vi-handler-stadig",
            "stays",
            _("København handler stadig"),
            _("Gem, at sagen bliver"),
            _("Sagen bliver, hvor den er. Borgeren og den anden enhed har fået besked."),
            _read_reasoned,
            _alone(_stays, "reason", "note"),
        ),
        Act(
            "tilbage",
            "return",
            _("Åbn vejen tilbage"),
            _("Åbn vejen tilbage"),
            _("Vejen tilbage er åbnet. Borgeren og BIF har fået besked."),
            _read_reasoned,
            _alone(_back, "reason", "note"),
        ),
        Act(
            "saet-mig-paa",
            "take",
            _("Sæt mig på sagen"),
            _("Sæt mig på"),
            _("Du står nu som borgerens sagsbehandler. Enheden har stadig ansvaret."),
            _read_nothing,
            _alone(single.take),
        ),
        Act(
            "opgiv",
            "cancel",
            _("Opgiv"),
            _("Opgiv overdragelsen"),
            _("Overdragelsen er opgivet. Den anden enhed har fået besked."),
            _read_reasoned,
            _alone(single.cancel, "reason", "note"),
        ),
    )
}
FIRST = ("assess", "ask", "decide", "accept", "note", "answer", "offer", "take")
"""The act a page leads to, where more than one can be done: the first of these."""

FOR_MANY = tuple(act for act in ACTS.values() if act.many is not None)
"""What can be done to several at once, in the order a hand-over takes."""


def first_of_next_month(today: date) -> date:
    """The day a hand-over usually takes effect."""
    return date(today.year + today.month // 12, today.month % 12 + 1, 1)
