from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongli.core import ConfigError, InputError
from tongli.knowledge.schemes import SCHEMES
from tongli.learning.data.record import Record
from tongli.learning.label_efficient.labelled import (
    as_records,
    fold_of,
    gather,
    require,
    require_deciding,
)
from tongli.learning.tasks import Example


def record(name, text, labels, **more):
    return Record(id=name, text=text, labels={"ekman6": labels}, **more)


def test_what_was_made_from_a_text_shares_its_group():
    found = gather(
        [
            record("a", "The tea is hot", {"joy": 1.0}),
            record("b", "The tea is hto", {"joy": 1.0}, parent="a"),
            record("c", "the  TEA is hot", {"joy": 0.0}),
            record("d", "Rain again", {"joy": 0.0}),
            record("e", "", {"joy": 0.0}, audio="e.wav"),
            Record(id="f", text="Nobody labelled this"),
        ],
        "ekman6",
    )
    assert [item.id for item in found.records] == ["a", "b", "c", "d"]
    first, made, same, other = found.groups
    assert first == made == same != other


def test_absent_is_unknown_unless_one_of_several_was_chosen():
    emotions = gather([record("a", "x", {"joy": 1.0, "fear": 0.0})], "ekman6").targets[0]
    assert (emotions[3], emotions[2], np.isnan(emotions).sum()) == (1, 0, 4)
    row = Record(id="a", text="x", labels={"sentiment": {"neutral": 1.0}})
    assert gather([row], "sentiment").targets.tolist() == [[0, 1, 0]]


def test_examples_of_the_public_sets_become_records():
    example = Example("x", "sw", np.array([1, np.nan, 0, 0, 0, 1], np.float32), "set")
    (row,) = as_records([example], "ekman6")
    assert (row.lang, row.source) == ("sw", "set")
    assert row.labels["ekman6"] == {"anger": 1, "fear": 0, "joy": 0, "sadness": 0, "surprise": 1}


def test_too_little_to_learn_from_is_refused():
    same = gather([record(str(n), f"text {n}", {"joy": 1.0}) for n in range(9)], "ekman6")
    with pytest.raises(InputError, match=r"labels\.few"):
        require(same, least=10)
    with pytest.raises(InputError, match=r"train\.one-class"):
        require(same, least=9)
    with pytest.raises(ConfigError, match=r"labels\.numbers"):
        require_deciding(SCHEMES["intensity"])
    require_deciding(SCHEMES["sentiment"])


@given(st.lists(st.sampled_from("abcdefgh"), min_size=1), st.integers(2, 5), st.integers(0, 9))
def test_a_group_lies_in_one_fold(groups, folds, seed):
    found = fold_of(groups, folds, seed=seed)
    assert all(len({found[at] for at, name in enumerate(groups) if name == group}) == 1 for group in groups)
    assert len(set(found.tolist())) == min(folds, len(set(groups)))
