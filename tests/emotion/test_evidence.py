from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from tongli.core import Claim, Language, Message, Reading
from tongli.emotion.evidence import hide, join, shapley, strongest, with_evidence

SCORES = st.floats(0, 1, width=32)


@given(st.integers(1, 20).flatmap(lambda n: hnp.arrays(np.float32, 2 * n, elements=SCORES)))
def test_weights_add_up_to_the_whole_change(scores):
    units = len(scores) // 2
    weights = shapley(scores, units)
    assert weights.sum() == pytest.approx(scores[0] - scores[units], abs=1e-4)


def test_weights_of_an_additive_score_are_its_terms():
    terms = np.array([0.5, -0.1, 0.2], np.float32)

    def score(hidden):
        return sum(term for index, term in enumerate(terms) if index not in hidden)

    forward = [score(set(range(count))) for count in range(4)]
    backward = [score(set(range(3 - count, 3))) for count in (1, 2)]
    np.testing.assert_allclose(shapley(np.array(forward + backward, np.float32), 3), terms, atol=1e-6)


def test_hiding_goes_one_unit_at_a_time():
    assert hide("so very sad!", [(0, 2), (3, 7), (8, 11)]) == ["so very sad!", "very sad!", "sad!", "!"]


@given(st.lists(st.integers(1, 5), min_size=1, max_size=200))
def test_joining_keeps_the_cover_and_the_limit(lengths):
    edges = np.cumsum([0, *lengths])
    units = list(zip(edges[:-1].tolist(), edges[1:].tolist(), strict=True))
    joined = join(units, most=16)
    assert len(joined) <= 16
    assert joined[0][0] == 0
    assert joined[-1][1] == edges[-1]
    assert all(left[1] <= right[0] for left, right in pairwise(joined))


def test_only_support_is_shown_and_most_of_it():
    chosen = strongest([(0, 1), (1, 2), (2, 3)], np.array([-0.4, 0.1, 0.6], np.float32))
    assert [item.span for item in chosen] == [(2, 3)]
    assert strongest([(0, 1)], np.array([-0.1], np.float32)) == ()


class WordHeads:
    """A head that counts one word."""

    def labels(self, name):
        return {"ekman6": ("anger", "joy"), "politeness": ("polite",)}[name]

    def values(self, features, pieces, *, languages):
        assert len(features) == len(pieces) == len(languages)
        count = np.minimum(features[:, :1] * 0.4, 1)
        return {"ekman6": np.hstack([np.zeros_like(count), count]), "politeness": 1 - count}


def test_evidence_falls_on_the_word_that_matters():
    text = "well happy day"
    claims = (
        Claim(dimension="emotion", label="joy", score=0.4, scheme="ekman6", source="head:ekman6"),
        Claim(dimension="politeness", label="impolite", score=0.4, source="head:politeness"),
        Claim(dimension="emotion", label=None, score=0.4, abstained=True, source="head:ekman6"),
        Claim(dimension="need", label="celebration", score=1, source="rule"),
    )
    reading = Reading(message=Message(text), language=Language(tag="en", score=1), claims=claims)
    found = with_evidence(
        reading,
        units=[(0, 4), (5, 10), (11, 14)],
        encode=lambda texts: (np.array([[t.count("happy")] for t in texts], np.float32), texts),
        heads=WordHeads(),
    )
    spans = [[item.span for item in claim.evidence] for claim in found.claims]
    assert spans == [[(5, 10)], [(5, 10)], [], []]
    assert found.claims[0].evidence[0].weight == pytest.approx(0.4)
