"""Words and chips of the leaders' pages: how a model is used, where an adoption stands, what happens to a unit."""

from typing import Any

from django import template
from django.utils.translation import gettext as _

from helhed.coordination.handover.adoption.answers import Limit
from helhed.pages.leader.proposal import Typed

register = template.Library()
MODE_TONES = {"draft": "plain", "trial": "both", "in_force": "good"}


@register.simple_tag
def shelf(name: str) -> str:
    """The heading of a shelf of adoptions."""
    return {
        "now": _("I brug nu"),
        "later": _("Godkendt, begynder senere"),
        "draft": _("Udkast, som begge er enige om"),
        "over": _("Ikke længere i brug"),
        "rejected": _("Afvist"),
        "withdrawn": _("Trukket tilbage"),
    }[name]


@register.inclusion_tag("helhed/parts/chip.html")
def mode_chip(mode: str, label: str) -> dict[str, Any]:
    """Draft, trial or in force."""
    return {"label": label, "tone": MODE_TONES[mode]}


@register.inclusion_tag("helhed/parts/chip.html")
def when_chip(when: str) -> dict[str, Any]:
    """Where an adoption stands."""
    label, tone, icon = {
        "waits": (_("Venter på beslutning"), "warn", "hourglass"),
        "now": (_("I brug nu"), "good", "check"),
        "later": (_("Begynder senere"), "plain", "time"),
        "draft": (_("Berører ingen borgere"), "plain", ""),
        "over": (_("Ikke længere i brug"), "plain", ""),
        "rejected": (_("Afvist"), "bad", ""),
        "withdrawn": (_("Trukket tilbage"), "plain", ""),
    }[when]
    return {"label": label, "tone": tone, "icon": icon}


@register.simple_tag
def typed_days(typed: Typed, limit: Limit) -> str:
    """What stands in the field of a deadline."""
    return typed.days.get(limit.field, "")


@register.inclusion_tag("helhed/parts/chip.html")
def reorganisation_chip(state: str) -> dict[str, Any]:
    """How far a reorganisation is."""
    label, tone, icon = {
        "": (_("Ingen har foreslået den"), "plain", ""),
        "proposed": (_("Venter på godkendelse"), "warn", "hourglass"),
        "approved": (_("Godkendt, ikke gennemført endnu"), "both", "time"),
        "rejected": (_("Afvist"), "bad", ""),
        "called_off": (_("Aflyst"), "bad", ""),
        "carried_out": (_("Gennemført"), "good", "check"),
        "done": (_("Intet tilbage at flytte"), "plain", "check"),
    }[state]
    return {"label": label, "tone": tone, "icon": icon}
