"""One authored wording, with its forms of address and, where it agrees with the reader, its agreements.

``[Ihre|deine] Nachricht`` has a formal and an informal address; ``No estás <sola|solo|sole>`` a feminine,
a masculine and a neutral agreement, of which the last may be missing.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from tongli.core import Address

_ADDRESS = re.compile(r"\[([^\[\]|]*)\|([^\[\]|]*)\]")
_AGREEMENT = re.compile(r"<([^<>|]*)\|([^<>|]*)(?:\|([^<>|]*))?>")
_SLOT = re.compile(r"\{(name|keep|notices|signoff)\}")
_AGREEMENTS = ("feminine", "masculine", "neutral")


@dataclass(frozen=True, slots=True)
class Wording:
    """A wording as authored."""

    source: str

    @property
    def agrees(self) -> bool:
        """Some form depends on the reader's declared agreement."""
        return _AGREEMENT.search(self.source) is not None

    def render(self, *, address: Address, agreement: str | None = None) -> str | None:
        """The wording in one form of address, slots still open.

        Returns:
            ``None`` when the wording agrees with the reader and has no form for ``agreement``:
            an undeclared agreement never gets one.
        """
        text = self.source
        if self.agrees:
            if agreement not in _AGREEMENTS:
                return None
            forms = {found[1 + _AGREEMENTS.index(agreement)] for found in _AGREEMENT.finditer(text)}
            if None in forms:
                return None
            text = _AGREEMENT.sub(lambda found: found[1 + _AGREEMENTS.index(agreement)], text)
        return _ADDRESS.sub(lambda found: found[1 if address == "formal" else 2], text)


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
