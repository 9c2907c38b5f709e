"""The citizen's own view: who has the case, what happens now in three sentences, and the way back without being asked why."""

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from handover import acts
from handover.carrying import STATES, carried
from handover.world import ONE, World, consent
from helhed.audit.actions import SYSTEM
from helhed.audit.models import Event
from helhed.coordination.handover.chain import actions
from helhed.coordination.handover.chain.models import Chain
from helhed.coordination.handover.chain.returning import open_return, write_note
from helhed.coordination.handover.letters import doors as letters
from helhed.coordination.handover.letters import reaching
from helhed.coordination.handover.letters.models import Letter
from helhed.coordination.handover.work import own
from helhed.sharing.answers import NoAccess
from helhed.sharing.asking import staff
from helhed.sharing.consent import actions as consents
from helhed.sharing.lanes import consents_of
from helhed.sharing.refusal import Refused
from pages.world import mandate_to, user

TITLES = {
    "proposed": "Vi ser på, om din sag skal samles ét sted",
    "assessed": "Vi vil gerne samle din sag ét sted",
    "asked": "Vil du have din sag samlet ét sted?",
    "consented": "Tak for dit svar",
    "offered": "Din sag er på vej til Driftscenter\N{NO-BREAK SPACE}1",
    "accepted": "Din sag er på vej til Driftscenter\N{NO-BREAK SPACE}1",
    "effective": "Din sag er hos Driftscenter\N{NO-BREAK SPACE}1",
}


def seen(username: str = "eva", language: str = "da", **more) -> own.OwnView:
    return own.own(by=user(username), language=language, **more)


def marks(view: own.OwnView) -> list[str]:
    return [step.state for step in view.steps]


def browser(username: str) -> Client:
    client = Client(headers={"accept-language": "da"})
    client.force_login(user(username))
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "da"
    return client


def test_where_nothing_moves_everybody_stands_where_they_stood(world: World):
    view = seen()
    assert [part.part for part in view.parts][0] == "sagsbehandleransvar"
    assert view.parts[0].unit_label == "Jobcenter København på Gammel Køge Landevej"
    assert (view.steps, view.moving, view.may_ask_back) == ((), False, False)
    assert view.title == "Din sag er hos Jobcenter København på Gammel Køge Landevej"


@pytest.mark.parametrize("state", STATES)
def test_every_state_is_told_in_three_sentences(world: World, state):
    chain = carried(world.eva, state)
    for language in ("da", "en"):
        view = seen(language=language)
        assert len(view.said) == 3 and all(view.said) and "%" not in " ".join((view.title, *view.said))
        assert "sof/" not in " ".join(view.said) and "(" not in " ".join(view.said)
    view = seen()
    assert view.title == TITLES[state]
    assert (view.question is not None) == (state == "asked")
    assert view.may_ask_back == (state == "effective")
    assert view.moving == (state != "effective")
    assert marks(view).count("now") == (state != "effective")
    assert chain.person_key == world.eva


@pytest.mark.parametrize(
    ("answer", "title"), [("given", "Tak for dit svar"), ("refused", "Din sag bliver, hvor den er")]
)
def test_an_answer_counts_at_once_before_the_chain_has_heard_it(world: World, answer, title):
    chain = carried(world.eva, "asked")
    assert seen().question == chain.consent
    consent(world.eva, answer=answer, asked=chain.consent)
    assert Chain.objects.get(pk=chain.pk).state == "asked", "the chain hears it with the next round"
    view = seen()
    assert (view.title, view.question) == (title, None)
    assert marks(view).count("now") == (answer == "given")


def test_a_consent_taken_back_is_called_that_with_its_day(world: World):
    given = consent(world.eva)
    consents.withdraw(by=user("eva"), consent=given)
    [shown] = consents_of(world.eva, timezone.localdate(), "da")
    assert (shown.holds, shown.withdrawn, shown.end) == (False, True, timezone.localdate())


def test_who_looked_is_not_for_the_benefits_service(world: World):
    acts.effective(world.eva)
    said = {"person": world.eva, "purpose": "sagsbehandling", "language": "da"}
    assert staff.who_looked(by=user("soeren"), **said)
    for door in (staff.who_looked, letters.of_citizen):
        with pytest.raises(NoAccess, match="Det ser kun de enheder"):
            door(by=user("yrsa"), **said)
    staff.consents(by=user("yrsa"), **said)
    with pytest.raises(NoAccess, match="Det ser kun de enheder"):
        staff.who_looked(by=user("yrsa"), **said)
    line = Event.objects.filter(person_key=world.eva, actor="yrsa").latest("pk")
    assert (line.action, line.outcome) == ("refused", "denied")


@pytest.mark.parametrize("reason", actions.CANCELS)
def test_what_came_to_nothing_stays(world: World, reason):
    chain = carried(world.eva, "consented")
    actions.cancel(by=user("bente"), chain=chain.pk, reason=reason, note="Talt sammen.")
    view = seen()
    assert view.title == "Din sag bliver, hvor den er" and not view.moving
    assert marks(view) == ["done", "done", "done", "stopped", "waits", "waits"]
    letter = Letter.objects.get(person_key=world.eva, kind="not-moved")
    assert "Vi har set på det igen" not in str(letter.texts) or reason == "aftale"


