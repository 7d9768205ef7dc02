from __future__ import annotations

import pytest

from tongli.learning.augment.code_switching import CodeSwitching, lexicon, targets_of
from tongli.learning.data.record import Record


def test_words_change_and_the_rest_stays():
    record = Record(id="1", text="Rain again? My mother says hello @mother, see you", lang="en")
    (found,) = CodeSwitching(languages=["es"]).propose([record], count=3, seed=0)
    assert [(item.text, item.detail) for item in found] in (
        [("Rain again? My madre says hello @mother, see you", "es")],
        [("Rain again? My mother says hola @mother, see you", "es")],
    )


def test_into_english_and_with_marks_of_any_script():
    record = Record(id="1", text="आज मौसम भयानक है", lang="hi")
    (found,) = CodeSwitching().propose([record], count=1, seed=0)
    assert found[0].detail == "en"
    assert any(word in found[0].text for word in ("today", "weather"))


def test_one_proposal_a_language_and_all_four_from_english():
    record = Record(id="1", text="The weather today", lang="en")
    (found,) = CodeSwitching().propose([record], count=9, seed=0)
    assert sorted(item.detail for item in found) == ["es", "hi", "id", "zh"]


@pytest.mark.parametrize(("lang", "text"), [("zh", "今天的天气"), ("de", "Hallo Welt"), ("en", "Hm")])
def test_nothing_where_words_are_unknown(lang, text):
    assert CodeSwitching().propose([Record(id="1", text=text, lang=lang)], count=1, seed=0) == [[]]


@pytest.mark.parametrize("target", ["es", "hi", "id", "zh"])
def test_the_lexicon_is_whole_and_has_no_doubts(target):
    assert len(lexicon("en", target)) >= 190
    assert all(word == word.strip() and translation for word, translation in lexicon("en", target).items())
    assert targets_of(target) == ([] if target == "zh" else ["en"])
    assert "mañana" not in lexicon("es", "en")  # tomorrow, or morning
