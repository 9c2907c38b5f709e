"""Scenes of the work list of hand-overs: who was named on it, whose hand-over was opened, and who was turned away."""

from completeness.scenes import Stage, reaches
from completeness.scenes_handover_chain import SHELTER
from completeness.scenes_sharing import refusal
from handover.carrying import propose
from helhed.coordination.handover.chain.models import Chain
from helhed.coordination.handover.work import lists, messages
from helhed.coordination.handover.work.selecting import Wish
from pages.world import _count, deliver

WORK = "coordination.handover.work"


def proposed(stage: Stage) -> Chain:
    """Anna has come to a shelter, and is proposed."""
    _count(deliver(stage.folder / "shelter", "sof-fagsystem", SHELTER, nights_ago=0))
    return propose([stage.world.anna])[0]


@reaches("sharing.naming:named", action="handovers-listed", actor="bente", person="anna", outcome="allowed")
def _(stage: Stage):
    proposed(stage)
    stage.get("bente", "/overdragelser")


@reaches("sharing.naming:meeting#1", action="handover-seen", actor="soeren", person="anna", outcome="allowed")
def _(stage: Stage):
    stage.get("soeren", f"/overdragelser/{proposed(stage).pk}")


@reaches("sharing.naming:meeting#2", action="ledger-seen", actor="kim", person="anna", outcome="denied")
def _(stage: Stage):
    stage.get("kim", "/borger/{}/ansvar", person="anna")


@reaches(f"{WORK}.lists:listed", action="handovers-listed", actor="anders", ground="role", outcome="denied")
def _(stage: Stage):
    refusal(lists.listed, by=stage.user("anders"), language="da", wish=Wish("proposals"))


@reaches(f"{WORK}.viewing:chain", action="handover-seen", actor="lene", person="anna", ground="leder")
def _(stage: Stage):
    stage.get("lene", f"/overdragelser/{proposed(stage).pk}")


@reaches(f"{WORK}.messages:_may", action="messages-listed", actor="anders", ground="role", outcome="denied")
def _(stage: Stage):
    refusal(messages.listed, by=stage.user("anders"), language="da")


@reaches("coordination.handover.chain.reading:read", action="messages-read", actor="soeren")
def _(stage: Stage):
    proposed(stage)
    stage.post("soeren", "/beskeder/laest", alle="1")
