"""Codes and keys: drawn by the system's source of randomness, kept as hashes or readable by their owner only."""

import math
import stat

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from helhed.audit import keys
from helhed.sharing.mandates import actions, codes
from helhed.sharing.mandates.models import Mandate
from helhed.sharing.refusal import Refused
from pages.world import World, mandate_to, user


def test_a_code_has_eighty_bits_and_no_two_are_alike():
    drawn = {codes.new_code() for _ in range(2000)}
    signs = {sign for code in drawn for sign in code.replace("-", "")}
    assert len(drawn) == 2000 and signs == set(codes.SIGNS)
    assert math.log2(len(codes.SIGNS)) * codes.GROUPS * codes.LENGTH >= 80


def test_what_is_kept_is_no_code_and_needs_the_secret(settings):
    code = codes.new_code()
    kept = codes.hash_of(code)
    assert code.replace("-", "").lower() not in kept.lower() and len(kept) == 64
    settings.SECRET_KEY = "another" * 9
    assert codes.hash_of(code) != kept


def test_a_code_binds_one_login_and_is_used_up(pages, world: World):
    drawn = []
    real = codes.new_code
    actions.new_code = lambda: drawn.append(real()) or drawn[-1]
    try:
        mandate = mandate_to("karin", world.anna)
    finally:
        actions.new_code = real
    assert Mandate.objects.get(pk=mandate).holder == "karin"
    with pytest.raises(Refused):
        actions.accept(by=user("bo"), code=drawn[0])
    assert Mandate.objects.get(pk=mandate).holder == "karin"


@pytest.mark.parametrize("name", keys.NAMES)
def test_a_key_is_its_owners_only(tmp_path, name):
    folder = tmp_path / "keys"
    key = keys.key_in(folder, name)
    (file,) = folder.glob("*.pem")
    assert isinstance(key, Ed25519PrivateKey)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600 and stat.S_IMODE(folder.stat().st_mode) == 0o700
