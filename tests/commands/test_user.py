"""Log-ins from the command line."""

import io
import sys

import pytest

from helhed.accounts.models import User
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
    ],
)
def test_what_cannot_be_is_one_sentence(rest, password, sentence, monkeypatch):
    with pytest.raises(RefusalError, match=sentence):
        make([*BENTE, *rest], password, monkeypatch)
    assert not User.objects.exists()
