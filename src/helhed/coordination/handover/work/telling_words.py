"""What a unit was told of a hand-over, in one sentence."""

from datetime import date

from django.utils.formats import date_format, localize
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from helhed.coordination.handover.chain.models import BACK, Message
from helhed.coordination.handover.work import words

SYSTEM_DID = "frist"
OVER_SAID: dict[str, Promise] = {
    "proposed": gettext_lazy("%(giving)s har svaret modtageren. Begge sider skal vurdere igen."),
    "offered": gettext_lazy("%(giving)s har sendt sagen til %(taking)s, som tager imod eller sender retur."),
    "accepted": gettext_lazy("%(taking)s har taget imod. Ansvaret flytter %(day)s."),
    "refused": gettext_lazy("%(taking)s har sendt sagen retur. %(why)s."),
    "effective": gettext_lazy("Ansvaret er flyttet fra %(giving)s til %(taking)s."),
    "ended": gettext_lazy("Overdragelsen er slut. %(why)s."),
    "returning": gettext_lazy("Vejen tilbage er åbnet. %(why)s."),
    "overdue": gettext_lazy("Fristen %(due)s er gået. Overdragelsen stod som »%(state)s«."),
}
"""By what was told, of a hand-over; %(why)s is a sentence without its full stop."""
BACK_SAID = OVER_SAID | {
    "offered": gettext_lazy(
        "%(giving)s har skrevet overleveringsnotat og sendt sagen tilbage til %(taking)s."
    ),
    "accepted": gettext_lazy("%(taking)s har taget imod. Ansvaret går tilbage."),
    "effective": gettext_lazy("Ansvaret er gået tilbage fra %(giving)s til %(taking)s."),
    "overdue": gettext_lazy("Fristen %(due)s er gået. Tilbageførslen stod som »%(state)s«."),
    "ended": gettext_lazy("Tilbageførslen er slut, før ansvaret gik tilbage. %(why)s."),
}
"""The same of a way back."""
MANY_SAID: dict[str, Promise] = {
    "proposed": gettext_lazy("%(n)s nye forslag under %(model)s. Begge sider skal vurdere."),
    "overdue": gettext_lazy("Fristen er gået for %(n)s borgere under %(model)s."),
    "returning": gettext_lazy("Vejen tilbage er åbnet for %(n)s borgere under %(model)s."),
}
"""Of many citizens at once, by what was told."""
FIRST = gettext_lazy("Foreslået, fordi borgeren opfylder kriterierne. Begge sider skal vurdere.")
SENT_ON = gettext_lazy("Sagen på vej tilbage er sendt videre til %(taking)s.")
BY_RULE = gettext_lazy("Fristen er gået, så sagen er sendt tilbage til %(taking)s uden notat.")


def sentence(message: Message, side: str, language: str) -> str:
    """What happened, for a reader of this side. `message` with its chain and step."""
    chain, step = message.chain, message.step
    said = (BACK_SAID if chain.direction == BACK else OVER_SAID)[message.what]
    if chain.direction == BACK and message.what == "offered":
        said = SENT_ON if step.kind == "redirected" else BY_RULE if step.reason == SYSTEM_DID else said
    elif message.what == "proposed" and step.number == 1:
        said = FIRST
    return str(said) % {
        "giving": words.short_unit(chain.from_unit, language),
        "taking": words.short_unit(chain.to_unit, language),
        "day": _day(chain.effective_on),
        "due": _day(_date(step.pinned.get("due"))),
        "state": words.state_label(str(step.pinned.get("state", "")), chain.direction),
        "why": _why(message, side, language),
    }


def sentence_of_many(what: str, model: str, number: int) -> str:
    """What happened to many citizens at once under a model; of the kinds of MANY_SAID."""
    return str(MANY_SAID[what]) % {"n": localize(number), "model": model}


def _why(message: Message, side: str, language: str) -> str:
    """The reason of the step; an exemption's is for the side that found it."""
    step = message.step
    found_by = step.unit.split("/")[0]
    if step.kind == "exempted" and found_by != side:
        return _("Undtaget efter vurdering fra %(side)s") % {"side": found_by.upper()}
    if step.kind == "declined" and step.reason == "EX4":
        return _("Borgeren har sagt nej")
    return (
        words.reason_label(step.reason, language)
        if step.reason
        else words.step_label(step.kind, message.chain.direction)
    )


def _date(text: object) -> date | None:
    return date.fromisoformat(text) if isinstance(text, str) else None


def _day(on: date | None) -> str:
    return date_format(on, "DATE_FORMAT") if on else ""
