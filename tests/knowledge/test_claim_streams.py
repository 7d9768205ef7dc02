import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongli.knowledge.claim_streams import fold_word, is_spaced, stream, words


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("en", "I’m over-the-moon!  Really…", " i ~m over ~the ~moon . really . "),
        ("en", "'quoted' dogs' -x- a--b", " quoted dogs x a b "),
        ("de", "Straße STRASSE Straẞe", " strasse strasse strasse "),
        ("fr", "un œil, l'Œil", " un oeil l ~oeil "),
        ("fr", "e\u0301te\u0301 été", " été été "),
        ("ru", "Ещё ёж", " еще еж "),
        ("ar", "مُحَمَّد أحمد كـــبير", " محمد احمد كبير "),
        ("hi", "हँसी हंसी। अब", " हंसी हंसी . अब "),
        ("en", "soft\u00adhy\u200bphen", " softhyphen "),
        ("en", "two\nlines\n \nthen", " two lines . then "),
        ("en", "ok👍🏽 ❤️ €5", " ok 👍 ❤ € 5 "),
        ("ko", "발이 넓다.", " 발이 넓다 . "),
        ("zh", "ＹＹＤＳ，背黑锅", "yyds,背黑锅"),
        ("ja", "ｲﾏｲﾁ", "イマイチ"),
        ("en", "", " "),
    ],
)
def test_what_is_compared(lang, text, expected):
    assert stream(text, lang).text == expected


def test_the_way_back():
    text = "Ah, STRASSE ﬁn e\u0301te\u0301!"
    read = stream(text, "de")
    for word, original in (("strasse", "STRASSE"), ("fin", "ﬁn"), ("été", "e\u0301te\u0301")):
        start = read.text.index(word)
        assert text[slice(*read.span(start, start + len(word)))] == original


def test_the_way_back_without_blanks():
    text = "㍿ｲﾏｲﾁ　です"
    read = stream(text, "ja")
    start = read.text.index("イマイチ")
    assert text[slice(*read.span(start, start + 4))] == "ｲﾏｲﾁ"
    assert text[slice(*read.span(0, 1))] == "㍿"


def test_languages_with_and_without_blanks():
    assert [tag for tag in ("en", "zh-TW", "ja", "yue", "ko", "th", "arz") if not is_spaced(tag)] == [
        "zh-TW",
        "ja",
        "yue",
        "th",
    ]


def test_words():
    assert words("Don't stop, ever.", "en") == ("don", "t", "stop", "ever")


@pytest.mark.parametrize(
    ("lang", "text", "part", "cut"),
    [
        ("ja", "人気がある", "気がある", True),
        ("ja", "彼は気がある", "気がある", False),
        ("ja", "今日気が付いた", "気が付いた", False),
        ("ja", "㍿気がある", "気がある", True),
        ("ja", "大器晩成型", "晩成型", False),
        ("zh", "人气在", "气在", False),
        ("en", "overlook", "overlook", False),
    ],
)
def test_only_japanese_tells_what_is_cut_off_a_longer_word(lang, text, part, cut):
    read = stream(text, lang)
    start = read.text.index(part)
    assert read.cuts(start, start + len(part)) is cut


@given(st.text(), st.sampled_from(["en", "ar", "hi", "zh", "ja", "ru"]))
def test_every_piece_stems_from_its_place(text, lang):
    read = stream(text, lang)
    assert len(read.at) == len(read.starts) == len(read.ends)
    assert all(0 <= start < end <= len(text) for start, end in zip(read.starts, read.ends, strict=True))
    assert read.starts == sorted(read.starts)


@given(st.text(max_size=20))
def test_folding_twice_changes_nothing_more(word):
    assert fold_word(fold_word(word)) == fold_word(word)
