"""Which form of address a text itself uses, where clear markers show it (du or Sie, tu or vous, ты or вы).

Markers are authored per language and kept to unambiguous ones: a language without any, a text without any
and a text with both all stay undecided. Quotations, links and e-mail addresses are left out, since they are
not addressed to the reader.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from tongli.core import Address, Span
from tongli.knowledge.language import LanguageProfile

_NOT_ADDRESS = re.compile(
    r"“[^“”]{0,500}”|„[^„“”]{0,500}[“”]|«[^«»]{0,500}»|»[^«»]{0,500}«|\"[^\"\n]{0,500}\""
    r"|「[^「」]{0,500}」|『[^『』]{0,500}』|https?://\S+|\bwww\.\S+|[\w.+-]{1,64}@[\w-]+\.[\w.-]+"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class AddressUse:
    """The markers found.

    Attributes:
        formal, informal: spans of the markers, in code points of the text.
    """

    formal: tuple[Span, ...] = ()
    informal: tuple[Span, ...] = ()

    @property
    def decided(self) -> Address | None:
        """The form used; ``None`` without markers or with both kinds."""
        if self.mixed or not (self.formal or self.informal):
            return None
        return "formal" if self.formal else "informal"

    @property
    def mixed(self) -> bool:
        """Whether both kinds occur."""
        return bool(self.formal and self.informal)


def blank_quotations(text: str) -> str:
    """The text with quotations, links and e-mail addresses replaced by spaces, no offset moved."""
    return _NOT_ADDRESS.sub(lambda found: " " * len(found[0]), text)


def find_address(text: str, profile: LanguageProfile) -> AddressUse:
    """Markers of address in a text of the profile's language; linear in the length of the text."""
    own = blank_quotations(text)
    spans = {
        key: tuple(found.span() for found in pattern.finditer(own))
        for key, pattern in profile.markers.items()
    }
    return AddressUse(formal=spans.get("formal", ()), informal=spans.get("informal", ()))
