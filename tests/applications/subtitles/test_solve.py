"""The solver: hard rules, words, times, and the best of all solutions where all can be tried."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tongli.applications.subtitles import solve as solver
from tongli.applications.subtitles.check import check
from tongli.applications.subtitles.cue import Track
from tongli.applications.subtitles.limits import limits
from tongli.applications.subtitles.markup import plain
from tongli.applications.subtitles.solve import solve
from tongli.applications.subtitles.units import units
from tongli.applications.subtitles.words import TimedWord

WORDS = {
    "en": ["I", "the", "of", "a", "because", "wait,", "home.", "extraordinarily", "well-known", "yes!"],
    "ru": ["я", "в", "дом.", "потому", "что", "разговаривает,", "мы"],
    "ar": ["في", "البيت", "قال", "لماذا؟", "نعم،", "Anna", "٣٠"],
    "hi": ["मैं", "घर", "जाता", "हूँ।", "लेकिन", "क्यों?"],
    "ko": ["나는", "집에", "갔습니다.", "그런데", "왜?"],
    "zh": ["我", "们", "今天", "，", "去", "学校。", "（", "iPhone", "好", "）"],
    "ja": ["私は", "、", "学校", "へ", "行きました。", "「", "ちょっと", "」", "コンピューター"],
    "th": ["ผม", "ไป", "โรงเรียน", "วันนี้", "ครับ"],
}
LANGS = sorted(WORDS)
TIMING = {"subtitle.short", "subtitle.long", "subtitle.gap", "subtitle.overlap", "subtitle.order"}


@st.composite
def spoken(draw, *, most=40, pace=(0, 900), pauses=(0, 4000)):
    lang = draw(st.sampled_from(LANGS))
    speakers = draw(st.sampled_from([[None], ["A", "B"]]))
    words, now, speaker = [], draw(st.integers(0, 3000)), None
    for _ in range(draw(st.integers(1, most))):
        if draw(st.integers(0, 9)) == 0:
            now += draw(st.integers(*pauses))
            speaker = draw(st.sampled_from(speakers))
        end = now + draw(st.integers(*pace))
        words.append(TimedWord(text=draw(st.sampled_from(WORDS[lang])), start=now, end=end, speaker=speaker))
        now = end
    return lang, words


def letters(texts):
    """Everything but white space, marks of direction and dashes of a dialogue."""
    return "".join("".join(text.split()) for text in texts).replace("\u200f", "").replace("-", "")


def errors(cues, allowed):
    return [item for item in check(Track(cues=tuple(cues)), allowed) if item.severity == "error"]


@given(spoken(), st.sampled_from([23.976, 24, 25, 29.97, 60]))
@settings(max_examples=200)
def test_rules_of_lines_and_times_hold_for_any_words(case, fps):
    lang, words = case
    allowed = limits(lang, fps=fps)
    cues = solve(words, allowed)
    assert [item for item in errors(cues, allowed) if item.rule != "subtitle.speed"] == []
    assert letters(cue.text for cue in cues) == letters(word.text for word in words)
    assert all(one.end < two.start for one, two in pairwise(cues))


@given(spoken(pace=(350, 700), pauses=(1000, 4000)))
@settings(max_examples=200)
def test_starts_follow_the_speech_where_it_is_slow_enough(case):
    lang, words = case
    words = [replace(word, speaker=None) for word in words]
    allowed = limits(lang)
    cues = solve(words, allowed)
    begun = [unit.start for unit in units(words, allowed) for _ in letters([unit.text])]
    at = 0
    for cue in cues:
        assert abs(begun[at] - cue.start) <= allowed.sync_ms
        at += len(letters([cue.text]))


@given(st.text(min_size=1, max_size=300), st.sampled_from(LANGS), st.integers(0, 5000))
def test_one_word_of_any_text_is_kept(text, lang, lasting):
    allowed = limits(lang)
    text = " ".join(text.replace("\u200f", "").split())
    cues = solve([TimedWord(text=text, start=0, end=lasting)], allowed)
    found = {item.rule for item in errors(cues, allowed)}
    assert found <= {"subtitle.speed", "subtitle.tags", "subtitle.empty"}
    assert letters(plain(cue.text) for cue in cues) == letters([plain(text)])


def cost_of(path):
    return path[0].cost


def every_path(tool, start=0):
    """All ways to cut the units, each as the list of its stops."""
    count = len(tool._units)
    if start == count:
        yield []
        return
    for option in tool._options(start):
        for rest in every_path(tool, option[0]):
            yield [option, *rest]


@given(spoken(most=7))
@settings(max_examples=60)
def test_no_other_way_to_cut_is_cheaper(case):
    lang, words = case
    allowed = limits(lang)
    parts = units(words, allowed)[:10]
    tool = solver._Solver(parts, allowed, until=None)
    costs = []
    for path in every_path(tool):
        total, starts = 0.0, [0, *(stop for stop, _, _ in path)]
        for start, (stop, laid, cost) in zip(starts, path, strict=False):
            limit = tool._starts[stop] - tool._gap if stop < len(parts) else None
            total += cost + tool._times(laid, tool._starts[start], parts[stop - 1].end, limit)[1]
        costs.append(total)
    assert cost_of(tool._path((0,))) == pytest.approx(min(costs))


def said(text, *, lang, pace=70, start=0, gaps=None):
    """Words at a steady pace; ``gaps``: milliseconds of silence before a word by its number."""
    words, now = [], start
    for at, word in enumerate(text.split()):
        now += (gaps or {}).get(at, 0)
        words.append(TimedWord(text=word, start=now, end=now + pace * len(word)))
        now += pace * (len(word) + 1)
    return solve(words, limits(lang))


def test_splits_after_sentences_and_keeps_articles_with_their_nouns():
    cues = said(
        "We looked for the key in every room of the house. Nobody had seen it because the door was open all "
        "day.",
        lang="en",
    )
    assert [cue.text for cue in cues] == [
        "We looked for the key\nin every room of the house.",
        "Nobody had seen it\nbecause the door was open all day.",
    ]


def test_a_short_cue_is_stretched_into_silence():
    (cue,) = said("Yes.", lang="en", pace=20)
    assert (cue.start, cue.end) == (0, 840)


def test_nothing_is_read_faster_than_there_is_silence_for():
    first, second = said("Extraordinarily complicated. Yes.", lang="en", pace=20, gaps={2: 2000})
    assert first.end == 1650
    assert second.start == 2580


def test_small_gaps_are_closed():
    first, second = said(
        "I see what you mean, and what you want. And I like it a lot, from the first to the last.",
        lang="en",
        gaps={9: 300},
    )
    assert second.start - first.end == 90


def test_two_short_turns_share_a_cue():
    words = [
        TimedWord(text="Really?", start=0, end=400, speaker="A"),
        TimedWord(text="Really.", start=420, end=900, speaker="B"),
    ]
    (cue,) = solve(words, limits("en"))
    assert (cue.text, cue.speaker) == ("- Really?\n- Really.", None)


def test_a_start_moves_by_no_more_than_three_frames_to_save_a_rule():
    allowed = limits("en")
    words = [TimedWord(text="Extraordinary!", start=1000, end=1700, speaker="A")]
    for at, word in enumerate(["Unbelievable,", "and", "nobody", "told", "me", "one", "single", "word!"]):
        words.append(TimedWord(text=word, start=1850 + 300 * at, end=2150 + 300 * at, speaker="B"))
    first, second = solve(words, allowed)
    assert errors([first, second], allowed) == []
    moved = (first.start - 1000, second.start - 1850)
    assert moved != (0, 0)
    assert max(map(abs, moved)) <= allowed.sync_ms == 125


def test_chinese_lines_break_beside_no_wrong_sign():
    text = "今天我们去学校，（老师说）“你好！”然后大家一起吃了午饭，下午看了电影。"
    words = [TimedWord(text=char, start=200 * at, end=200 * at + 200) for at, char in enumerate(text)]
    cues = solve(words, limits("zh"))
    assert "".join(cue.text.replace("\n", "") for cue in cues) == text
    lines = [line for cue in cues for line in cue.text.split("\n")]
    assert not any(line[0] in "，。！）”" or line[-1] in "（“" for line in lines)


def test_arabic_lines_keep_their_direction():
    cues = said("Anna قالت نعم.", lang="ar")
    assert [cue.text for cue in cues] == ["\u200fAnna قالت نعم."]


def test_no_words_no_cues():
    assert solve([], limits("en")) == []
    assert solve([TimedWord(text="", start=0, end=1)], limits("en")) == []
