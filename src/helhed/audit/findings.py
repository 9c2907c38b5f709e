"""What a finding says, in one sentence for whoever must act on it."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from helhed.audit.verifying import Finding

SENTENCES: dict[str, Promise] = {
    "changed": _("Linje %(line)s er ændret, efter at den blev forseglet."),
    "gone": _("Linje %(line)s er forseglet, men findes ikke mere."),
    "late": _(
        "Linje %(line)s siger, at den er skrevet %(at)s, men den blev forseglet mere end et døgn for sent: den er sat ind bagefter."
    ),
    "hole": _("Træet har et hul ved plads %(position)s."),
    "root": _("Hovedet over %(size)s linjer passer ikke til de forseglede linjer."),
    "signature": _("Hovedet over %(size)s linjer er ikke underskrevet med loggens nøgle."),
    "chain": _("Hovedet over %(size)s linjer følger ikke efter hovedet før det."),
    "tile": _("Træets mellemsummer mellem plads %(start)s og %(end)s er ændret."),
    "tail": _("Det nyeste hoved dækker %(size)s linjer, men der er forseglet %(leaves)s."),
    "outside": _(
        "%(count)s linjer står uden for træet, selv om de burde være forseglet; den første er linje %(line)s."
    ),
    "erased": _(
        "%(count)s linjer har mistet deres indhold, men loggen siger kun, at %(said)s er slettet efter fristen."
    ),
    "anchor-ahead": _(
        "%(who)s har set %(size)s linjer, men loggen har kun %(leaves)s: der er skåret linjer af."
    ),
    "anchor-other": _("De første %(size)s linjer er nogle andre end dem, %(who)s har set."),
    "anchor-lost": _("%(who)s har taget imod et hoved over %(size)s linjer, som ikke findes mere."),
    "anchor-bad": _("Kvitteringen fra %(who)s for %(size)s linjer holder ikke."),
}


def sentence(finding: Finding) -> str:
    """The finding in the reader's language."""
    return str(SENTENCES[finding.kind]) % finding.values
