import pytest
import regex
from hypothesis import example, given
from hypothesis import strategies as st

from tongli.core import ConfigError
from tongli.encoders.segment import sentences, windows, words

# What makes segmentation hard: joiners, marks, jamo, flags, prepended signs, right-to-left, controls.
HARD = st.sampled_from(
    "aZé9_'’.-@#:;)</ \n\t\r\x00\u00a0\u0301\u0308\u200c\u200d\u200e\u202b\ufe0f\u20e3\u0600\u0d4e\U000110bd"
    "👍🏽👩🇩🇪ℹ©™❤مرשלकषि्ันไ\u0e33ກ\u1780\u17d2\u1039မ今々コンー\uff9eは한ᄒ\u1161\u11ab。！？।\ud800𝓪①Ⅷ"
)
TEXT = st.text(st.one_of(HARD, st.characters()), max_size=40)
CLUSTER = regex.compile(r"\X")
CARRIES = regex.compile(
    r"\p{GCB=Prepend}*[[\p{L}\p{N}\p{ExtPict}\p{RI}]--[\p{GCB=Extend}\p{GCB=SpacingMark}]]", regex.V1
)


def pieces(text, cut):
    return [text[start:end] for start, end in cut(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("I can't wait, it's 3.5% off!", ["I", "can't", "wait", "it's", "3.5", "off"]),
        ("so glad.Really well-made", ["so", "glad", "Really", "well-made"]),
        ("今天很好", ["今", "天", "很", "好"]),
        ("コンビニへ行く", ["コンビニ", "へ", "行", "く"]),
        ("ดีมาก", ["ดี", "ม", "า", "ก"]),
        ("정말 고마워요", ["정말", "고마워요"]),
        ("हिन्दी में क्षमा", ["हिन्दी", "में", "क्षमा"]),
        ("شكرًا جزيلًا", ["شكرًا", "جزيلًا"]),
        ("👨‍👩‍👧‍👦🇩🇪🇫🇷1️⃣👍🏽", ["👨‍👩‍👧‍👦", "🇩🇪", "🇫🇷", "1️⃣", "👍🏽"]),
        ("hm :-( see (https://ex.org/a?b=1) <3", ["hm", ":-(", "see", "https://ex.org/a?b=1", "<3"]),
        ("cafe\u0301 e\u0301tude", ["cafe\u0301", "e\u0301tude"]),
        ("--- ... !!!", []),
        ("", []),
    ],
)
def test_words(text, expected):
    assert pieces(text, words) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Wait! Dr. Li called. Did she? Yes.", ["Wait!", "Dr. Li called.", "Did she?", "Yes."]),
        ("Version 2.1 works... mostly.", ["Version 2.1 works... mostly."]),
        ("「はい。」そう。本当？！", ["「はい。」", "そう。", "本当？！"]),
        ("क्या हुआ? ठीक है। चलो", ["क्या हुआ?", "ठीक है।", "चलो"]),
        ("كيف حالك؟ بخير.", ["كيف حالك؟", "بخير."]),
        ("one\r\n\r\n  two  ", ["one", "two"]),
        (" \n ", []),
    ],
)
def test_sentences(text, expected):
    assert pieces(text, sentences) == expected


@example(":ำ")
@example("\u0300ำ")
@example("ำ\nำ")
@example(":\u0300ำ ก")
@given(TEXT)
def test_words_are_ordered_disjoint_and_split_no_cluster(text):
    borders = {match.start() for match in CLUSTER.finditer(text)} | {len(text)}
    last = 0
    for start, end in words(text):
        assert last <= start < end <= len(text)
        assert {start, end} <= borders
        last = end


@given(TEXT)
def test_words_cover_every_letter_digit_and_emoji(text):
    covered = {place for start, end in words(text) for place in range(start, end)}
    for match in CLUSTER.finditer(text):
        if CARRIES.match(match[0]):
            assert match.start() in covered


@given(TEXT)
def test_sentences_are_ordered_and_hold_everything_visible(text):
    borders = {match.start() for match in CLUSTER.finditer(text)} | {len(text)}
    last, held = 0, set()
    for start, end in sentences(text):
        assert last <= start < end <= len(text)
        assert {start, end} <= borders
        held.update(range(start, end))
        last = end
    assert all(place in held or char.isspace() for place, char in enumerate(text))


@given(TEXT, TEXT)
def test_words_do_not_depend_on_a_neighbouring_paragraph(left, right):
    joined = f"{left}\n{right}"
    shift = len(left) + 1
    assert words(joined) == words(left) + [(start + shift, end + shift) for start, end in words(right)]


@given(TEXT, TEXT)
def test_sentences_do_not_depend_on_a_neighbouring_paragraph(left, right):
    joined = f"{left}\n\n{right}"
    shift = len(left) + 2
    apart = sentences(left) + [(start + shift, end + shift) for start, end in sentences(right)]
    assert sentences(joined) == apart


@given(st.integers(0, 3000), st.integers(1, 600), st.data())
def test_windows_cover_everything_in_full_windows(n_tokens, size, data):
    stride = data.draw(st.integers(1, size))
    cut = windows(n_tokens, size=size, stride=stride)
    assert {place for start, end in cut for place in range(start, end)} == set(range(n_tokens))
    assert all(end - start == min(size, n_tokens) for start, end in cut)
    assert len(set(cut)) == len(cut)


@pytest.mark.parametrize(("size", "stride"), [(0, 1), (4, 0), (4, 5), (-1, -1)])
def test_windows_refuse_a_stride_that_would_leave_gaps(size, stride):
    with pytest.raises(ConfigError) as caught:
        windows(10, size=size, stride=stride)
    assert caught.value.code == "windows.size"


@pytest.mark.timeout(20)
@pytest.mark.parametrize(
    "unit", ["a'", "!?", ". ", "...", "\u0600", "\u0301", "👩\u200d", "“", "!'", " ", "\n", ":(", "1."]
)
def test_time_grows_linearly(unit):
    text = unit * (200_000 // len(unit))
    words(text)
    sentences(text)
