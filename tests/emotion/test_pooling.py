from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongli import Tongli
from tongli.core import Message
from tongli.emotion.card import Calibration, Card, Thresholds
from tongli.emotion.pooling import advised, pooled
from tongli.knowledge.schemes import SCHEMES


def card(head: str, *, languages: tuple[str, ...], threshold: float) -> Card:
    labels = SCHEMES[head].labels
    zeros = (0.0,) * len(labels)
    return Card(
        head=head,
        encoder="any",
        labels=labels,
        data=(),
        languages=languages,
        calibration=Calibration(slope=zeros, offset=zeros),
        thresholds=Thresholds(default=(threshold,) * len(labels)),
        doubt=0.0,
        metrics={},
    )


OWN = card("ekman6", languages=("en",), threshold=0.4)
LENDER = card("plutchik8", languages=("en", "nl"), threshold=0.2)


def at(value: float, texts: int = 1) -> np.ndarray:
    return np.full((texts, 6), value, np.float32)


def lent(value: float, texts: int = 1) -> np.ndarray:
    return np.full((texts, 8), value, np.float32)


def test_only_languages_that_the_lender_alone_has_learnt_are_moved() -> None:
    found = pooled(at(0.1, 3), lent(0.9, 3), card=OWN, lender=LENDER, languages=["en", "nl", "fi"])
    assert found[[0, 2]] == pytest.approx(at(0.1, 2))
    assert (found[1] > 0.4).all()


@given(own=st.floats(0.01, 0.99), other=st.floats(0.01, 0.99))
def test_a_label_that_both_decide_stays_decided_and_one_that_neither_does_undecided(
    own: float, other: float
) -> None:
    value = pooled(at(own), lent(other), card=OWN, lender=LENDER, languages=["nl"])[0, 0]
    if own > 0.41 and other > 0.21:
        assert value > 0.4
    if own < 0.39 and other < 0.19:
        assert value < 0.4


def test_columns_of_the_lender_are_found_by_label() -> None:
    values = lent(0.2)
    values[0, LENDER.labels.index("anger")] = 0.99
    found = pooled(at(0.1), values, card=OWN, lender=LENDER, languages=["nl"])[0]
    assert [label for label, value in zip(OWN.labels, found, strict=True) if value > 0.4] == ["anger"]


def test_the_thresholds_of_both_count() -> None:
    careful = replace(LENDER, thresholds=Thresholds(default=(0.8,) * 8))
    low = pooled(at(0.4), lent(0.5), card=OWN, lender=careful, languages=["nl"])
    high = pooled(at(0.4), lent(0.5), card=OWN, lender=LENDER, languages=["nl"])
    assert (low < 0.4).all()
    assert (high > 0.4).all()


@pytest.mark.models
def test_one_head_alone_reads_as_it_does_among_all() -> None:
    message = Message("Olen raivoissani, tämä on jo kolmas kerta!", lang="fi")
    alone = Tongli(heads=["ekman6"]).read(message, evidence=False)
    among = Tongli().read(message, evidence=False)
    assert alone.scores["ekman6"] == among.scores["ekman6"]
    assert "plutchik8" not in alone.scores
    assert "anger" in {claim.label for claim in alone.decided("emotion", scheme="ekman6")}


ADVISER = card("goemotions28", languages=("en",), threshold=0.3)


def advice(texts: int = 1, **values: float) -> np.ndarray:
    row = [values.get(label, 0.3) for label in ADVISER.labels]
    return np.full((texts, len(row)), row, np.float32)


def test_feelings_are_advised_only_where_both_have_learnt_the_language() -> None:
    finer = advice(3, anger=0.99, neutral=0.01)
    found = advised(at(0.39, 3), finer, card=OWN, adviser=ADVISER, languages=["en", "nl", "fi"])
    assert found[[1, 2]] == pytest.approx(at(0.39, 2), abs=1e-6)
    assert found[0].max() > 0.4


def test_the_most_probable_of_an_emotions_finer_labels_speaks_for_it() -> None:
    finer = advice(annoyance=0.95, anger=0.1, neutral=0.01)
    found = advised(at(0.39), finer, card=OWN, adviser=ADVISER, languages=["en"])[0]
    labels = dict(zip(OWN.labels, found, strict=True))
    assert labels.pop("anger") > 0.4
    assert list(labels.values()) == pytest.approx([0.39] * 5, abs=0.01)


def test_neither_neutral_nor_moved_is_left_as_it_is() -> None:
    found = advised(at(0.4), advice(neutral=0.5), card=OWN, adviser=ADVISER, languages=["en-GB"])
    assert found == pytest.approx(at(0.4), abs=1e-6)
