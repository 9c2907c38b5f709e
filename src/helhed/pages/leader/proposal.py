"""A proposal of a model as it was typed, and the terms it comes to."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from django.http import QueryDict
from django.utils.translation import gettext as _

from helhed.coordination.handover.adoption.terms import LIMITS, Terms, longest_trial
from helhed.pages.dates import day_typed
from helhed.sharing.refusal import Refused

WRITTEN = "%d-%m-%Y"


@dataclass(frozen=True)
class Typed:
    """What stands in the fields of the form, as text."""

    model: str
    mode: str = "trial"
    first: str = ""
    last: str = ""
    receiving: str = ""
    ground: str = ""
    lawyer: str = ""
    confirmed: str = ""
    settled: tuple[str, ...] = ()
    form: str = "one_worker"
    staffing: str = "A"
    reason: str = ""
    days: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, post: QueryDict) -> "Typed":
        """What was sent."""
        return cls(
            model=post.get("model", ""),
            mode=post.get("maade", ""),
            first=post.get("fra", "").strip(),
            last=post.get("til", "").strip(),
            receiving=post.get("enhed", ""),
            ground=post.get("hjemmel", ""),
            lawyer=post.get("jurist", "").strip(),
            confirmed=post.get("bekraeftet", "").strip(),
            settled=tuple(post.getlist("afklaret")),
            form=post.get("form", cls.form),
            staffing=post.get("bemanding", cls.staffing),
            reason=post.get("grund", "").strip(),
            days={name: post.get(name, str(getattr(Terms, name))).strip() for name in LIMITS},
        )


def first_typed(model: str, today: date) -> Typed:
    """The form before anybody has typed: a trial from today, as long as one can be, with the usual deadlines."""
    last = longest_trial(today)
    days = {name: str(getattr(Terms, name)) for name in LIMITS}
    return Typed(model=model, first=today.strftime(WRITTEN), last=last.strftime(WRITTEN), days=days)


def terms_typed(typed: Typed) -> Terms:
    """The terms that were typed. Refused where a field cannot be read."""
    if typed.mode not in ("draft", "trial", "in_force"):
        raise Refused(_("Vælg, om modellen skal være et udkast, et forsøg eller i drift."))
    if typed.form not in ("one_worker", "pair") or typed.staffing not in ("A", "B"):
        raise Refused(_("Vælg, hvordan medarbejderne arbejder sammen, og hvordan teamet er bemandet."))
    first = _day(typed.first)
    if first is None:
        raise Refused(_("Skriv den første dag som 01-07-2026."))
    in_force = typed.mode == "in_force"
    return Terms(
        model=typed.model,
        mode=typed.mode,
        valid_from=first,
        valid_to=_day(typed.last),
        receiving=typed.receiving,
        ground=typed.ground,
        reason=typed.reason,
        confirmed_by_lawyer=typed.lawyer[:160] if in_force else "",
        confirmed_on=_day(typed.confirmed) if in_force else None,
        settled=typed.settled if in_force else (),
        form=typed.form,
        staffing=typed.staffing,
        **{name: _number(typed.days.get(name, "")) for name in LIMITS},
    )


def _day(typed: str) -> date | None:
    if not typed:
        return None
    day = day_typed(typed)
    if day is None:
        raise Refused(_("»%(typed)s« er ikke en dato. Skriv den som 01-07-2026.") % {"typed": typed[:40]})
    return day


def _number(typed: str) -> int:
    if not typed.isascii() or not typed.isdigit() or len(typed) > 4:
        raise Refused(_("Skriv fristerne som hele dage."))
    return int(typed)
