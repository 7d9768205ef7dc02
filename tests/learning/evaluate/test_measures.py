"""Every measure against scikit-learn or SciPy, with and without masked targets."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from scipy import stats
from sklearn import metrics as sk

from tongli.knowledge.schemes import SCHEMES
from tongli.learning.data.record import Record
from tongli.learning.evaluate import measures
from tongli.learning.evaluate.measures import MEASURES
from tongli.learning.evaluate.sheet import make_sheet

SHAPES = st.tuples(st.integers(1, 12), st.integers(1, 4))
SHARES = st.sampled_from([0.0, 0.1, 0.2, 0.25, 0.4, 0.6, 0.75, 0.9, 1.0])  # few values, so many ties


@st.composite
def tables(draw, *, masked=True):
    """Values, decided and truth of one shape; some truths are nan."""
    shape = draw(SHAPES)
    values = draw(arrays.arrays(np.float64, shape, elements=SHARES))
    marks = st.sampled_from([0.0, 1.0, np.nan] if masked else [0.0, 1.0])
    truth = draw(arrays.arrays(np.float64, shape, elements=marks))
    return values, draw(arrays.arrays(bool, shape)), truth


def same(found, expected):
    assert found == pytest.approx(expected, abs=1e-6, nan_ok=True)


@given(tables(masked=False))
def test_sets_of_labels(table):
    _, decided, truth = table
    options = {"zero_division": 0}
    columns = range(truth.shape[1])
    wide = np.column_stack([truth, np.zeros(len(truth))]), np.column_stack([decided, np.zeros(len(truth))])
    same(measures.accuracy(decided, truth), sk.accuracy_score(*wide))
    same(measures.macro_f1(decided, truth), sk.f1_score(*wide, labels=[*columns], average="macro", **options))
    same(measures.micro_f1(decided, truth), sk.f1_score(truth.ravel(), decided.ravel(), **options))
    same(measures.jaccard(decided, truth), sk.jaccard_score(*wide, average="samples", zero_division=1))


@given(tables())
def test_ranking(table):
    values, _, truth = (array[:, 0] for array in table)
    known = ~np.isnan(truth)
    goal, value = truth[known], values[known]
    if len(set(goal)) == 2:
        same(measures.roc_auc(values, truth), sk.roc_auc_score(goal, value))
    else:
        assert np.isnan(measures.roc_auc(values, truth))
    if goal.any():
        same(measures.average_precision(values, truth), sk.average_precision_score(goal, value))
    else:
        assert np.isnan(measures.average_precision(values, truth))


@given(tables())
def test_distances_and_correlation(table):
    values, _, truth = table
    known = ~np.isnan(truth)
    goal, value = truth[known], values[known]
    if len(goal):
        same(measures.mean_absolute_error(values, truth), sk.mean_absolute_error(goal, value))
        same(measures.brier(values, truth), sk.brier_score_loss(goal, value, pos_label=1, labels=[0, 1]))
        same(measures.ranks(value), stats.rankdata(value))
    if len(set(goal)) > 1 and len(set(value)) > 1:
        same(measures.spearman(values.ravel(), truth.ravel()), stats.spearmanr(value, goal).statistic)


@given(tables())
def test_what_nobody_annotated_changes_nothing(table):
    values, decided, truth = table
    more = np.vstack([truth, np.full((1, truth.shape[1]), np.nan)])
    for name in ("accuracy", "macro_f1", "micro_f1", "jaccard"):
        measure = getattr(measures, name)
        same(measure(np.vstack([decided, decided[:1]]), more), measure(decided, truth))
    for name in ("brier", "mean_absolute_error", "expected_calibration_error"):
        measure = getattr(measures, name)
        same(measure(np.vstack([values, values[:1]]), more), measure(values, truth))


@given(tables(masked=False))
def test_calibration_error_against_its_definition(table):
    values, _, truth = (array.ravel() for array in table)
    place = np.clip(np.digitize(values, np.arange(1, 16) / 15), 0, 14)
    gaps = [
        abs((values - truth)[place == one].mean()) * (place == one).mean()
        for one in np.unique(place).tolist()
    ]
    same(measures.expected_calibration_error(values, truth), sum(gaps))


def record(head, **labels):
    return Record(id="1", text="x", labels={head: labels})


def line(head, scores):
    return {"scores": {head: scores}, "claims": []}


def test_multiclass_brier_is_the_sum_over_classes():
    sheet = make_sheet(
        "sentiment",
        [record("sentiment", positive=1), record("sentiment", negative=1)],
        [line("sentiment", {"negative": 0.2, "neutral": 0.3, "positive": 0.5})] * 2,
    )
    expected = sk.brier_score_loss(
        ["positive", "negative"], [[0.2, 0.3, 0.5]] * 2, labels=["negative", "neutral", "positive"]
    )
    same(MEASURES["multiclass"]["brier"](sheet), expected)


def test_binary_brier_and_auc_are_those_of_the_positive_class():
    goal, value = [1, 0, 1], [0.9, 0.4, 0.3]
    sheet = make_sheet(
        "politeness",
        [record("politeness", polite=one) for one in goal],
        [line("politeness", one) for one in value],
    )
    same(MEASURES["binary"]["brier"](sheet), sk.brier_score_loss(goal, value))
    same(MEASURES["binary"]["auc"](sheet), sk.roc_auc_score(goal, value))
    same(MEASURES["binary"]["macro_f1"](sheet), sk.f1_score(goal, [1, 0, 0], average="macro"))


@pytest.mark.parametrize("scheme", SCHEMES.values(), ids=SCHEMES)
def test_every_measure_is_undefined_on_nothing_annotated(scheme):
    scores = dict.fromkeys(scheme.labels, 1.0) if len(scheme.labels) > 1 else 1.0
    sheet = make_sheet(scheme.name, [Record(id="1", text="x")], [line(scheme.name, scores)])
    assert all(np.isnan(measure(sheet)) for measure in MEASURES[scheme.kind].values())
