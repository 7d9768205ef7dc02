"""What a translation is asked to do beyond saying the same in another language."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from tongli.core.person import Agreement


@dataclass(frozen=True, slots=True, kw_only=True)
class TranslationBrief:
    """Wishes that an engine may follow; whatever it does, the checks see the same wishes.

    Attributes:
        address: how the reader is to be addressed where the target language makes a difference; ``None``
            leaves it as the engine has it.
        agreement: the author's declared agreement; ``None`` when undeclared.
        feeling: how the text is spoken, in a word; ``None`` where only the text tells.
        terms: words of the source, each with what they must be in the target.
        failed: what was wrong with an earlier draft, in words.
    """

    address: Literal["formal", "informal"] | None = None
    agreement: Agreement | None = None
    feeling: str | None = None
    terms: tuple[tuple[str, str], ...] = ()
    failed: tuple[str, ...] = ()
