from tongli.knowledge.needs import EKMAN_OF_GOEMOTION, EMOTION_NEEDS, FINE_NEEDS, NEGATIVE, STRATEGIES, STRONG
from tongli.knowledge.schemes import EKMAN6, GOEMOTIONS28


def test_every_emotion_has_a_sourced_row_with_a_counter_example():
    assert set(EMOTION_NEEDS) == set(EKMAN6)
    for row in EMOTION_NEEDS.values():
        assert row.needs
        assert {row.mild, row.strong} <= set(STRATEGIES)
        assert row.theme
        assert row.source
        assert row.counter


def test_strength_changes_the_strategy():
    assert EMOTION_NEEDS["anger"].strategy(STRONG) == "reflect"
    assert EMOTION_NEEDS["anger"].strategy(STRONG - 0.01) == "suggest"


def test_labels_are_those_of_the_schemes():
    assert set(EKMAN_OF_GOEMOTION) == set(GOEMOTIONS28) - {"neutral"}
    assert set(EKMAN_OF_GOEMOTION.values()) == set(EKMAN6)
    assert set(FINE_NEEDS) <= set(GOEMOTIONS28)
    assert set(EKMAN6) > NEGATIVE
