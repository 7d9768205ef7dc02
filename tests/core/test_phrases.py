import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongli.core.phrases import Phrases, fold


@pytest.mark.parametrize(
    ("pattern", "text", "found"),
    [
        ("ass", "He passed the class.", []),
        ("idiot", "You IDIOT!", ["IDIOT"]),
        ("idiot", "you ｉｄｉｏｔ", ["ｉｄｉｏｔ"]),
        ("idiot", "id\u00adiot and id\u200biot", ["id\u00adiot", "id\u200biot"]),
        ("déçu", "de\u0301c\u0327u, dit-elle", ["de\u0301c\u0327u"]),
        ("तुम", "तुम कहाँ हो", ["तुम"]),
        ("तुम", "तुम्हारा नाम", []),
        ("你", "你好,请问", ["你"]),
        ("너*", "너는 어때", ["너"]),
        ("du", "Dubai, du und durch", ["du"]),
        ("أنت", "وأنت أنتم أنت", ["أنت"]),
    ],
)
def test_find(pattern, text, found):
    assert [text[start:end] for start, end in Phrases([pattern]).find(text)] == found


def test_case_is_kept_on_request():
    assert Phrases(["Sie"], case=True).find("sie und Sie") == [(8, 11)]


def test_alternatives_are_tried_until_the_word_ends():
    assert Phrases(["ich|ichs", "a|ab"]).find("ichs ab") == [(0, 4), (5, 7)]


@given(st.text())
def test_spans_lie_inside_the_text_and_cover_it(text):
    folded = fold(text)
    assert len(folded.text) == len(folded.starts) == len(folded.ends)
    assert all(0 <= a < b <= len(text) for a, b in zip(folded.starts, folded.ends, strict=True))
    assert folded.starts == sorted(folded.starts)


@given(st.text(), st.text())
def test_a_phrase_between_spaces_is_found(before, after):
    text = f"{before} zebra {after}"
    assert (len(before) + 1, len(before) + 6) in Phrases(["zebra"]).find(text)
