"""Scenes of the ledger: opened, moved, somebody put on a part, a citizen offered."""

from uuid import uuid4

from completeness.scenes import Stage, reaches
from helhed.audit.actions import SYSTEM
from helhed.sharing.ledger import actions
from pages.world import deliver

CASEWORK, CENTRE = "sagsbehandleransvar", "sof/driftscenter-1"
NEW = "6505855555"
CARL = {
    "BIF_PERSONER_AENDRING": [
        "AENDRING;CPRNR;FORNAVN;EFTERNAVN;ADRESSEBESKYTTELSE",
        f"O;{NEW};Carl;Carlsen;N",
    ],
    "BIF_SAGER_AENDRING": [
        "AENDRING;SAGSNR;CPRNR;PERSONKATEGORI;ENHED;STARTDATO;SLUTDATO",
        f"O;S9;{NEW};LAB § 6 nr. 2;Ungeenheden;01-02-2026;",
    ],
}


@reaches("sharing.ledger.actions:open_from_cases", action="ledger-open", actor="system")
def _(stage: Stage):
    deliver(stage.folder / "carl", "bif-fagsystem", CARL, nights_ago=0)
    actions.open_from_cases(by=SYSTEM)


@reaches(
    "sharing.ledger.actions:move", action="ledger-move", actor="soeren", person="bo", ground="omorganisering"
)
def _(stage: Stage):
    actions.move(
        by=stage.user("soeren"),
        person=stage.world.bo,
        to={CASEWORK: CENTRE},
        ground="omorganisering",
        ref=uuid4(),
    )


@reaches("sharing.ledger.actions:move_many", action="ledger-move-many", actor="lene")
def _(stage: Stage):
    moves = [(stage.world.bo, CASEWORK, CENTRE)]
    actions.move_many(by=stage.user("lene"), moves=moves, ground="omorganisering", ref=uuid4())


@reaches("sharing.ledger.actions:take_on", action="ledger-take-on", actor="bente", person="bo")
def _(stage: Stage):
    actions.take_on(by=stage.user("bente"), person=stage.world.bo, part=CASEWORK, username="bente")


@reaches("sharing.ledger.actions:let_go", action="ledger-let-go", actor="bente", person="bo")
def _(stage: Stage):
    actions.take_on(by=stage.user("bente"), person=stage.world.bo, part=CASEWORK, username="bente")
    actions.let_go(by=stage.user("bente"), person=stage.world.bo, part=CASEWORK, username="bente")


@reaches("sharing.ledger.actions:offer_many", action="ledger-offer", actor="bente", person="bo")
def _(stage: Stage):
    actions.offer(by=stage.user("bente"), person=stage.world.bo, unit=CENTRE, ref=uuid4())


@reaches("sharing.ledger.actions:close_offer", action="ledger-close-offer", actor="soeren", person="bo")
def _(stage: Stage):
    ref = uuid4()
    actions.offer(by=stage.user("bente"), person=stage.world.bo, unit=CENTRE, ref=ref)
    actions.close_offer(by=stage.user("soeren"), ref=ref)
