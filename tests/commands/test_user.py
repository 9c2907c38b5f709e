"""Log-ins from the command line."""

import io
import sys

import pytest

from helhed.accounts.models import Appointment, User
from helhed.commands.main import parse
from helhed.commands.refusal import RefusalError
from helhed.commands.user import run

pytestmark = pytest.mark.django_db
BENTE = ["user", "bente", "--name", "Bente Holm"]


def make(line, password, monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.StringIO(f"{password}\n"))
    run(parse(line))


def test_a_caseworker_is_made_and_changed(monkeypatch):
    line = [*BENTE, "--role", "caseworker", "--administration", "bif", "--unit", "bif/ungeenhed"]
    make(line, "a long enough one", monkeypatch)
    bente = User.objects.get(username="bente")
    assert bente.unit == "bif/ungeenhed" and bente.check_password("a long enough one")
    make([*BENTE, "--role", "leader", "--administration", "bif"], "another long one", monkeypatch)
    bente.refresh_from_db()
    assert bente.role == "leader" and bente.check_password("another long one")


@pytest.mark.parametrize(
    ("rest", "password", "sentence"),
    [
        (["--role", "king"], "a long enough one", "The roles are: analyst, caseworker"),
        (["--role", "citizen"], "a long enough one", "There is no role 'citizen' for staff"),
        (["--role", "caseworker"], "a long enough one", "add --administration"),
        (["--role", "leader", "--administration", "kff"], "a long enough one", "Use bif or sof"),
        (
            ["--role", "leader", "--unit", "sof/nowhere"],
            "a long enough one",
            "There is no unit 'sof/nowhere'",
        ),
        (["--role", "analyst"], "short", "12"),
        (["--role", "analyst"], "bente-holm-2026", "minder for meget"),
        (["--role", "analyst"], "password123456", "for almindelig"),
        (["--role", "representative"], "a long enough one", "no role 'representative' for staff"),
        (["--role", "analyst", "--clearance", "4"], "a long enough one", "from 0 to 3"),
        (["--role", "analyst", "--from", "1/1"], "a long enough one", "--from is a day"),
        (["--role", "analyst", "--to", "2020-01-01"], "a long enough one", "before it begins"),
        (
            ["--role", "leader", "--administration", "bif", "--unit", "sof"],
            "a long enough one",
            "not one of bif",
        ),
        (["--name", "", "--role", "analyst"], "a long enough one", "add --name"),
        (["--end"], "", "no login 'bente'"),
    ],
)
def test_what_cannot_be_is_one_sentence(rest, password, sentence, monkeypatch):
    with pytest.raises(RefusalError, match=sentence):
        make([*BENTE, *rest], password, monkeypatch)
    assert not User.objects.exists()


def test_an_appointment_with_limits_and_days(monkeypatch):
    line = [*BENTE, "--role", "caseworker", "--administration", "sof", "--unit", "sof/driftscenter-1"]
    limits = [
        "--clearance",
        "3",
        "--vip",
        "--protected-address",
        "--from",
        "2030-01-01",
        "--to",
        "2030-07-01",
    ]
    make([*line, *limits, "--reason", "vikar", "--subject", "f00", "--no-password"], "", monkeypatch)
    bente, row = User.objects.get(), Appointment.objects.get()
    assert (row.clearance, row.vip, row.protected_address, row.reason) == (3, True, True, "vikar")
    assert str(row.valid_from) == "2030-01-01" and str(row.valid_to) == "2030-07-01"
    assert bente.subject == "staff:f00" and not bente.has_usable_password()
    assert not bente.may("citizen.look"), "it has not begun"


def test_an_end_at_once(monkeypatch, capsys):
    make([*BENTE, "--role", "analyst"], "a long enough one", monkeypatch)
    make(["user", "bente", "--end", "--reason", "rejst"], "", monkeypatch)
    assert not User.objects.get().may("law.see") and "may not log in" in capsys.readouterr().out
    assert Appointment.objects.get().end_reason == "rejst"
