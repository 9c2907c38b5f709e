"""What is looked at when a hand-over is decided again, in the reader's words."""

from django.utils.translation import gettext as _

from helhed.coordination.handover.chain.replaying import Check


def check_label(what: str) -> str:
    """What a check asks, as something that holds or does not."""
    return {
        "line": _("Trinnene er én ubrudt række"),
        "state": _("Overdragelsen står dér, hvor trinnene fører hen"),
        "log": _("Loggen nævner de samme segl"),
        "sealed": _("Trinnet er, som det blev forseglet"),
        "evidence": _("Grundlaget er, som det blev fastholdt"),
        "rule": _("Reglens ordlyd er den, der blev brugt"),
        "facts": _("Oplysningerne er dem, der var kendt dengang"),
        "verdict": _("Reglen giver det samme svar af oplysningerne"),
        "inputs": _("Beslutningen hviler på det, der var fundet"),
        "gate": _("Beslutningen falder ud som dengang"),
        "consent": _("Samtykket gjaldt på det tidspunkt og nåede den modtagende enhed"),
        "ledger": _("Ansvaret flyttede, som trinnet siger"),
    }[what]


def finding(check: Check) -> str:
    """What is wrong, in a sentence; "" where the check holds."""
    if check.holds:
        return ""
    return {
        "line": _("Et trin mangler, eller der er et for meget: %(what)s."),
        "state": _("Trinnene fører et andet sted hen, end overdragelsen står: %(what)s."),
        "log": _("Loggen nævner segl, som intet trin har, så trin er lavet om: %(what)s."),
        "sealed": _("Trinnet er ændret, siden det blev taget, eller trinnet før det er."),
        "evidence": _("Grundlaget er ændret, eller er et andet end det, trinnet nævner: %(what)s."),
        "rule": _("Reglens ordlyd er ændret, siden den blev brugt."),
        "facts": _("Rækker, der ikke er de samme i grundlaget og i det, registret kendte dengang: %(what)s."),
        "verdict": _("Reglen giver nu et andet svar end dengang: %(what)s."),
        "inputs": _("Beslutningen nævner noget andet, end der var fundet: %(what)s."),
        "gate": _("Beslutningen falder nu anderledes ud: %(what)s."),
        "consent": _("Samtykket passer ikke med det, trinnet siger: %(what)s."),
        "ledger": _("Ansvaret ligger ikke, hvor trinnet siger: %(what)s."),
    }[check.what] % {"what": _what(check.differs)}


def _what(differs: str) -> str:
    """The codes of what differs, in words; anything else as it stands."""
    known = {
        "evidence_hash": _("fingeraftryk"),
        "rules": _("regel"),
        "day": _("dag"),
        "known_at": _("hvornår det var kendt"),
        "verdict": _("svar"),
        "content": _("indhold"),
        "citizen": _("borger"),
        "criteria": _("kriterier"),
        "assessed": _("vurdering"),
        "ground": _("retsgrundlag"),
        "consent": _("samtykke"),
        "model": _("model"),
        "step": _("trin"),
        "family": _("familien"),
        "record": _("journalen er ændret"),
        "receipt": _("kvitteringen er ikke ægte"),
        "force": _("gjaldt ikke"),
        "unit": _("nåede ikke enheden"),
        "moment": _("tidspunkt"),
    }
    return ", ".join(known.get(each, each) for each in differs.split(", "))
