import sys

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongli.core import ConfigError, InputError
from tongli.learning.evaluate.generated import bleu, chrf, distinct, measure_texts, rouge, tokens

SAID = ["thank you for telling me that today", "that sounds very hard"]
MEANT = ["thank you for telling me this today", "that sounds hard"]


@pytest.mark.parametrize(
    ("texts", "n", "expected"),
    [(["a b a b"], 1, 0.5), (["a b a b"], 2, 2 / 3), (["a", "b"], 1, 1.0), (["早上好早"], 1, 3 / 4)],
)
def test_distinct(texts, n, expected):
    assert distinct(texts, n=n) == pytest.approx(expected)


def test_distinct_of_nothing_is_undefined():
    assert np.isnan(distinct(["a"], n=2))


@given(st.lists(st.text(alphabet="ab ", min_size=1), min_size=1, max_size=5))
def test_repeating_all_texts_never_adds_variety(texts):
    once, twice = distinct(texts, n=1), distinct(texts * 2, n=1)
    assert np.isnan(once) or twice == pytest.approx(once / 2)


def test_equal_texts_score_best():
    assert bleu(MEANT, MEANT) == pytest.approx(100)
    assert chrf(MEANT, MEANT) == pytest.approx(100)
    assert rouge(MEANT, MEANT) == {"rouge1": 1.0, "rouge2": 1.0, "rougeL": 1.0}


def test_worked_overlap():
    found = rouge(["that sounds very hard"], ["that sounds hard"])
    assert found["rouge1"] == pytest.approx(2 * (3 / 4) * 1 / (3 / 4 + 1))
    assert 0 < bleu(SAID, MEANT) < 100
    assert 0 < chrf(SAID, MEANT) < 100


@pytest.mark.parametrize(("lang", "text"), [("zh", "今天我很高兴见到你"), ("ja", "今日は会えて嬉しいです")])
def test_scripts_without_spaces(lang, text):
    assert bleu([text], [text], lang=lang) == pytest.approx(100)
    assert rouge([text], [text])["rougeL"] == 1.0


def test_words_keep_their_marks():
    assert tokens("मुझे Ünal 😊") == ["मुझे", "ünal", "😊"]


def test_all_measures():
    assert set(measure_texts(SAID, None, lang="en")) == {"dist_1", "dist_2"}
    found = measure_texts(SAID, MEANT, lang="en")
    assert set(found) == {"bleu", "chrf", "rouge1", "rouge2", "rougeL", "dist_1", "dist_2"}


def test_a_reference_each():
    with pytest.raises(InputError) as caught:
        chrf(["a"], [])
    assert caught.value.code == "evaluate.references"


@pytest.mark.parametrize(("measure", "module"), [(bleu, "sacrebleu"), (rouge, "rouge_score")])
def test_what_to_install(measure, module, monkeypatch):
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(ConfigError) as caught:
        measure(SAID, MEANT)
    assert caught.value.code == "extra.missing"
    assert "pip install" in caught.value.fix
