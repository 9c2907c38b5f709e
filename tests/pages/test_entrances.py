"""The pages of joint entrances: a leader makes one, both sides receive at it, and the citizen decides."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from entrances.house import House, adopt, attached, invited, opened_for_8a, soon
from handover.world import GKL, ONE
from helhed.audit.models import Event
from helhed.coordination.handover.entrances import actions
from helhed.coordination.handover.entrances.models import Appointment, Attachment, Entrance, Visit
from pages.world import ANNA, mandate_to, user


@pytest.fixture
def house(pages) -> House:
    return opened_for_8a()


def text_of(answer) -> str:
    words = re.sub(r"<[^>]+>", " ", answer.content.decode())
    return re.sub(r"\s+", " ", words)


def test_a_leader_plans_staffs_and_opens_it(pages):
    adopted = adopt("8A", receiving=ONE)
    lene, birgit = pages("lene"), pages("birgit")
    said = {"model": str(adopted), "navn": "Huset", "adresse": "Vej 1"}
    answer = lene.post("/indgange/ny", said)
    row = Entrance.objects.get()
    path = f"/indgang/{row.pk}/opsaetning"
    assert answer["Location"] == path
    assert lene.post(path, {"goer": "aabn"}).status_code == 400
    lene.post(path, {"goer": "hold", "enhed": ONE})
    birgit.post(path, {"goer": "hold", "enhed": GKL, "fokus": "8A"})
    lene.post(path, {"goer": "tider", "fra-0": "9.00", "til-0": "15.30", "fra-1": "9", "til-1": "15:30"})
    assert "Åbent mandag–tirsdag 9.00–15.30" in text_of(lene.get(path)).replace("09.00", "9.00")
    team = row.teams.get(unit=ONE)
    lene.post(path, {"goer": "person", "hold": team.pk, "hvem": "soeren"})
    lene.post(
        path,
        {
            "goer": "sted",
            "slags": "shelter",
            "stednavn": "Herberget",
            "ugedag": "2",
            "fra": "10",
            "til": "12",
        },
    )
    assert lene.post(path, {"goer": "aabn"}).status_code == 302
    row.refresh_from_db()
    assert row.state == "open"
    page = text_of(birgit.get(f"/indgang/{row.pk}"))
    assert "Søren Kjær" in page and "Herberget" in page and "Underteam" in page


@pytest.mark.parametrize(
    ("posted", "sentence"),
    [
        ({"goer": "tider", "fra-0": "ni", "til-0": "15"}, "ikke et klokkeslæt"),
        ({"goer": "tider", "fra-0": "15", "til-0": "9"}, "senere samme dag"),
        ({"goer": "sted", "stednavn": "X", "fra": "9", "til": "10"}, "enten en ugedag eller en dato"),
        ({"goer": "sted", "stednavn": "X", "fra": "", "til": "10"}, "fra og til"),
        ({"goer": "hold", "enhed": GKL}, "din egen forvaltning"),
        ({"goer": "hold", "enhed": ONE}, "allerede det hold"),
        ({"goer": "beskriv", "navn": " ", "adresse": ""}, "hvad indgangen hedder"),
    ],
)
def test_what_is_wrong_is_said_in_one_sentence(pages, house, posted, sentence):
    answer = pages("lene").post(f"/indgang/{house.entrance.pk}/opsaetning", posted)
    assert answer.status_code == 400
    assert sentence in text_of(answer)


def test_a_visit_from_the_door_to_the_street(pages, house, world):
    row = attached(house, world.anna)
    actions.expect(by=user("bente"), attachment=row.pk, at=soon(), sides="both")
    path = f"/indgang/{house.entrance.pk}/dag"
    bente, soeren = pages("bente"), pages("soeren")
    assert "Anna Åkær" in text_of(bente.get(f"{path}?dato={soon():%Y-%m-%d}"))
    found = bente.post(path, {"tekst": ANNA})
    assert "Anna Åkær" in text_of(found) and ANNA not in found.request["PATH_INFO"]
    bente.post(f"/indgang/{house.entrance.pk}/ankomst", {"tilknytning": str(row.pk)})
    visit = Visit.objects.get()
    bente.post(f"/indgang/besoeg/{visit.pk}/betjent")
    assert "SOF har talt med" in text_of(soeren.get(path))
    soeren.post(f"/indgang/besoeg/{visit.pk}/betjent")
    soeren.post(f"/indgang/besoeg/{visit.pk}/afslut")
    visit.refresh_from_db()
    assert visit.avoided and visit.over_at
    assert "1 borger talte med begge" in text_of(bente.get(path))


def test_one_invited_who_comes_by_can_say_yes_at_the_door(pages, house, world):
    row = invited(house, world.anna)
    bente = pages("bente")
    found = text_of(bente.post(f"/indgang/{house.entrance.pk}/dag", {"tekst": "Anna"}))
    assert "Borgeren siger ja og er her" in found
    said = {"tilknytning": str(row.pk), "svar": "ja"}
    bente.post(f"/indgang/{house.entrance.pk}/ankomst", said)
    row.refresh_from_db()
    assert (row.state, row.answered_how, Visit.objects.count()) == ("attached", "person", 1)


def test_who_has_no_case_sees_no_name(pages, house, world):
    """Bo's case is in BIF alone: attached by mistake, Søren of SOF sees that somebody is there, not who."""
    row = attached(house, world.bo)
    actions.arrive(by=user("bente"), attachment=row.pk)
    path = f"/indgang/{house.entrance.pk}/dag"
    assert "Bo Berg" in text_of(pages("bente").get(path))
    seen = text_of(pages("soeren").get(path))
    assert "Bo Berg" not in seen and "En borger, du ikke har sag med" in seen
    assert pages("soeren").get(f"/indgang/borger/{row.pk}").status_code == 403
    visit = Visit.objects.get()
    assert pages("soeren").post(f"/indgang/besoeg/{visit.pk}/betjent").status_code == 403


