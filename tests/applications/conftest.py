"""A stand-in for the pipeline, quick and without models."""

from __future__ import annotations

import time
import zlib
from collections.abc import Sequence

import pytest

from tongli.core import Claim, Evidence, InputError, Language, Message, ModelError, Reading


class FakeReader:
    """Scores depend on everything that is read together, as they do with a quantised encoder."""

    def __init__(self, *, seconds: float = 0.0) -> None:
        self.seconds = seconds
        self.batches: list[int] = []

    def read_many(self, messages: Sequence[Message], *, evidence: bool = False) -> list[Reading]:
        self.batches.append(len(messages))
        time.sleep(self.seconds)
        together = zlib.crc32("|".join(message.text for message in messages).encode("utf-8", "replace"))
        return [self._one(message, together / 2**32, evidence=evidence) for message in messages]

    def _one(self, message: Message, score: float, *, evidence: bool) -> Reading:
        if "crash" in message.text:
            raise RuntimeError(f"cannot read {message.text}")
        if "refuse" in message.text:
            raise InputError("input.refused", received="a text", allowed="another", fix="Change it.")
        if "weights" in message.text:
            raise ModelError("model.missing", received="nothing", allowed="weights", fix="Pull them.")
        if "infinite" in message.text:
            score = float("inf")
        spans = (Evidence(span=(0, 1), weight=0.5),) if evidence else ()
        return Reading(
            message=message,
            language=Language(tag=message.lang or "und", score=1.0),
            claims=(Claim(dimension="emotion", label="joy", score=score, scheme="ekman6", evidence=spans),),
            scores={"ekman6": {"joy": score}, "politeness": len(message.history) / 10},
        )


@pytest.fixture
def reader() -> FakeReader:
    return FakeReader()
