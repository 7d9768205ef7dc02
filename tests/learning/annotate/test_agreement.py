from __future__ import annotations

import pytest

from tongli.core import InputError
from tongli.knowledge.schemes import SCHEMES
from tongli.learning.annotate.agreement import ALL, agreements, disputes
from tongli.learning.annotate.labelstudio import Item, Judgement
from tongli.learning.data.record import Record


def item(name, lang, *answers, head="ekman6"):
    """An item that a1, a2, … judged; a string lists labels, ``None`` is no judgement."""
    labels = SCHEMES[head].labels
    judgements = [
        Judgement(annotator=f"a{number}", values={head: {label: float(label in chosen) for label in labels}})
        for number, chosen in enumerate(answers, start=1)
        if chosen is not None
    ]
    return Item(record=Record(id=name, text=name, lang=lang), judgements=tuple(judgements))


def test_each_label_in_each_language():
    items = [
        *(item(f"e{i}", "en", "joy", "joy") for i in range(3)),
        *(item(f"f{i}", "en", "fear", "fear") for i in range(3)),
        item("d1", "de", "joy", "fear"),
        item("d2", "de", "fear", "joy"),
    ]
    rows = {(row.label, row.lang): row for row in agreements(items, by_language=True, draws=50)}
    assert {lang for _, lang in rows} == {ALL, "en", "de"}
    assert rows["joy", "en"].alpha == 1
    assert rows["joy", "de"].alpha < 0
    assert rows["joy", "de"].alpha < rows["joy", ALL].alpha < 1
    assert rows["joy", ALL].items == 8
    assert rows["anger", ALL].alpha != rows["anger", ALL].alpha  # nobody ever chose it: undefined


def test_missing_judgements_and_metrics():
    rated = [
        Item(
            record=Record(id=str(i), text="x"),
            judgements=tuple(
                Judgement(annotator=f"a{n}", values={"intensity": {"joy": value}})
                for n, value in enumerate(values)
            ),
        )
        for i, values in enumerate([(0.0, 0.0), (3.0, 2.0), (1.0,)])
    ]
    (row,) = agreements(rated, draws=20)
    assert (row.head, row.label, row.metric, row.items) == ("intensity", "joy", "ordinal", 2)


def test_a_multiclass_head_has_one_alpha():
    items = [
        item("1", "en", "positive", "positive", head="sentiment"),
        item("2", "en", "negative", "negative", head="sentiment"),
        item("3", "en", "neutral", "positive", head="sentiment"),
    ]
    (row,) = agreements(items, draws=20)
    # Two negative, one neutral and three positive ratings; one pair differs.
    assert row.label == ALL
    assert row.alpha == pytest.approx(1 - 5 * 2 / (2 * (2 * 1 + 2 * 3 + 1 * 3)))


def test_one_annotator_is_no_agreement():
    with pytest.raises(InputError) as caught:
        agreements([item("1", "en", "joy")])
    assert caught.value.code == "annotate.agreement"


def test_what_divides_most_comes_first():
    items = [
        item("same", "en", "joy", "joy", "joy"),
        item("half", "en", ("joy", "surprise"), "joy", None),
        item("apart", "en", "joy", "fear", "anger"),
        item("alone", "en", "joy"),
        item("calm", "en", "", ""),
    ]
    found = disputes(items)
    assert [(one.id, one.disagreement) for one in found] == [("apart", 1.0), ("half", 0.5)]
    assert disputes(items, count=1) == found[:1]


def test_disagreement_of_ratings_and_choices():
    def both(head, label, one, two):
        return Item(
            record=Record(id=head, text="x"),
            judgements=(
                Judgement(annotator="a1", values={head: {label: one}}),
                Judgement(annotator="a2", values={head: {label: two}}),
            ),
        )

    items = [both("distress", "distress", 1.0, 4.0), both("politeness", "polite", 0.0, 1.0)]
    assert [(one.id, one.disagreement) for one in disputes(items)] == [("politeness", 1.0), ("distress", 0.5)]