def test_being_attached_opens_nothing_of_the_other_side(pages, house, world):
    """What Søren sees of Anna's benefit is decided by her consent, not by the entrance."""
    before = pages("soeren")
    before.post(f"/borger/{world.anna}", {"formaal": "koordinering"})
    closed = before.get(f"/borger/{world.anna}").content.count(b"hel-shut-side")
    attached(house, world.anna)
    assert before.get(f"/borger/{world.anna}").content.count(b"hel-shut-side") == closed


def test_the_lists_and_one_citizen(pages, house, world):
    row = invited(house, world.anna)
    bente, path = pages("bente"), f"/indgang/borger/{row.pk}"
    assert "Anna Åkær" in text_of(bente.get(f"/indgang/{house.entrance.pk}/borgere?liste=inviterede"))
    bente.post(path, {"goer": "ja"})
    page = text_of(bente.get(path))
    assert "Udlånt til Rusmiddelhuset" in page and "Jobcenter" in page
    later = soon()
    said = {"goer": "aftale", "dag": f"{later:%d-%m-%Y}", "tid": "10.00", "hvem": "both", "sted": ""}
    assert bente.post(path, said).status_code == 302
    assert bente.post(path, said).status_code == 409
    assert bente.post(path, said | {"tid": "hen ad aften"}).status_code == 409
    assert bente.post(path, said | {"dag": "01-01-2020"}).status_code == 409
    time = Appointment.objects.get()
    bente.post(f"/indgang/aftale/{time.pk}/aflys")
    time.refresh_from_db()
    assert time.cancelled_at
    bente.post(path, {"goer": "slut"})
    row.refresh_from_db()
    assert (row.state, row.reason) == ("left", "wish")
    assert "efter eget ønske" in text_of(bente.get(path))


