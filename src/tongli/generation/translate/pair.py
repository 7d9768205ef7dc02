"""What the checks of a translation look at: a source as it was read, a draft, and the models."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from typing import Any

from tongli.core import Draft, Encoding, FloatArray, Message, Reader, Reading, Span, Tokens, TranslationBrief
from tongli.knowledge.tags import primary


@dataclass(frozen=True, kw_only=True)
class Pair:
    """A source and one draft of its translation.

    Attributes:
        source: the source, read.
        draft: the text to judge.
        target: BCP-47 tag that the draft must have.
        brief: what was asked for.
        reader: the models, run at the first look.
        contrary: where the draft says another form of its person than the source, and no rule could mend it.
    """

    source: Reading
    draft: Draft
    target: str
    brief: TranslationBrief
    reader: Reader
    contrary: tuple[Span, ...] = ()

    @property
    def before(self) -> str:
        """The source's text."""
        return self.source.message.text

    @property
    def after(self) -> str:
        """The draft's text."""
        return self.draft.text

    @cached_property
    def langs(self) -> tuple[str, str]:
        """Language subtags of source and target."""
        return primary(self.source.language.tag), primary(self.target)

    @cached_property
    def reading(self) -> Reading:
        """The draft as the models read it, its language taken as given."""
        return self.reader.read_many([Message(self.after, lang=self.target)])[0]

    @cached_property
    def encoded(self) -> Encoding:
        """The draft, its language not declared."""
        return self.reader.encode([Message(self.after)])[0]

    @cached_property
    def vectors(self) -> FloatArray:
        """Sentence vectors of draft and source, ``(2, hidden)``."""
        return self.reader.sentences([self.after, self.before])

    @cached_property
    def tokens(self) -> tuple[Tokens, Tokens]:
        """States of every token of draft and source."""
        after, before = self.reader.tokens([self.after, self.before])
        return after, before


@cache
def table(name: str) -> dict[str, Any]:
    """A whole file of ``data``."""
    text = (files(__package__) / "data" / f"{name}.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)
