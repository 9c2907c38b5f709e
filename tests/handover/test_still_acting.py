"""Who has moved away, and for whom Copenhagen still has to act: said once with a ground, and remembered."""

import pytest
from django.db import IntegrityError, ProgrammingError, transaction

from handover.registered import taken_back, told
from handover.test_departing import ABROAD, DEAD, ELSEWHERE, back_of, effective, round_
from handover.test_handover_pages import one, read
from handover.world import EVA, ONE, World
from helhed.audit.actions import SYSTEM
from helhed.audit.models import Event
from helhed.coordination.handover.chain import actions, replaying
from helhed.coordination.handover.chain.models import Chain, Step, StillActing
from helhed.coordination.handover.chain.returning import open_return, write_note
from helhed.coordination.handover.chain.still_acting import grounds, keep_acting
from helhed.coordination.handover.letters.models import Letter
from helhed.coordination.handover.work import single
from helhed.sharing.answers import NoAccess
from helhed.sharing.ledger import standing as ledger
from helhed.sharing.refusal import Refused
from pages.world import user

GROUND, WHY = "RSL-9-ophold", "Borgeren er flyttet i botilbud i Hvidovre, som vi har visiteret til."


def moved(world: World) -> Chain:
    """Eva's case has moved to SOF, and she to another municipality: the return."""
    over = effective(world)
    told(world, EVA, ELSEWHERE)
    round_()
    return back_of(over)


def kept(chain: Chain, who: str = "soeren") -> None:
    keep_acting(by=user(who), chain=chain.pk, ground=GROUND, words=WHY)


def test_the_return_ends_and_the_move_is_no_cause_again(world):
    back = moved(world)
    kept(back)
    back.refresh_from_db()
    assert (back.state, back.end_reason) == ("lapsed", "still-acting")
    assert ledger.holders(world.eva)["sagsbehandleransvar"].unit == ONE
    assert round_() == 0 and back_of(back.returns) == back, "the register says the same: nothing opens"
    step = Step.objects.get(chain=back, kind="lapsed")
    assert step.pinned["ground"] == GROUND and step.pinned["register"][0]["code"] == "anden-kommune"
    assert step.note == f"§ 9, stk. 3: {WHY}" and step.by == "soeren"
    letter = Letter.objects.get(step=step.pk)
    assert "stadig os, der skal hjælpe dig" in str(letter.texts["da"])
    assert Event.objects.filter(action="handover-still-acting", person_key=world.eva).count() == 1
    assert replaying.replay(chain=back.pk).holds


def test_the_unit_it_goes_back_to_can_say_so_too_until_it_has_accepted(world):
    back = moved(world)
    write_note(by=user("soeren"), chain=back.pk, note="Sagen er i gang; næste møde er aftalt.")
    single.stays(by=user("bente"), chain_id=back.pk, ground=GROUND, note=WHY, language="da")
    assert StillActing.objects.get(ended_at__isnull=True).said_by == "bente"


def test_after_acceptance_it_is_too_late(world):
    back = moved(world)
    write_note(by=user("soeren"), chain=back.pk, note="Sagen er i gang; næste møde er aftalt.")
    actions.accept(by=user("bente"), chain=back.pk)
    with pytest.raises(Refused):
        kept(back)


@pytest.mark.parametrize("status", [DEAD, ABROAD])
def test_what_the_register_says_beyond_that_opens_the_way_back_again(world, status):
    back = moved(world)
    kept(back)
    told(world, EVA, status)
    assert round_() == 2
    assert back_of(back.returns) != back


def test_who_comes_home_and_moves_again_is_asked_about_again(world):
    back = moved(world)
    kept(back)
    taken_back(world, EVA, ELSEWHERE)
    assert round_() == 1 and round_() == 0
    assert not StillActing.objects.filter(ended_at__isnull=True).exists()
    told(world, EVA, ELSEWHERE, side="sof")
    assert round_() == 2 and back_of(back.returns) != back


def test_it_can_be_said_again_of_another_return(world):
    back = moved(world)
    kept(back)
    told(world, EVA, ABROAD)
    round_()
    kept(back_of(back.returns))
    assert StillActing.objects.count() == 2
    assert StillActing.objects.get(ended_at__isnull=True).codes == ["anden-kommune", "udrejst"]
    assert round_() == 0


def test_of_a_move_that_a_person_told_of(world):
    over = effective(world)
    back = open_return(by=user("soeren"), chain=over.pk, cause="moved-away", note="Er flyttet i botilbud.")
    keep_acting(by=user("soeren"), chain=back, ground=GROUND, words=WHY)
    assert StillActing.objects.get().codes == []
    told(world, EVA, ELSEWHERE)
    assert round_() == 2, "what the register says since is something new"


@pytest.mark.parametrize(("ground", "words"), [("RSL-60", WHY), ("", WHY), (GROUND, "  ")])
def test_it_takes_a_ground_and_words(world, ground, words):
    back = moved(world)
    with pytest.raises(Refused):
        keep_acting(by=user("soeren"), chain=back.pk, ground=ground, words=words)
    assert set(grounds()) == {"RSL-9-ophold", "RSL-9-aftale"}


def test_only_of_a_move_and_only_by_the_two_units(world):
    back = moved(world)
    with pytest.raises(NoAccess):
        kept(back, "kim")
    over = back.returns
    kept(back)
    asked = open_return(by=user("soeren"), chain=over.pk, cause="request", note="Vil gerne tilbage.")
    with pytest.raises(Refused):
        keep_acting(by=user("soeren"), chain=asked, ground=GROUND, words=WHY)


def test_not_of_who_has_died(world):
    back = moved(world)
    told(world, EVA, DEAD)
    with pytest.raises(Refused, match="død"):
        kept(back)


def test_the_database_refuses_what_nobody_has_said(world):
    back = moved(world)
    with pytest.raises(IntegrityError, match="still acts"), transaction.atomic():
        actions.lapse(by=SYSTEM, chain=back.pk, reason="still-acting")
    said = {"ground": GROUND, "note": WHY, "said_by": "soeren", "said_unit": ONE}
    with pytest.raises(IntegrityError, match="in effect"), transaction.atomic():
        StillActing.objects.create(chain=back, **said)
    kept(back)
    rows = StillActing.objects.all()
    for change in ({"note": "noget andet"}, {"ended_at": None}, {"codes": ["udrejst"]}):
        with pytest.raises((IntegrityError, ProgrammingError)), transaction.atomic():
            rows.update(**change)
    with pytest.raises((IntegrityError, ProgrammingError)), transaction.atomic():
        rows.delete()


def test_on_the_page_from_the_return_to_the_citizens_letter(world):
    back = moved(world)
    assert "København handler stadig" in read("soeren", f"/overdragelser/{back.pk}")
    form = read("soeren", f"/overdragelser/{back.pk}/vi-handler-stadig")
    assert "kommunen har medvirket til opholdet" in form and "(§ 9 c)" in form
    said = one("soeren", back, "vi-handler-stadig", grund=GROUND, ord=WHY)
    assert said == ["Sagen bliver, hvor den er. Borgeren og den anden enhed har fået besked."]
    shown = read("soeren", f"/overdragelser/{back.pk}")
    assert "Borgeren er flyttet, og København handler stadig" in shown and WHY in shown
