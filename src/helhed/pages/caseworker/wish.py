"""What a caseworker wishes to ask consent for: the fields of the form, what is chosen beforehand, and what is missing."""

from dataclasses import dataclass, field, replace
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from helhed.accounts.models import User
from helhed.sharing.asking.answers import Template
from helhed.sharing.consent.categories import BOTH, CATEGORIES

DELING = "deling"
OTHER = {"bif": "sof", "sof": "bif"}
LANGUAGES = ("da", "en")
LONGEST_CASE = 80


@dataclass(frozen=True)
class Wish:
    """One form's content. `wrong` says for each field what is missing, in one sentence."""

    template: Template
    categories: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    case_ref: str = ""
    days: int = 0
    language: str = "da"
    wrong: dict[str, str] = field(default_factory=dict)

    def asked(self) -> dict[str, Any]:
        """The wish as the door below takes it."""
        return {
            "template": self.template.key,
            "categories": self.categories,
            "sources": self.sources,
            "recipients": self.recipients,
            "case_ref": self.case_ref,
            "days": self.days,
            "language": self.language,
        }

    def with_fault(self, sentence: str) -> "Wish":
        """The same wish, refused as a whole with a sentence."""
        return replace(self, wrong=self.wrong | {"alt": sentence})


def first_wish(template: Template, by: User, asked: QueryDict) -> Wish:
    """The form as it opens: from the other administration to the own unit, and no kind of information ticked but those the
    address names (a closed lane leads here with its own). Where there is one choice only it is made."""
    other = OTHER.get(by.administration, "")
    return Wish(
        template,
        categories=_chosen(template.categories, asked.getlist("oplysning")),
        sources=_chosen(template.sources, asked.getlist("fra") or [other]),
        recipients=_chosen(template.recipients, asked.getlist("til") or [by.unit]),
        days=template.days[0],
    )


def typed_wish(template: Template, posted: QueryDict) -> Wish:
    """The form as it was filled in, with what is missing."""
    days = posted.get("dage", "")
    wish = Wish(
        template,
        categories=_chosen(template.categories, posted.getlist("oplysning")),
        sources=_chosen(template.sources, posted.getlist("fra")),
        recipients=_chosen(template.recipients, posted.getlist("til")),
        case_ref=posted.get("sag", "").strip()[:LONGEST_CASE],
        days=int(days) if days.isdecimal() and int(days) in template.days else template.days[0],
        language=posted.get("sprog", "") if posted.get("sprog") in LANGUAGES else "da",
    )
    return replace(wish, wrong=_missing(wish))


def _chosen(choices: tuple[Any, ...], asked: list[str]) -> tuple[str, ...]:
    """What was asked for among what there is; the only choice there is counts as chosen."""
    if len(choices) == 1:
        return (choices[0].key,)
    return tuple(choice.key for choice in choices if choice.key in asked)


def _missing(wish: Wish) -> dict[str, str]:
    wrong = {}
    if not wish.categories:
        wrong["oplysning"] = _("Vælg mindst én slags oplysninger. Vælg kun dem, du har brug for.")
    homeless = [choice for choice in wish.template.categories if _has_no_source(choice.key, wish)]
    if homeless and wish.sources:
        wrong["oplysning"] = _(
            "»%(what)s« findes kun hos %(side)s, og derfra har du ikke valgt nogen. Ret det ene eller det andet."
        ) % {"what": homeless[0].label, "side": CATEGORIES[homeless[0].key].side.upper()}
    if not wish.sources:
        wrong["fra"] = _("Vælg, hvem oplysningerne skal komme fra.")
    if not wish.recipients:
        wrong["til"] = _("Vælg den enhed, der skal have dem.")
    if not wish.case_ref:
        wrong["sag"] = _("Skriv, hvilken sag det gælder, så borgeren kan kende den.")
    return wrong


def _has_no_source(category: str, wish: Wish) -> bool:
    """Whether a chosen kind of information belongs to an administration that none of the chosen units is of."""
    side = CATEGORIES[category].side
    return category in wish.categories and side != BOTH and all(u.split("/")[0] != side for u in wish.sources)
