"""Log-in by an identity provider, end to end against a certified one, and what it must not open."""

from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from django.utils import timezone

from accounts.exchange import log_in, sent_back
from helhed.accounts.actions import Login, appoint, end
from helhed.accounts.models import User
from helhed.audit.actions import SYSTEM
from helhed.audit.models import Event


def user(client) -> User | None:
    key = client.session.get("_auth_user_id")
    return User.objects.get(pk=key) if key else None


def bente(subject="staff:uuid-bente", **more) -> User:
    login = Login("bente", "Bente Holm", "caseworker", "bif", "bif/ungeenhed", subject=subject, **more)
    return appoint(by=SYSTEM, login=login, password=None)


def refused(client, answer, words: str) -> None:
    """A designed page, nobody logged in, and a line in the log."""
    page = answer.content.decode()
    assert answer.status_code == 403 and "Du blev ikke logget ind" in page and words in page
    assert user(client) is None
    assert Event.objects.filter(action="log-in", outcome="denied").exists()


def test_one_of_the_staff_comes_in_as_appointed(pages, both):
    bente()
    client = pages()
    answer = log_in(client, both["staff"], "uuid-bente", next="/lov")
    assert answer["Location"] == "/lov" and client.get("/lov").status_code == 200
    assert user(client).username == "bente" and client.session["door"] == "staff"
    assert Event.objects.filter(action="log-in", actor="bente", outcome="allowed").exists()


def test_the_request_carries_pkce_state_and_nonce_and_nothing_of_the_readers(pages, both):
    answer = pages().post(f"{both['staff'].start}?scope=evil&auth_params=prompt%3Dnone&process=connect")
    asked = parse_qs(urlsplit(answer["Location"]).query)
    assert asked["code_challenge_method"] == ["S256"] and asked["state"] and asked["nonce"]
    assert set(asked["scope"][0].split()) == {"openid", "profile"} and "prompt" not in asked


def test_log_in_begins_with_a_form_only(pages, both):
    assert pages().get(both["staff"].start).status_code == 405


def test_log_in_leads_nowhere_outside(pages, both):
    bente()
    answer = log_in(pages(), both["staff"], "uuid-bente", next="https://example.org/")
    assert answer["Location"] == "/"


def test_the_session_key_is_new_after_log_in(pages, both):
    bente()
    client = pages()
    back = sent_back(client, both["staff"], "uuid-bente")
    before = client.session.session_key
    client.get(back)
    assert client.session.session_key not in {None, before}


def test_rights_from_the_access_management(pages, both):
    client = pages()
    log_in(client, both["staff"], "uuid-rights")
    new = user(client)
    assert (new.role, new.administration, new.unit) == ("caseworker", "sof", "sof/driftscenter-1")
    assert (new.clearance, new.vip, new.protected_address) == (2, False, False)
    assert new.username.startswith("medarbejder-") and not new.has_usable_password()
    log_in(pages(), both["staff"], "uuid-rights")
    assert new.appointments.count() == 1


def test_rights_that_are_gone_end_the_appointment_they_made(pages, both):
    appoint(by=SYSTEM, login=Login("rikke", "R", "analyst", subject="staff:uuid-foreign"), password=None)
    rikke = User.objects.get(username="rikke")
    answer = log_in(client := pages(), both["staff"], "uuid-foreign")
    refused(client, answer, "adgangsstyring")
    rikke.refresh_from_db()
    assert rikke.is_active, "an appointment by hand is not the provider's to end"
    log_in(client := pages(), both["staff"], "uuid-rights")
    came = user(client)
    User.objects.filter(pk=came.pk).update(subject="staff:uuid-no-unit")
    refused(third := pages(), log_in(third, both["staff"], "uuid-no-unit"), "adgangsstyring")
    came.refresh_from_db()
    assert not came.is_active and client.get("/lov").status_code == 302


@pytest.mark.parametrize(
    ("sub", "words"),
    [
        ("uuid-low", "ikke er sikkert nok"),
        ("uuid-none", "ikke er sikkert nok"),
        ("uuid-nobody", "ikke ansat"),
        ("uuid-foreign", "adgangsstyring"),
        ("uuid-no-unit", "adgangsstyring"),
        ("uuid-cpr", "ikke ansat"),
    ],
)
def test_who_does_not_come_in_by_the_door_for_staff(pages, both, sub, words):
    client = pages()
    refused(client, log_in(client, both["staff"], sub), words)


def test_an_appointment_that_ended_or_has_not_begun_opens_nothing(pages, both):
    today = timezone.localdate()
    bente(until=today + timedelta(days=1))
    end(by=SYSTEM, username="bente")
    client = pages()
    refused(client, log_in(client, both["staff"], "uuid-bente"), "ophørt")
    appoint(
        by=SYSTEM,
        login=Login("senere", "S", "analyst", subject="staff:uuid-nobody", since=today + timedelta(days=1)),
        password=None,
    )
    refused(client, log_in(client, both["staff"], "uuid-nobody"), "ophørt")


def test_an_appointment_that_ends_takes_the_session_with_it(pages, both):
    bente()
    client = pages()
    log_in(client, both["staff"], "uuid-bente")
    assert client.get("/lov").status_code == 200
    end(by=SYSTEM, username="bente")
    assert client.get("/lov").status_code == 302


def test_a_citizen_comes_to_the_own_page(pages, both, world):
    client = pages()
    assert log_in(client, both["citizen"], "uuid-anna")["Location"] == "/"
    anna = user(client)
    assert (anna.role, anna.person_key) == ("citizen", world.anna) and anna.username.startswith("borger-")
    assert client.get("/mig").status_code == 200
    assert Event.objects.filter(action="recognise", person_key=world.anna).exists()
    log_in(pages(), both["citizen"], "uuid-anna")
    assert User.objects.filter(subject="citizen:uuid-anna").count() == 1


