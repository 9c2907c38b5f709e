"""Scenes of hand-overs: proposed by the program, and carried on by those whose turn it is."""

from completeness.scenes import Stage, reaches
from handover.carrying import propose
from handover.world import adopt
from helhed.audit.actions import SYSTEM
from helhed.coordination.handover.chain import actions
from pages.world import _count, deliver

ROOM = "coordination.handover.chain"
SHELTER = {
    "SOF_INDSATSER_AENDRING": [
        "AENDRING;IndsatsId;Cpr;Paragraf;Betegnelse;Enhed;Startdato;Slutdato;PrisPrMaaned",
        "O;I1;610180-1111;SEL § 110;Herberg (§ 110);Driftscenter 1;01-06-2025;31-12-9999;9000,00",
    ]
}


@reaches(f"{ROOM}.actions:propose", action="handover-propose", actor="system", object="0 under 5A")
def _(stage: Stage):
    actions.propose(by=SYSTEM, adoption=adopt("5A").pk, people=[stage.world.bo])


@reaches(
    f"{ROOM}.actions:_note", action="handover-cancel", actor="bente", person="anna", object="over 5A fejl"
)
def _(stage: Stage):
    """Anna has come to a shelter, and so stands in 5A."""
    _count(deliver(stage.folder / "shelter", "sof-fagsystem", SHELTER, nights_ago=0))
    [chain] = propose([stage.world.anna])
    actions.cancel(by=stage.user("bente"), chain=chain.pk, reason="fejl", note="Forkert borger.")
