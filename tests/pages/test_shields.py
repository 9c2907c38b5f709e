"""Special protection: who keeps it, what it closes and for whom, and what the citizen reads of it."""

from uuid import UUID

import pytest

from helhed.accounts.actions import Login, appoint
from helhed.accounts.models import User
from helhed.audit.actions import SYSTEM
from helhed.audit.models import Event
from helhed.register.actions import merge
from helhed.register.models import Person
from helhed.sharing import shielding
from helhed.sharing.access.models import Shield
from helhed.sharing.answers import NoAccess
from helhed.sharing.safeguards.actions import open_emergency
from pages.test_who_may import EVERYONE
from pages.world import ANNA, BO, World, user

LIST = "/saerlig-beskyttelse"
REASON, WHY_ENDED = "Borgerens søster er ansat i enheden", "Søsteren er flyttet til en anden forvaltning"
UNKNOWN = "010190-0000"


def text(answer) -> str:
    return answer.content.decode()


def protect(pages, number: str = ANNA) -> Shield:
    answer = pages("dorte").post(LIST, {"nummer": number, "grund": REASON})
    assert answer.status_code == 302
    return Shield.objects.latest("pk")


def end(pages, row: Shield, words: str = WHY_ENDED):
    return pages("dorte").post(f"{LIST}/{row.pk}/ophaev", {"grund": words})


def meets(pages, username: str, person: UUID) -> tuple[bool, bool, bool]:
    """Whether a caseworker finds Anna in a search, has her on the unit's list, and comes in on her page."""
    client = pages(username)
    client.post(f"/borger/{person}", {"formaal": "sagsbehandling"})
    found = "Anna Åkær" in text(client.post("/borgere", {"tekst": "Anna", "formaal": "sagsbehandling"}))
    listed = "Anna Åkær" in text(client.get("/enhedens-borgere"))
    return found, listed, client.get(f"/borger/{person}").status_code == 200


def test_only_those_with_the_right_meet_the_citizen_until_it_ends(pages, world: World):
    assert meets(pages, "bente", world.anna) == (True, True, True)
    row = protect(pages)
    assert (row.person_key, row.reason, row.set_by) == (world.anna, REASON, "dorte")
    assert meets(pages, "bente", world.anna) == (False, False, False)
    assert meets(pages, "soeren", world.anna) == (False, False, False)
    User.objects.filter(username="bente").update(vip=True)
    assert meets(pages, "bente", world.anna) == (True, True, True)
    assert end(pages, row).status_code == 302
    assert meets(pages, "soeren", world.anna) == (True, True, True)


def test_a_whole_number_tells_the_colleague_nothing(pages, world: World):
    protect(pages)
    found = text(pages("bente").post("/borgere", {"tekst": ANNA, "formaal": "sagsbehandling"}))
    assert str(world.anna) not in found and "Åkær" not in found


def test_emergency_access_does_not_open_the_citizen(pages, world: World):
    protect(pages)
    kim = pages("kim")
    open_emergency(by=user("kim"), person=world.anna, reason="Fundet bevidstløs på gaden.")
    kim.post(f"/borger/{world.anna}", {"formaal": "sagsbehandling"})
    closed = kim.get(f"/borger/{world.anna}")
    assert closed.status_code == 403 and "Åkær" not in text(closed)


def test_the_citizen_reads_it_in_the_own_log_without_the_reason(pages, world: World):
    end(pages, protect(pages))
    lines = Event.objects.filter(action__in=("shield", "unshield"))
    assert {(line.actor, line.person_key, line.purpose) for line in lines} == {
        ("dorte", world.anna, "tilsyn")
    }
    own = text(pages("anna").get("/mig/opslag"))
    assert "Gav dig særlig beskyttelse" in own and "Ophævede din særlige beskyttelse" in own
    assert REASON not in own and WHY_ENDED not in own
    assert pages("anna").get("/mig").status_code == 200


def test_each_name_on_the_list_is_a_decided_look_in_the_citizens_log(pages, world: World):
    end(pages, protect(pages))
    protect(pages, BO)
    last = Event.objects.latest("pk").pk
    page = text(pages("dorte").get(LIST))
    assert "Anna Åkær" in page and "Bo Berg" in page and ANNA not in page and BO not in page
    lines = Event.objects.filter(pk__gt=last, action="list")
    assert {line.person_key for line in lines} == {world.anna, world.bo}
    assert all(line.purpose == line.ground == "tilsyn" and line.decision for line in lines)