def test_the_citizen_goes_back_without_giving_a_reason(world: World):
    acts.effective(world.eva)
    page = browser("eva").get("/mig/overflytning").content.decode()
    assert "Jeg vil gerne tilbage" in page and "Driftscenter\N{NO-BREAK SPACE}1" in page
    answer = browser("eva").post("/mig/overflytning", follow=True).content.decode()
    assert "Din sag er på vej tilbage" in answer and "Jeg vil gerne tilbage" not in answer
    back = Chain.objects.get(person_key=world.eva, direction="back")
    assert (back.cause, back.state) == ("request", "proposed")
    assert Letter.objects.filter(person_key=world.eva, kind="returning").count() == 1
    assert seen().parts[0].unit_label == "Driftscenter\N{NO-BREAK SPACE}1", "nothing has moved yet"


def test_the_front_page_says_who_has_the_case_and_whom_to_call(world: World):
    reaching.say(by=user("lene"), unit=ONE, wish=reaching.Wish(phone="12345678"), language="da")
    acts.effective(world.eva)
    front, whole = (browser("eva").get(path).content.decode() for path in ("/mig", "/mig/overflytning"))
    for page in (front, whole):
        assert "Din sag er hos Driftscenter\N{NO-BREAK SPACE}1" in page and 'href="tel:+4512345678"' in page
        for word in ("Sagsbehandleransvaret", "Forvaltningsansvaret", "Ydelsesansvaret"):
            assert word not in page.partition("hel-time-box")[0], "a term of the trade"
    assert whole.index("Jeg vil gerne tilbage") < whole.index("Hvem tager sig af hvad")
    mandate = mandate_to("karin", world.eva, "see")
    assert "tel:+4512345678" in browser("karin").get(f"/for/{mandate}").content.decode()


def test_asking_twice_opens_one_return(world: World):
    acts.effective(world.eva)
    first = own.ask_back(by=user("eva"), language="da", note="Jeg savner Bente.")
    with pytest.raises(Refused, match="allerede på vej tilbage"):
        own.ask_back(by=user("eva"), language="da")
    assert list(Chain.objects.filter(direction="back").values_list("pk", flat=True)) == [first]
    assert browser("eva").post("/mig/overflytning").status_code == 409


def test_who_was_not_taken_back_after_all_can_ask_again_and_take_the_yes_back(world: World):
    """A return that came to nothing takes no right away: the case stands by the hand-over, as before it was asked."""
    carried(world.eva, "effective")
    back = own.ask_back(by=user("eva"), language="da")
    assert (seen().consent, seen().may_ask_back) == (None, False)
    actions.cancel(by=user("soeren"), chain=back, reason="aftale", note="Vi blev enige om det.")
    view = seen()
    assert "går alligevel ikke tilbage" in view.said[0] and "bed om det igen" in view.said[2]
    assert view.may_ask_back and view.consent == Chain.objects.get(pk=back).returns.consent
    assert own.ask_back(by=user("eva"), language="da") != back


def test_back_again(world: World):
    over = acts.effective(world.eva)
    back = open_return(by=user("soeren"), chain=over.pk, cause="lapsed")
    assert marks(seen()) == ["done", "now", "waits", "waits"]
    write_note(by=user("soeren"), chain=back, note="Plan aftalt; venter på læge.")
    assert marks(seen()) == ["done", "done", "now", "waits"]
    actions.accept(by=user("bente"), chain=back)
    actions.effect_due(by=SYSTEM)
    view = seen()
    assert view.title == "Din sag er tilbage hos Jobcenter København på Gammel Køge Landevej"
    assert marks(view) == ["done"] * 4 and not view.may_ask_back
    kinds = Letter.objects.filter(person_key=world.eva).order_by("written_at").values_list("kind", flat=True)
    assert list(kinds) == ["decision", "moved", "returning", "returned"]


def test_withdrawing_is_one_step_away(world: World):
    chain = acts.effective(world.eva)
    assert seen().consent == chain.consent
    page = browser("eva").get("/mig/overflytning").content.decode()
    assert f"/mig/samtykker/{chain.consent}" in page
    consents.withdraw(by=user("eva"), consent=chain.consent)


def test_a_representative_sees_and_acts_within_the_mandate(world: World):
    acts.effective(world.eva)
    seeing = mandate_to("karin", world.eva, "see")
    page = browser("karin").get(f"/for/{seeing}/overflytning").content.decode()
    assert "Din sag er hos Driftscenter\N{NO-BREAK SPACE}1" in page and "Jeg vil gerne tilbage" not in page
    with pytest.raises(NoAccess):
        own.ask_back(by=user("karin"), language="da", mandate=seeing)
    acting = mandate_to("karin", world.eva, "see", "consent")
    assert (
        browser("karin").post(f"/for/{acting}/overflytning", {"hvorfor": "Eva beder om det."}).status_code
        == 302
    )
    line = Event.objects.filter(action="handover-back-asked").latest("id")
    assert (line.actor, line.person_key, line.mandate) == ("karin", world.eva, acting)


def test_the_return_is_the_citizens_own(world: World):
    acts.effective(world.eva)
    with pytest.raises(Refused):
        own.ask_back(by=user("gry"), language="da")
    with pytest.raises(NoAccess):
        own.own(by=user("bente"), language="da")
    assert Chain.objects.get(person_key=world.eva).to_unit == ONE