def test_the_citizen_says_yes_sees_the_time_and_leaves(pages, house, world):
    row, anna = invited(house, world.anna), pages("anna")
    page = text_of(anna.get("/mig/indgang"))
    assert "Vil du møde begge forvaltninger ét sted?" in page and "Prøvevej 1" in page
    anna.post("/mig/indgang", {"tilknytning": str(row.pk), "svar": "ja"})
    actions.expect(by=user("bente"), attachment=row.pk, at=soon(), sides="both")
    assert "Begge forvaltninger" in text_of(anna.get("/mig/indgang"))
    anna.post("/mig/indgang", {"tilknytning": str(row.pk), "svar": "slut"})
    row.refresh_from_db()
    assert row.state == "left"
    again = anna.post("/mig/indgang", {"tilknytning": str(row.pk), "svar": "ja"})
    assert again.status_code == 409


def test_no_is_as_easy_and_nobody_answers_for_another(pages, house, world):
    row = invited(house, world.anna)
    said = {"tilknytning": str(row.pk), "svar": "nej"}
    assert pages("bo").post("/mig/indgang", said).status_code == 404
    pages("anna").post("/mig/indgang", said)
    row.refresh_from_db()
    assert row.state == "declined"


def test_a_representative_answers_where_the_mandate_reaches(pages, house, world):
    row = invited(house, world.anna)
    seeing = mandate_to("karin", world.anna, "see")
    said = {"tilknytning": str(row.pk), "svar": "ja"}
    karin = pages("karin")
    assert b'value="ja"' not in karin.get(f"/for/{seeing}/indgang").content
    assert karin.post(f"/for/{seeing}/indgang", said).status_code == 403
    whole = mandate_to("karin", world.anna)
    karin.post(f"/for/{whole}/indgang", said)
    row.refresh_from_db()
    assert (row.state, row.answered_how) == ("attached", "mandate")
    assert Event.objects.filter(action="entrance-yes", mandate=whole, person_key=world.anna).exists()


def test_numbers_are_protected(pages, house, world):
    """One citizen who comes six times is one citizen: the month is not shown."""
    early = timezone.now() - timedelta(hours=30)
    said = {"state": "attached", "answered_at": early, "answered_how": "portal", "answered_by": "anna"}
    old = Attachment.objects.create(
        entrance=house.entrance, person_key=world.bo, invited_at=early - timedelta(hours=1)
    )
    Attachment.objects.filter(pk=old.pk).update(since=early, **said)
    for _ in range(6):
        visit = actions.arrive(by=user("bente"), attachment=old.pk)
        actions.finish(by=user("bente"), visit=visit.pk)
    page = text_of(pages("lene").get(f"/indgang/{house.entrance.pk}/tal"))
    assert "færre end" in page and " 6 " not in page


def test_closing_says_what_happens_and_then_does(pages, house, world):
    row, path = attached(house, world.anna), f"/indgang/{house.entrance.pk}/luk"
    assert "får et brev" in text_of(pages("lene").get(path))
    pages("lene").post(path)
    row.refresh_from_db()
    assert (row.state, row.reason) == ("left", "closed")
    assert pages("lene").get(path).status_code == 302


def test_a_caseworker_of_another_unit_does_not_receive(pages, house):
    assert "Din enhed er ikke med i nogen" in text_of(pages("kim").get("/indgange"))
    assert pages("kim").get(f"/indgang/{house.entrance.pk}/dag").status_code == 403


def test_a_time_agreed_where_the_entrance_comes_out_is_kept_there(pages, house, world):
    """Who is expected at the shelter is noted as met at the shelter, not in the house."""
    path, today = f"/indgang/{house.entrance.pk}", timezone.localdate()
    said = {"goer": "sted", "slags": "shelter", "stednavn": "Herberget", "fra": "0", "til": "23:59"}
    pages("lene").post(f"{path}/opsaetning", said | {"dag": today.strftime("%d-%m-%Y")})
    place, row = house.entrance.outreach.get(), attached(house, world.anna)
    at = timezone.localtime() + timedelta(minutes=1)
    actions.expect(by=user("bente"), attachment=row.pk, at=at, sides="both", outreach=place.pk)
    page = pages("bente").get(f"{path}/dag").content.decode()
    assert f'name="sted" value="{place.pk}"' in page
    pages("bente").post(f"{path}/ankomst", {"tilknytning": row.pk, "sted": place.pk})
    assert Visit.objects.get(attachment=row).outreach_id == place.pk


