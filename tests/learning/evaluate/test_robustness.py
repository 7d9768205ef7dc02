import pytest

from tongli.core import ConfigError
from tongli.learning.data.record import Record
from tongli.learning.evaluate.robustness import measure_robustness

RECORDS = [
    Record(id=str(at), text=text, labels={"formality": {"formal": float(text == "formal words here")}})
    for at, text in enumerate(["formal words here", "casual words here"] * 20)
]


def brittle(records):
    """Knows the whole text by heart and calls everything else casual."""
    return [
        {"scores": {"formality": float(item.text == "formal words here")}, "claims": []} for item in records
    ]


def test_a_brittle_model_loses_more_at_higher_rates():
    curve, casing = measure_robustness(
        brittle, RECORDS, heads=["formality"], attacks=["typos", "casing"], rates=(0, 0.1, 0.5, 1), seed=2
    )
    assert (curve.head, curve.attack, curve.measure) == ("formality", "typos", "macro_f1")
    assert curve.figures[0] == 1
    assert list(curve.figures) == sorted(curve.figures, reverse=True)
    assert curve.figures[-1] < 0.5
    assert list(curve.texts_changed) == sorted(curve.texts_changed)
    assert casing.figures[-1] < 0.5


def test_an_attack_that_finds_nothing_asks_nothing():
    asked = []

    def counting(records):
        asked.append(len(records))
        return brittle(records)

    (curve,) = measure_robustness(
        counting, RECORDS, heads=["formality"], attacks=["punctuation"], rates=(0, 1)
    )
    assert curve.figures == (1, 1)
    assert asked == [len(RECORDS)]


def test_an_unknown_attack():
    with pytest.raises(ConfigError) as caught:
        measure_robustness(brittle, RECORDS, heads=["formality"], attacks=["laser"])
    assert caught.value.code == "attack.unknown"
