"""Passwords: Argon2id, and one rule, their length.

References:
    NIST SP 800-63B-4 (2025), section 3.1.1.2: at least 15 characters where a password is the only factor, no
    rules of composition, no periodic change. RFC 9106, section 4: the parameters of Argon2id.
"""

from __future__ import annotations

import unicodedata
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from tongli.core import InputError

SHORTEST, LONGEST = 15, 256

_hasher = PasswordHasher()


def hashed(password: str) -> str:
    """The Argon2id hash of a new password; raises ``InputError`` (``access.password``) by its length."""
    if not SHORTEST <= len(password) <= LONGEST:
        raise InputError(
            "access.password",
            received=f"a password of {len(password)} characters",
            allowed=f"{SHORTEST} to {LONGEST} characters of any kind",
            fix="Use a password manager, or a sentence that nobody else would think of.",
        )
    return _hasher.hash(_normal(password))


def matches(password: str, kept: str | None) -> bool:
    """Whether a password fits its hash; it takes as long where there is no hash."""
    try:
        return _hasher.verify(kept or _nobody(), _normal(password[:LONGEST])) and bool(kept)
    except (VerificationError, InvalidHashError):
        return False


def outdated(kept: str) -> bool:
    """Whether a hash was made with weaker parameters than today's."""
    return _hasher.check_needs_rehash(kept)


@cache
def _nobody() -> str:
    return _hasher.hash("a password that no account has")


def _normal(password: str) -> bytes:
    """The same bytes however a keyboard composes its letters."""
    return unicodedata.normalize("NFKC", password).encode("utf-8", "surrogatepass")
