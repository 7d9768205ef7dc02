"""Texts at rest: JSON, compressed, and encrypted where there is a key."""

from __future__ import annotations

import json
import zlib
from dataclasses import dataclass
from typing import Any

from tongli.applications.people.cipher import Cipher, unseal

_PLAIN = b"\0"
"""How unencrypted values begin; no Fernet token does."""


@dataclass(frozen=True, slots=True)
class Seal:
    """Closes and opens private values.

    Args:
        key: encrypts what is closed from now on; values that were closed without it still open.
    """

    key: Cipher | None = None

    def close(self, value: Any) -> bytes:
        """JSON data as bytes for the database."""
        packed = zlib.compress(json.dumps(value, separators=(",", ":")).encode("ascii"))
        return _PLAIN + packed if self.key is None else self.key.encrypt(packed)

    def open(self, kept: bytes) -> Any:
        """The data again; raises ``StorageError`` (``people.locked``) without the right key."""
        packed = kept[1:] if kept.startswith(_PLAIN) else unseal(kept, self.key)
        return json.loads(zlib.decompress(packed))
