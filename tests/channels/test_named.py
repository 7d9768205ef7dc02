"""Emotions where a message names the writer's own."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tongli.channels.named import HEAD, Named
from tongli.core import Language, Message, Reading
from tongli.emotion.claims import claims_of
from tongli.emotion.heads import Heads

HEADS = Heads(names=[HEAD])


def read(text: str, values: dict[str, float], *, lang: str = "en") -> Reading:
    language = Language(tag=lang, score=1.0)
    claims = tuple(claims_of(HEADS.card(HEAD), values, language))
    return Reading(message=Message(text), language=language, claims=claims, scores={HEAD: values})


def decided(reading: Reading) -> list[str | None]:
    return [claim.label for claim in reading.claims if not claim.abstained]


VALUES = dict.fromkeys(HEADS.labels(HEAD), 0.05) | {"fear": 0.7, "anger": 0.1}


def test_the_word_decides() -> None:
    before = read("I am furious.", VALUES)
    (found,) = Named(HEADS)([before])
    assert decided(before) == ["fear"]
    assert decided(found) == ["anger"]
    scores = found.scores[HEAD]
    assert isinstance(scores, dict)
    assert max(scores, key=scores.__getitem__) == "anger"


def test_what_the_head_was_sure_of_is_not_lowered() -> None:
    (found,) = Named(HEADS)([read("I am furious.", VALUES | {"anger": 0.99})])
    assert found.scores[HEAD]["anger"] == pytest.approx(0.99)  # type: ignore[index]


@pytest.mark.parametrize("text", ["I am not furious.", "My parcel is late.", "She is furious."])
def test_other_messages_stay_as_they_are(text: str) -> None:
    reading = read(text, VALUES)
    assert Named(HEADS)([reading]) == [reading]


def test_intensity_follows_and_other_claims_stay() -> None:
    reading = read("Estoy furiosa.", VALUES, lang="es")
    intensities = dict.fromkeys(VALUES, 1.0) | {"anger": 2.5}
    reading = replace(reading, scores={**reading.scores, "intensity": intensities})
    (found,) = Named(HEADS)([reading])
    assert [(each.dimension, each.label, each.score) for each in found.claims][1:] == [
        ("intensity", "anger", 2.5)
    ]


def test_without_the_head_nothing_is_read() -> None:
    reading = replace(read("I am furious.", VALUES), scores={}, claims=())
    assert Named(HEADS)([reading]) == [reading]
