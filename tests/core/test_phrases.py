import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongli.core.phrases import Phrases, _fold_clusters, fold


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


@pytest.mark.parametrize(
    ("string", "text", "found"),
    [
        ("a.b", "axb A.B", ["A.B"]),
        ("f**", "f** fa", ["f**"]),
        (" \uff24u ", "du", ["du"]),
        (" ", "a b", []),
    ],
)
def test_literal(string, text, found):
    assert [text[start:end] for start, end in Phrases.literal([string]).find(text)] == found


def test_alternatives_are_tried_until_the_word_ends():
    assert Phrases(["ich|ichs", "a|ab"]).find("ichs ab") == [(0, 4), (5, 7)]


@given(st.text())
def test_spans_lie_inside_the_text_and_cover_it(text):
    folded = fold(text)
    assert len(folded.text) == len(folded.starts) == len(folded.ends)
    assert all(0 <= a < b <= len(text) for a, b in zip(folded.starts, folded.ends, strict=True))
    assert folded.starts == sorted(folded.starts)


@pytest.mark.parametrize("size", [1, 1_000])
def test_a_text_that_comes_again_is_folded_as_before(size):
    text = "Dé\u0301jà VU\u00ad. " * size
    kept = Phrases(["VU"], case=True)
    assert len(kept.find(text)) == len(Phrases(["vu"]).find(text)) == size
    assert len(kept.find(text)) == size
    assert fold(text).text == _fold_clusters(text, case=False).text


@given(st.text(), st.text())
def test_a_phrase_between_spaces_is_found(before, after):
    text = f"{before} zebra {after}"
    assert (len(before) + 1, len(before) + 6) in Phrases(["zebra"]).find(text)


@pytest.mark.parametrize(
    "text",
    [
        "ΟΔΟΣ Σ",
        "\u0130stanbul",
        "\ufb01ne",
        "Well\u2026 no",
        "\u0939\u093f\u0928\u094d\u0926\u0940 \u092b\u093c\u095b",
        "a\u0300\u0316b",
        "\u0301x",
        "\uac01 \u1100\u1161\u11a8",
        "\U0001f469\u200d\U0001f467",
        "\u01c4\ufdfa",
        "",
    ],
)
@pytest.mark.parametrize("case", [True, False])
def test_the_short_way_is_the_long_way(text, case):
    short, long = fold(text, case=case), _fold_clusters(text, case=case)
    assert (short.text, short.starts, short.ends) == (long.text, long.starts, long.ends)


@given(st.text(), st.booleans())
def test_the_short_way_is_the_long_way_for_any_text(text, case):
    test_the_short_way_is_the_long_way(text, case)
