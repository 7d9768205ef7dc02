"""The stages of y = G(E(x), C(S(E(x)))) as protocols: what a plug-in must offer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol, runtime_checkable

from tongli.core.encoding import Encoding, FloatArray, Tokens
from tongli.core.message import Message
from tongli.core.reading import Reading
from tongli.core.response import Draft, Plan
from tongli.core.translation import TranslationBrief


@runtime_checkable
class Encoder(Protocol):
    """E: messages to arrays. Constructors are cheap; ``load`` reads the weights and may be called twice."""

    def load(self) -> None:
        """Read the weights; raises ``ModelError``."""

    def encode(self, messages: Sequence[Message]) -> list[Encoding]:
        """Encode, keeping the order; one encoding a message."""

    def features(self, texts: Sequence[str]) -> FloatArray:
        """Features of raw strings, ``(texts, features)``, for occlusion: no checks, no language."""

    def sentences(self, texts: Sequence[str]) -> FloatArray:
        """Sentence vectors of raw strings, ``(texts, hidden)``, unit length: to compare meanings by."""


@runtime_checkable
class Emotion(Protocol):
    """S: encodings to readings."""

    def read(self, encodings: Sequence[Encoding]) -> list[Reading]:
        """Read, keeping the order; one reading an encoding."""


@runtime_checkable
class Perspective(Protocol):
    """One part of C. Closed over ``Reading``, so perspectives chain."""

    def see(self, reading: Reading) -> Reading:
        """Return the reading with this perspective's part of ``empathy`` and its claims added."""


@runtime_checkable
class Engine(Protocol):
    """The drafting part of G. Whatever wrote a draft, the same checks judge it."""

    name: str

    def languages(self) -> frozenset[str] | None:
        """Languages the engine writes well; ``None`` when it makes no promise."""

    def draft(self, plan: Plan, reading: Reading, *, n: int = 1) -> list[Draft]:
        """At most ``n`` different drafts; raises ``EngineError``."""


@runtime_checkable
class Translator(Protocol):
    """The drafting part of a translation; the same checks judge whatever it writes."""

    name: str
    follows: bool
    """Whether a brief changes anything; if not, asking again gives the same drafts."""

    def pairs(self) -> frozenset[tuple[str, str]] | None:
        """(source, target) as language subtags; ``None`` when it makes no promise. Raises ``EngineError``."""

    def translate(
        self,
        texts: Sequence[str],
        *,
        source: str,
        target: str,
        n: int = 1,
        brief: TranslationBrief | None = None,
    ) -> list[list[Draft]]:
        """At most ``n`` different drafts a text, the best first, in order; none for a text that is too long.

        Raises ``EngineError``. A text is best one sentence; markup, numbers and placeholders stay.
        """


class Reader(Protocol):
    """Something that reads texts: the pipeline itself, handed to checks so that they use the same models."""

    def encode(self, messages: Sequence[Message]) -> list[Encoding]:
        """E."""

    def sentences(self, texts: Sequence[str]) -> FloatArray:
        """Sentence vectors, ``(texts, hidden)``, unit length."""

    def tokens(self, texts: Sequence[str]) -> list[Tokens]:
        """States of every token of raw strings, with their places."""

    def read_many(self, messages: Sequence[Message]) -> list[Reading]:
        """S(E(x)) for each message, without evidence."""
