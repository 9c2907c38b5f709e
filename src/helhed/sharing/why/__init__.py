"""Why, or why not: the reasons of the target groups for one citizen, through the hatch.

why          a member of staff asks about a citizen       why_own      a citizen asks about the own matter
why_draft    a draft of the workshop tried on a citizen   why_made_up  the same on a made-up citizen
"""

from helhed.sharing.why.answers import CLOSED, GroupWhy, MadeUpFact, WhyFact, WhyLine, WhyView
from helhed.sharing.why.doors import why, why_draft, why_made_up, why_own, why_view

__all__ = [
    "CLOSED",
    "GroupWhy",
    "MadeUpFact",
    "WhyFact",
    "WhyLine",
    "WhyView",
    "why",
    "why_draft",
    "why_made_up",
    "why_own",
    "why_view",
]
