from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import pytest

from tongli.core import FloatArray, Language, Message, Reading, Tokens
from tongli.empathy.culture import CultureReader
from tongli.empathy.figurative import Figurative


def embed(texts: Sequence[str]) -> FloatArray:
    """Vectors of unit length that tell texts apart by their letters; what they mean does not matter here."""
    rows = np.array([[text.count(letter) + 1.0 for letter in "aeiou"] for text in texts], np.float32)
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


def foreign(texts: Sequence[str]) -> list[Tokens]:
    """States of an encoder that no weights belong to."""
    return [Tokens(spans=(), states=np.zeros((0, 1), np.float32), encoder="other") for _ in texts]


@pytest.fixture
def read() -> Callable[..., Reading]:
    """One message with its claims of culture."""

    def make(text: str, *, lang: str, **context: object) -> Reading:
        reading = Reading(
            message=Message(text, **context),  # type: ignore[arg-type]
            language=Language(tag=lang, score=1.0),
        )
        return CultureReader(embed, tokens=foreign, figurative=Figurative(foreign)).read([reading])[0]

    return make
