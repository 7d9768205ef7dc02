"""Encryption of what people declare, with a key that never stands on a command line."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from tongli.core import ConfigError, StorageError

if TYPE_CHECKING:
    from cryptography.fernet import Fernet

KEY, KEY_FILE = "TONGLI_PEOPLE_KEY", "TONGLI_PEOPLE_KEY_FILE"
"""Where the key comes from: the variable, or a file that the second one names."""

_SEALED = b"gAAAA"
"""How every Fernet token begins: version 0x80 and the high bytes of its time."""


class Cipher(Protocol):
    """Seals and opens bytes."""

    def encrypt(self, data: bytes) -> bytes:
        """Sealed bytes."""

    def decrypt(self, token: bytes) -> bytes:
        """The bytes again."""


def cipher(env: Mapping[str, str] | None = None) -> Cipher | None:
    """The cipher of the key in the environment; ``None`` where there is no key.

    Raises:
        ConfigError: ``people.key`` for a key that is none, ``people.cryptography`` without the package.
    """
    env = os.environ if env is None else env
    key = env.get(KEY) or _from_file(env.get(KEY_FILE))
    if not key:
        return None
    try:
        return _fernet()(key.strip().encode())
    except ValueError:
        raise ConfigError(
            "people.key",
            received=f"a key in {KEY} or {KEY_FILE} that is none",
            allowed="32 bytes in URL-safe base64",
            fix="Make one with Fernet.generate_key() of the package cryptography.",
        ) from None


def is_sealed(data: bytes) -> bool:
    """Whether bytes are encrypted."""
    return data.startswith(_SEALED)


def unseal(data: bytes, key: Cipher | None) -> bytes:
    """Bytes, opened if they are sealed.

    Raises:
        StorageError: ``people.locked`` without the right key.
    """
    if not is_sealed(data):
        return data
    if key is not None:
        from cryptography.fernet import InvalidToken

        try:
            return key.decrypt(data)
        except InvalidToken:
            pass
    raise StorageError(
        "people.locked",
        received="an encrypted store and " + ("no key" if key is None else "a key that does not open it"),
        allowed="the key that it was written with",
        fix=f"Set {KEY}, or {KEY_FILE} to the path of a file with the key. Nobody can open it without: "
        "if the key is lost, move the store away and import people again.",
    )


def _from_file(path: str | None) -> str | None:
    if not path:
        return None
    try:
        return Path(path).expanduser().read_text("ascii")
    except (OSError, ValueError):
        raise ConfigError(
            "people.key",
            received=f"{KEY_FILE}, which names no readable key",
            allowed="the path of a file with one key",
            fix="Check the path and its permissions.",
        ) from None


def _fernet() -> type[Fernet]:
    try:
        from cryptography.fernet import Fernet
    except ImportError:
        raise ConfigError(
            "people.cryptography",
            received="a key, but no package to use it with",
            allowed="the package cryptography",
            fix='Install it: pip install "tongli[people]".',
        ) from None
    return Fernet
