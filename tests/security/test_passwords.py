"""Local passwords: long, not common, not like the name; kept as a slow hash, and taken as they are typed."""

import pytest
from django.contrib.auth.hashers import check_password, make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from conftest import QUICK
from helhed.accounts.context_words import words
from helhed.accounts.models import User
from house.building import BASE

GRETHE = User(username="grethe.lundgaard", name="Grethe Lundgaard")


@pytest.fixture(autouse=True)
def as_the_program_keeps_them(settings):
    """Nothing quicker than what the program itself does."""
    settings.PASSWORD_HASHERS = [name for name in settings.PASSWORD_HASHERS if name != QUICK]


@pytest.mark.parametrize("typed", ["kort", "elleve tegn", "q1w2e3r4t5y6", "1qaz2wsx3edc", "grethe.lundgaard"])
def test_what_is_refused(typed):
    with pytest.raises(ValidationError):
        validate_password(typed, GRETHE)


@pytest.mark.parametrize(
    "typed",
    ["helhed-helhed-2026", "KøbenhavnsKommune1", "kobenhavn_k0mmune!", "JobcenterBif2027", "Borgercenter.Handicap",
     "velkommen til helhed", "Sof-Driftscenter-4", "RA\u030aDHUS.kommunen"],
)  # fmt: skip
def test_the_words_of_the_workplace_do_not_make_one(typed):
    with pytest.raises(ValidationError) as refusal:
        validate_password(typed, GRETHE)
    assert [each.code for each in refusal.value.error_list] == ["password_of_context_words"]


@pytest.mark.parametrize("typed", ["hestehovsblad i kommunen", "helhed, grøn cykel", "sofapudebetræk"])
def test_a_word_of_the_workplace_among_others_is_no_harm(typed):
    validate_password(typed, GRETHE)


def test_the_words_are_plain_and_the_documents_say_where_they_stand():
    assert all(word.isascii() and word.isalpha() and word.islower() for word in words())
    assert {"helhed", "kommune", "koebenhavn", "bif", "sof", "jobcenter", "borgercenter"} <= words()
    assert "accounts/context_words.yaml" in (BASE / "docs" / "security" / "README.md").read_text()


@pytest.mark.parametrize(
    "typed",
    ["hestehovsblad", "æble grød fløde", "    mellemrum tæller    ", "日本語日本語日本語日本語", "x9" * 300],
)
def test_any_signs_and_any_length_are_taken(typed):
    validate_password(typed, GRETHE)


def test_it_counts_exactly_as_typed():
    kept = make_password("  Hestehovsblad  ")
    assert check_password("  Hestehovsblad  ", kept)
    assert not check_password("Hestehovsblad", kept) and not check_password("  hestehovsblad  ", kept)


def test_it_is_kept_as_a_slow_hash_of_its_own_salt():
    one, two = make_password("hestehovsblad"), make_password("hestehovsblad")
    algorithm, rounds, salt, _ = one.split("$")
    assert algorithm == "pbkdf2_sha256" and int(rounds) >= 600_000 and len(salt) >= 22
    assert one != two and "hestehovsblad" not in one


def test_it_does_not_run_out():
    columns = {field.name for field in User._meta.get_fields()}
    assert not {name for name in columns if "password" in name and name != "password"}
