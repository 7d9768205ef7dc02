from __future__ import annotations

import pytest

from tongli.learning.evaluate.resample import Resampling
from tongli.learning.tagging.records import SpanRecord
from tongli.learning.tagging.scores import Found, count, f1, join, measure

TEXT = "one two three four"
ONE, TWO, THREE = (0, 3, "x"), (4, 7, "x"), (8, 13, "x")


def found(truth, spans, *, lang="en", group="", scores=None) -> Found:
    record = SpanRecord(
        id=f"{lang}{group}{truth}{spans}", text=TEXT, spans=tuple(truth), lang=lang, group=group
    )
    return Found(record=record, spans=tuple(spans), scores=tuple(scores or [0.9] * len(spans)))


def test_a_span_counts_only_with_both_borders_and_its_label():
    counts = count([ONE, TWO], [ONE, (4, 8, "x"), (8, 13, "y")], TEXT)
    assert counts[0].tolist() == [1, 3, 2]


def test_joining_forgives_where_annotators_split():
    assert join([ONE, TWO, THREE], TEXT) == {(0, 13, "x")}
    assert join([ONE, (4, 7, "y")], TEXT) == {ONE, (4, 7, "y")}
    exact, joined, overlap = count([ONE, TWO], [(0, 7, "x")], TEXT)
    assert exact.tolist() == [0, 1, 2]
    assert joined.tolist() == [1, 1, 1]
    assert overlap.tolist() == [6, 7, 6]


def test_f1_of_nothing():
    assert f1(count([], [], TEXT)[None, 0]) == 1
    assert f1(count([], [ONE], TEXT)[None, 0]) == 0


def test_figures_by_language_and_worst():
    figures = measure(
        [found([ONE], [ONE]), found([ONE, TWO], [ONE], lang="de"), found([], [THREE], lang="de")],
        how=Resampling(draws=50),
    )
    assert figures["span_f1_by_language"] == {"de": 0.5, "en": 1.0}
    assert figures["span_f1_mean"] == 0.75
    assert figures["span_f1_worst"] == 0.5
    assert figures["span_f1"] == pytest.approx(2 * 2 / 6, abs=1e-4)
    assert figures["spans"] == 3


def test_intervals_draw_whole_groups():
    same = [found([ONE], [ONE] if right else [], group="a") for right in (True, False)]
    apart = [found([ONE], [ONE] if right else [], group=str(right)) for right in (True, False)]
    how = Resampling(draws=200)
    assert measure(same, how=how)["span_f1_interval"] == [0.6667, 0.6667]
    assert measure(apart, how=how)["span_f1_interval"] == [0.0, 1.0]


def test_calibration_error_of_scores():
    right = [found([ONE], [ONE], scores=[0.5]), found([ONE], [TWO], scores=[0.5])]
    assert measure(right, how=Resampling(draws=5))["ece"] == 0
    sure = [found([ONE], [TWO], scores=[1.0])]
    assert measure(sure, how=Resampling(draws=5))["ece"] == 1
    assert measure([found([ONE], [])], how=Resampling(draws=5))["ece"] is None