def test_a_visit_that_is_over_leads_back_to_the_day(pages, house, world):
    visit = actions.arrive(by=user("bente"), attachment=attached(house, world.anna).pk)
    actions.finish(by=user("bente"), visit=visit.pk)
    answer = pages("bente").post(f"/indgang/besoeg/{visit.pk}/afslut", follow=True)
    assert answer.redirect_chain[-1][0] == f"/indgang/{house.entrance.pk}/dag"
    assert "Besøget er afsluttet" in text_of(answer)


def test_the_day_before_and_the_day_after(pages, house):
    path = f"/indgang/{house.entrance.pk}/dag"
    page = pages("bente").get(f"{path}?dato=2026-03-01").content.decode()
    assert "?dato=2026-02-28" in page and "?dato=2026-03-02" in page
    assert pages("bente").get(f"{path}?dato=31-12-9999").status_code == 200


def test_a_duty_every_week_and_the_days_nobody_is_there(pages):
    path = f"/indgang/{opened_for_8a('B').entrance.pk}/opsaetning"
    birgit, first = pages("birgit"), timezone.localdate() + timedelta(days=1)
    assert text_of(birgit.get(path)).count("ingen fra BIF SOF") == 14, "open every day, nobody on the roster"
    team = Entrance.objects.get().teams.get(unit=GKL)
    said = {
        "goer": "person",
        "hold": team.pk,
        "hvem": "bente",
        "dag": first.strftime("%d-%m-%Y"),
        "uger": "4",
    }
    assert birgit.post(path, said).status_code == 302
    assert list(team.roster.values_list("day", flat=True).order_by("day")) == [
        first + timedelta(weeks=week) for week in range(4)
    ]
    page = text_of(birgit.get(path))
    assert page.count("ingen fra SOF") == 2 and page.count("ingen fra BIF SOF") == 12
    answer = birgit.post(path, said)
    assert answer.status_code == 400 and "allerede på vagt" in text_of(answer)
    assert f'value="{said["dag"]}"' in answer.content.decode(), "what was typed stays"
    assert birgit.post(path, said | {"uger": "5000"}).status_code == 400


def test_hours_that_leave_somebody_at_a_closed_door_are_told(pages, house, world):
    row = attached(house, world.anna)
    actions.expect(by=user("bente"), attachment=row.pk, at=soon(), sides="both")
    path = f"/indgang/{house.entrance.pk}"
    said = (
        {"goer": "tider"}
        | {f"fra-{day}": "12" for day in range(7)}
        | {f"til-{day}": "14" for day in range(7)}
    )
    answer = pages("lene").post(f"{path}/opsaetning", said, follow=True)
    assert "Nogle borgere har aftaler, hvor der nu er lukket" in text_of(answer)
    assert "Lukket på det tidspunkt" in text_of(pages("bente").get(f"{path}/dag?dato={soon().date()}"))
    assert "Lukket på det tidspunkt" in text_of(pages("bente").get(f"/indgang/borger/{row.pk}"))


def test_a_model_of_an_entrance_leads_to_it(pages):
    adopted = adopt("8A", receiving=ONE)
    lene, path = pages("lene"), f"/modeller-i-brug/{adopted}"
    page = text_of(lene.get(path))
    assert "Planlæg indgangen" in page and "Bemanding" in page
    assert "Én medarbejder har begge sager" not in page and "Tilbageførsel" not in page
    assert "selected" in lene.get(f"/indgange/ny?model={adopted}").content.decode()
    lene.post("/indgange/ny", {"model": str(adopted), "navn": "Huset", "adresse": "Vej 1"})
    page = text_of(lene.get(path))
    assert "Huset" in page and "Planlæg indgangen" not in page
