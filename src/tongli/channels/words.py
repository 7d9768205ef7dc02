"""S(E(x)) of words: what the heads feel in them, with culture and risks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tongli.channels.address import Addressed
from tongli.channels.named import Named
from tongli.channels.suspicion import Suspicions
from tongli.core import Message, Reading
from tongli.emotion.evident import evident
from tongli.emotion.heads import Heads
from tongli.empathy.culture.readings import CultureReader
from tongli.encoders.segment import words
from tongli.encoders.text import TextEncoder
from tongli.safety.risk import with_risks


@dataclass(frozen=True, slots=True)
class Words:
    """Reads the words of messages.

    Attributes:
        encoder: E.
        heads: S, of the encoder's features.
        culture: tells what is bound to a culture.
        suspicions: of expressions that no claim knows; ``None`` for none.
    """

    encoder: TextEncoder
    heads: Heads
    culture: CultureReader
    suspicions: Suspicions | None = None

    def __call__(self, messages: Sequence[Message], *, evidence: bool = False) -> list[Reading]:
        """One reading a message, in order, with evidence spans on request.

        Raises:
            InputError: a text that cannot be read.
            ModelError: weights that cannot be had or read.
        """
        read = self.heads.read(self.encoder.encode(messages))
        found = Named(self.heads)(Addressed(self.encoder.id)(read))
        if evidence:
            found = evident(found, words=words, encoder=self.encoder, heads=self.heads)
        found = self.culture.read(found)
        if self.suspicions is not None:
            found = self.suspicions(found)
        return [with_risks(reading) for reading in found]
