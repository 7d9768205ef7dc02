from __future__ import annotations

from tongli.core import Claim, Language, Message, Reading
from tongli.emotion.evident import evident


class Refuses:
    """An encoder that nothing may be asked of."""

    def read(self, texts):
        raise AssertionError(texts)

    tokens = read


def test_readings_without_decided_claims_cost_nothing():
    claims = (Claim(dimension="emotion", label="joy", score=0.5, abstained=True, source="head:ekman6"),)
    readings = [Reading(message=Message("Hello"), language=Language(tag="en", score=1.0), claims=claims)] * 2
    assert evident(readings, words=lambda text: [(0, len(text))], encoder=Refuses(), heads=None) == readings