def test_no_number_stands_in_the_session_or_in_the_packages_tables(pages, both, world):
    client = pages()
    log_in(client, both["citizen"], "uuid-anna")
    assert "2201" not in str(dict(client.session)) and set(client.session.keys()) <= {
        "_auth_user_id",
        "_auth_user_backend",
        "_auth_user_hash",
        "door",
        "ends",
        "last",
        "way",
    }


def test_with_a_mandate_the_same_person_gets_another_login(pages, both, world):
    client = pages()
    log_in(client, both["citizen"], "uuid-anna", **{"for": "another"})
    karin = user(client)
    assert (karin.role, karin.person_key) == ("representative", None)
    assert karin.own_person == world.anna, "so that a mandate ends when its holder has died"
    assert karin.username.startswith("fuldmagt-")


@pytest.mark.parametrize(
    ("sub", "words"),
    [
        ("uuid-stranger", "ingen oplysninger om dig"),
        ("uuid-low", "sikkert nok"),
        ("uuid-rights", "ingen oplysn"),
    ],
)
def test_who_does_not_come_in_by_the_door_for_citizens(pages, both, sub, words):
    client = pages()
    refused(client, log_in(client, both["citizen"], sub), words)


def test_a_citizens_proof_opens_nothing_at_the_door_for_staff(pages, both):
    """The same subject at the other provider, and the other provider's answer carried over."""
    bente(subject="staff:uuid-anna")
    client = pages()
    back = sent_back(client, both["citizen"], "uuid-anna")
    refused(client, client.get(back.replace("/borger/", "/medarbejder/")), "ikke fuldført")
    log_in(client, both["citizen"], "uuid-anna")
    assert user(client).role == "citizen"


def test_a_staff_log_in_taken_for_a_citizens_is_refused(pages, both):
    anna = User.objects.get(username="anna")
    User.objects.filter(pk=anna.pk).update(subject="staff:uuid-bente")
    client = pages()
    refused(client, log_in(client, both["staff"], "uuid-bente"), "ikke fuldført")


def test_a_forged_state_and_a_strangers_session(pages, both):
    bente()
    client, other = pages(), pages()
    back = sent_back(client, both["staff"], "uuid-bente")
    refused(other, other.get(back), "ikke fuldført")
    refused(client, client.get(back.replace("state=", "state=x")), "ikke fuldført")
    assert client.get(back)["Location"] == "/"


def test_an_answer_is_good_once(pages, both):
    bente()
    client = pages()
    back = sent_back(client, both["staff"], "uuid-bente")
    assert client.get(back)["Location"] == "/"
    client.post("/log-af")
    refused(client, client.get(back), "ikke fuldført")


def test_a_code_replayed_into_a_new_exchange_is_refused_by_the_provider(pages, both):
    bente()
    client = pages()
    used = parse_qs(urlsplit(back := sent_back(client, both["staff"], "uuid-bente")).query)["code"][0]
    client.get(back)
    other = pages()
    fresh = sent_back(other, both["staff"], "uuid-bente")
    code = parse_qs(urlsplit(fresh).query)["code"][0]
    refused(other, other.get(fresh.replace(code, used)), "ikke fuldført")


def test_an_answer_that_names_another_provider(pages, both):
    bente()
    client = pages()
    back = sent_back(client, both["staff"], "uuid-bente")
    swapped = back.replace(both["staff"].issuer.split("//")[1].replace(":", "%3A"), "127.0.0.1%3A1")
    assert swapped != back
    refused(client, client.get(swapped), "ikke fuldført")


def test_the_reader_cancels_or_the_provider_is_away(pages, both, settings):
    client = pages()
    state = parse_qs(urlsplit(client.post(both["staff"].start)["Location"]).query)["state"][0]
    refused(client, client.get(f"/log-ind/medarbejder/svar?error=access_denied&state={state}"), "afbrød")
    settings.OIDC = {"staff": both["staff"].settings | {"issuer": "http://127.0.0.1:1"}}
    answer = pages().post(both["staff"].start)
    assert answer.status_code == 502 and "svarer ikke" in answer.content.decode()


def test_a_provider_that_calls_itself_something_else(pages, both, settings):
    other = both["staff"].issuer.replace("127.0.0.1", "localhost")
    settings.OIDC = {"staff": both["staff"].settings | {"issuer": other}}
    client = pages()
    refused(client, client.post(both["staff"].start), "ikke fuldført")


def test_log_out_ends_at_the_provider_too(pages, both):
    bente()
    client = pages()
    log_in(client, both["staff"], "uuid-bente")
    answer = client.post("/log-af")
    assert answer["Location"].startswith(f"{both['staff'].issuer}/session/end?client_id=helhed-staff")
    assert answer["Clear-Site-Data"] == '"cache"' and user(client) is None


def test_log_out_works_when_the_provider_is_away(pages, both, settings):
    bente()
    client = pages()
    log_in(client, both["staff"], "uuid-bente")
    settings.OIDC = {"staff": both["staff"].settings | {"issuer": "http://127.0.0.1:1"}}
    assert client.post("/log-af")["Location"] == "/log-ind" and user(client) is None


def test_with_a_provider_no_password_is_taken(pages, both):
    page = pages().get("/log-ind/medarbejder").content.decode()
    assert "Til kommunens log-in" in page and 'name="password"' not in page
    assert pages().post("/log-ind/medarbejder", {"username": "bente", "password": "x"}).status_code == 404
