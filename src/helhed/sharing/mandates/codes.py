"""The code that turns an offered mandate into somebody's: shown once, kept only as a keyed hash.

Sixteen signs of thirty-two without look-alikes (no I, O, 0, 1): eighty bits, in four groups of four.
"""

import hmac
import secrets
from hashlib import sha256

from django.conf import settings

SIGNS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
GROUPS, LENGTH = 4, 4


def new_code() -> str:
    """A fresh code, as it is read aloud: four groups of four."""
    return "-".join("".join(secrets.choice(SIGNS) for _ in range(LENGTH)) for _ in range(GROUPS))


def hash_of(code: str) -> str:
    """What is kept of a code: the same however it was typed, upper or lower case, with or without spaces and dashes."""
    signs = "".join(sign for sign in code.upper() if sign.isalnum())
    key = sha256(b"helhed mandate code\0" + settings.SECRET_KEY.encode()).digest()
    return hmac.new(key, signs.encode(), sha256).hexdigest()
