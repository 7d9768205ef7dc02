"""One authored wording, with its forms of address: ``[Ihre|deine] Nachricht``.

No wording agrees with its reader, so that everybody is told the same, whatever they declared.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from tongli.core import Address

_ADDRESS = re.compile(r"\[([^\[\]|]*)\|([^\[\]|]*)\]")
_SLOT = re.compile(r"\{(name|keep|notices|signoff)\}")


@dataclass(frozen=True, slots=True)
class Wording:
    """A wording as authored."""

    source: str

    def render(self, *, address: Address) -> str:
        """The wording in one form of address, slots still open."""
        return _ADDRESS.sub(lambda found: found[1 if address == "formal" else 2], self.source)


def slots_in(text: str) -> list[str]:
    """Names of the slots still open, in order."""
    return _SLOT.findall(text)


def fill(text: str, values: Mapping[str, str]) -> str:
    """Put values into slots; a value is never read as a slot itself."""
    return _SLOT.sub(lambda found: values[found[1]], text)


def capitalise(text: str) -> str:
    """Upper-case the first letter only; scripts without case stay as they are."""
    return text[:1].upper() + text[1:]


def space_french(text: str) -> str:
    """Make the spaces of French punctuation unbreakable: narrow before ``? ! ;``, full before ``:``.

    References:
        Imprimerie nationale, "Lexique des règles typographiques en usage".
    """
    return re.sub(r" (?=[?!;»])", "\u202f", text).replace(" :", "\u00a0:").replace("« ", "«\u202f")
