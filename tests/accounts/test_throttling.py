"""Wrong passwords: counted for the name and for the address, told alike for every name, noted without the password."""

from datetime import timedelta

import pytest
from axes.models import AccessAttempt
from django.contrib.auth import hashers

from helhed.audit.models import Event
from pages.world import PASSWORD

DOOR = "/log-ind/medarbejder"


def guess(client, name="anders", password="gæt-nummer-et", **more):
    return client.post(DOOR, {"username": name, "password": password}, **more)


def test_five_wrong_ones_close_the_name_for_a_quarter_of_an_hour(pages):
    client = pages()
    for _ in range(4):
        assert guess(client).status_code == 200
    answer = guess(client)
    page = answer.content.decode()
    assert answer.status_code == 429 and "For mange forsøg" in page and "Du kan prøve igen kl." in page
    assert answer["Retry-After"] == "900"
    assert guess(client, password=PASSWORD).status_code == 429, "also the right one, from here"
    assert guess(pages(), password=PASSWORD, REMOTE_ADDR="192.0.2.9").status_code == 429, "and from elsewhere"
    AccessAttempt.objects.update(
        attempt_time=AccessAttempt.objects.get().attempt_time - timedelta(minutes=16)
    )
    assert guess(client, password=PASSWORD).status_code == 302


def test_tries_while_it_is_closed_do_not_put_it_off(pages):
    client = pages()
    for _ in range(5):
        guess(client)
    at = AccessAttempt.objects.get().attempt_time
    guess(client)
    assert AccessAttempt.objects.get().attempt_time == at


def test_known_and_unknown_names_are_answered_alike(pages):
    """Word for word, try for try."""
    answers = []
    for name in ("anders", "nobody-has-this"):
        client = pages()
        client.cookies["csrftoken"] = "a" * 32
        tries = [guess(client, name, REMOTE_ADDR=f"192.0.2.{len(name)}") for _ in range(6)]
        answers.append([(a.status_code, _same(a.content.decode(), name)) for a in tries])
    assert answers[0] == answers[1]


def _same(page: str, name: str) -> str:
    lines = [line for line in page.replace(name, "…").splitlines() if "csrfmiddlewaretoken" not in line]
    return "\n".join(line for line in lines if "kl. " not in line)


@pytest.mark.parametrize("name", ["anders", "nobody-has-this"])
def test_a_name_nobody_has_takes_the_same_work(pages, name, monkeypatch):
    asked = []
    whole = hashers.check_password
    monkeypatch.setattr(
        "django.contrib.auth.base_user.check_password", lambda *a, **n: asked.append(1) or whole(*a, **n)
    )
    guess(pages(), name)
    assert asked


def test_one_address_may_be_wrong_thirty_times_whatever_the_names(pages):
    client = pages()
    for n in range(29):
        assert guess(client, f"navn-{n}").status_code == 200
    assert guess(client, "navn-29").status_code == 429
    assert guess(client, password=PASSWORD).status_code == 429
    assert guess(pages(), password=PASSWORD, REMOTE_ADDR="192.0.2.9").status_code == 302


def test_a_right_password_clears_the_name_and_not_the_address(pages):
    client = pages()
    for n in range(20):
        guess(client, f"navn-{n}")
    for _ in range(3):
        guess(client)
    assert guess(client, password=PASSWORD).status_code == 302
    assert AccessAttempt.objects.count() == 20
    assert not AccessAttempt.objects.filter(username="anders").exists()


def test_each_failure_is_a_line_without_the_password(pages):
    guess(pages(), password="hemmeligt-kodeord")
    guess(pages(), name="hemmeligt-kodeord")
    lines = list(Event.objects.filter(action="log-in", outcome="denied").order_by("pk"))
    assert [line.object for line in lines] == ["password: anders", "password: –"]
    kept = [f"{a.post_data} {a.get_data}" for a in AccessAttempt.objects.all()]
    assert kept and not any("hemmeligt" in each for each in kept)
