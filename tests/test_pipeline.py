"""The pipeline as a whole, on a tiny encoder."""

from __future__ import annotations

import pytest

from tongli import Message, Tongli
from tongli.safety.risk import NOTE

TEXT = "Nobody would care. I want to kill myself."


@pytest.fixture(scope="module")
def tongli(tiny_model, tiny_settings) -> Tongli:
    return Tongli(model=str(tiny_model), settings=tiny_settings)


@pytest.mark.parametrize("evidence", [False, True])
def test_every_reading_claims_risks_with_their_words(tongli, evidence):
    first, second = tongli.read_many(
        [Message(TEXT, lang="en"), Message("All is well.", lang="en")], evidence=evidence
    )
    (risk,) = [claim for claim in first.claims if claim.dimension == "risk"]
    assert [TEXT[slice(*item.span)] for item in risk.evidence] == ["want to kill myself"]
    assert NOTE in first.notes
    assert not [claim for claim in second.claims if claim.dimension == "risk"]


def test_a_single_reading_claims_them_once(tongli):
    reading = tongli.read(TEXT, evidence=False)
    assert [claim.label for claim in reading.claims if claim.dimension == "risk"] == ["self_harm"]
    assert reading.notes.count(NOTE) == 1
