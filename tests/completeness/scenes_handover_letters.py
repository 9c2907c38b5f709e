"""Scenes of letters, and of the citizen's own view of a hand-over."""

from uuid import UUID, uuid4

from completeness.scenes import Stage, reaches
from completeness.scenes_handover_chain import SHELTER
from completeness.scenes_sharing import refusal
from handover.carrying import carried
from helhed.audit.actions import SYSTEM
from helhed.coordination.handover.letters import actions, doors, reaching
from helhed.coordination.handover.letters.actions import Draft
from helhed.coordination.handover.work import own
from pages.world import ANNA, _count, deliver

LETTERS, OWN = "coordination.handover.letters", "coordination.handover.work.own"
ONE = "sof/driftscenter-1"
WORDS = {"from_unit": "bif/ungeenhed", "to_unit": ONE, "day": "2026-12-01"}


def written(stage: Stage, person: str, unit: str = ONE) -> UUID:
    said = {"kind": "moved", "words": WORDS, "unit": unit, "step": uuid4()}
    return actions.write(by=SYSTEM, person=getattr(stage.world, person), **said)


@reaches(f"{LETTERS}.actions:write", action="letter-written", actor="system", person="anna", object="moved")
def _(stage: Stage):
    written(stage, "anna")


@reaches(f"{LETTERS}.actions:write_many", action="letter-written", actor="system", object="1 letters")
def _(stage: Stage):
    letters = [Draft(stage.world.anna, WORDS, uuid4())]
    actions.write_many(by=SYSTEM, kind="moved", unit=ONE, letters=letters)


@reaches(
    f"{LETTERS}.actions:_to_the_living",
    action="letter-withheld",
    actor="system",
    person="anna",
    object="moved",
)
def _(stage: Stage):
    said = ["AENDRING;StatusId;Cpr;Status;FraDato;TilDato", f"O;C1;{ANNA};Død;01-11-2026;31-12-9999"]
    _count(deliver(stage.folder / "died", "sof-fagsystem", {"SOF_CPRSTATUS_AENDRING": said}, nights_ago=0))
    assert written(stage, "anna") is None


@reaches(f"{LETTERS}.doors:letters", action="letters-seen", actor="anna", person="anna")
def _(stage: Stage):
    doors.letters(by=stage.user("anna"), language="da")


@reaches(f"{LETTERS}.doors:_theirs", action="letters-seen", actor="anna", person="anna", object="letter")
@reaches(f"{LETTERS}.actions:read", action="letter-read", actor="anna", person="anna", object="letter")
def _(stage: Stage):
    doors.letter(by=stage.user("anna"), letter=written(stage, "anna"), language="da")


@reaches("sharing.addressing:addressed", action="letter-printed", actor="soeren", person="dorte")
def _(stage: Stage):
    doors.sheets(by=stage.user("soeren"), letters=[written(stage, "dorte")])


@reaches(f"{LETTERS}.doors:_may_print", action="letter-printed", actor="lene", outcome="denied")
def _(stage: Stage):
    refusal(doors.queue, by=stage.user("lene"), language="da")


@reaches(f"{LETTERS}.actions:printed", action="letter-sent", actor="soeren", person="dorte", object="letter")
def _(stage: Stage):
    doors.sent(by=stage.user("soeren"), letters=[written(stage, "dorte")])


@reaches(f"{LETTERS}.actions:waiting_again", action="letter-not-sent", actor="soeren", person="dorte")
def _(stage: Stage):
    letter = written(stage, "dorte")
    doors.sent(by=stage.user("soeren"), letters=[letter])
    doors.not_sent(by=stage.user("soeren"), letters=[letter])


@reaches(f"{OWN}:own", action="handover-own-seen", actor="anna", person="anna")
def _(stage: Stage):
    own.own(by=stage.user("anna"), language="da")


@reaches(f"{OWN}:ask_back", action="handover-back-asked", actor="anna", person="anna")
def _(stage: Stage):
    _count(deliver(stage.folder / "shelter", "sof-fagsystem", SHELTER, nights_ago=0))
    carried(stage.world.anna, "effective")
    own.ask_back(by=stage.user("anna"), language="da")


@reaches(f"{LETTERS}.reaching:say", action="contact-said", actor="lene", object=f"{ONE}: 12 34 56 78")
def _(stage: Stage):
    reaching.say(by=stage.user("lene"), unit=ONE, wish=reaching.Wish(phone="12345678"), language="da")