def test_what_has_ended_stays_with_both_reasons(pages, world: World):
    row = protect(pages)
    end(pages, row)
    page = text(pages("dorte").get(LIST))
    assert "Ingen borgere er under særlig beskyttelse." in page and "Ophævede beskyttelser" in page
    assert REASON in page and WHY_ENDED in page and "Dorte Ravn" in page
    assert "Beskyttet af, og hvorfor" in page
    again = end(pages, row)
    assert again.status_code == 403 and "allerede ophævet" in text(again)
    assert protect(pages).pk != row.pk


@pytest.mark.parametrize(
    ("number", "reason", "sentence"),
    [
        (UNKNOWN, REASON, "Ingen borger har det nummer."),
        ("Anna", REASON, "Skriv et helt personnummer, 10 cifre."),
        ("", REASON, "Skriv et helt personnummer, 10 cifre."),
        (ANNA, "kendt", "Skriv hvorfor, med mindst 10 og højst 400 tegn."),
        (ANNA, "x" * 401, "Skriv hvorfor, med mindst 10 og højst 400 tegn."),
    ],
)
def test_what_cannot_be_done_is_said_and_what_was_written_is_kept(pages, world, number, reason, sentence):
    answer = pages("dorte").post(LIST, {"nummer": number, "grund": reason})
    assert answer.status_code == 400 and sentence in text(answer)
    assert f">{reason}</textarea>" in text(answer)
    assert not Shield.objects.exists()


def test_nobody_is_protected_twice(pages, world: World):
    protect(pages)
    answer = pages("dorte").post(LIST, {"nummer": ANNA, "grund": REASON})
    assert answer.status_code == 400 and "allerede under særlig beskyttelse" in text(answer)
    assert Shield.objects.count() == 1


def test_ending_it_takes_a_reason(pages, world: World):
    row = protect(pages)
    answer = end(pages, row, "fejl")
    assert answer.status_code == 400 and f'id="grund-{row.pk}-fejl"' in text(answer)
    assert ">fejl</textarea>" in text(answer)
    assert meets(pages, "bente", world.anna) == (False, False, False)


def test_a_citizen_merged_into_another_takes_the_protection_along(pages, world: World):
    protect(pages, BO)
    gone, kept = (Person.objects.get(key=key) for key in (world.bo, world.anna))
    merge(by=user("dorte"), kept=kept, gone=gone, reason="samme person")
    assert {row.person_key for row in Shield.objects.filter(ended_at=None)} == {world.bo, world.anna}
    assert meets(pages, "bente", world.anna) == (False, False, False)
    assert "Beskyttelsen fulgte med" in text(pages("dorte").get(LIST))


def test_it_says_how_many_may_meet_them_and_the_list_of_staff_says_who(pages, world: World):
    dorte = pages("dorte")
    assert "Ingen sagsbehandler har retten i dag" in text(dorte.get(LIST))
    assert "særligt beskyttede borgere" not in text(dorte.get("/medarbejdere")).split("<main")[1]
    unit = user("bente").unit
    appoint(by=SYSTEM, login=Login("vibe", "Vibe Dam", "caseworker", "bif", unit, vip=True), password=None)
    appoint(by=SYSTEM, login=Login("leo", "Leo Dam", "leader", "bif", unit, vip=True), password=None)
    assert "1 sagsbehandler har retten i dag." in text(dorte.get(LIST))
    assert "må se særligt beskyttede borgere" in text(dorte.get("/medarbejdere"))
    protect(pages)
    assert meets(pages, "vibe", world.anna) == (True, True, True)


def test_strangers_and_the_other_roles_do_nothing_here(pages, world: World):
    row = protect(pages)
    for username in sorted(EVERYONE - {"dorte"}):
        assert pages(username).post(LIST, {"nummer": BO, "grund": REASON}).status_code == 403
        assert pages(username).post(f"{LIST}/{row.pk}/ophaev", {"grund": REASON}).status_code == 403
        with pytest.raises(NoAccess):
            shielding.shield(by=user(username), number=BO, reason=REASON)
        with pytest.raises(NoAccess):
            shielding.unshield(by=user(username), shield=row.pk, reason=REASON)
        with pytest.raises(NoAccess):
            shielding.shielded(by=user(username), language="da")
    assert pages().post(LIST, {"nummer": BO, "grund": REASON}).status_code == 302
    assert [each.ended_at for each in Shield.objects.all()] == [None]
