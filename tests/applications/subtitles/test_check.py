"""Findings: one case of every rule, on both sides of its limit."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongli.applications.subtitles.check import RULES, check
from tongli.applications.subtitles.cue import Cue, Track
from tongli.applications.subtitles.limits import columns, limits, limits_for
from tongli.applications.subtitles.markup import balanced, carry_over, unbalanced
from tongli.applications.subtitles.report import as_json, as_sarif
from tongli.core import ConfigError


def found(*cues, lang="en", fps=24.0):
    return [(item.cue, item.rule, item.severity) for item in check(Track(cues=cues), limits(lang, fps=fps))]


def cue(text="Well, yes.", start=0, end=2000):
    return Cue(start=start, end=end, text=text)


@pytest.mark.parametrize(
    ("text", "lang", "rule"),
    [
        ("x" * 42 + "\nand", "en", None),
        ("x" * 43, "en", "columns"),
        ("字" * 16, "zh", None),
        ("字" * 17, "zh", "columns"),
        ("Ａ" * 17, "ja", "columns"),
        ("กี่" * 42, "th", None),
        ("one\ntwo\nthree", "en", "lines"),
        (" \u200f", "ar", "empty"),
        ("", "en", "empty"),
        ("<i>one", "en", "tags"),
        ("one</b>", "en", "tags"),
        ("<i>o<b>n</i>e</b>", "en", "tags"),
        ("\u202bone", "he", "tags"),
        ("\u2067one\u2069", "he", None),
        ("I like the\nsea", "en", "break"),
        ("I like the\nsea", "und", None),
        ("你好（\n再见）", "zh", "kinsoku"),
        ("你好\n，再见", "zh", "kinsoku"),
        ("你好，\n再见", "zh", None),
    ],
)
def test_texts(text, lang, rule):
    expected = [] if rule is None else [f"subtitle.{rule}"]
    rules = {rule for _, rule, _ in found(cue(text, end=7000), lang=None if lang == "und" else lang)}
    assert sorted(rules) == expected


@pytest.mark.parametrize(
    ("characters", "ms", "severity"),
    [(34, 2000, None), (35, 2000, "warning"), (40, 2000, "warning"), (41, 2000, "error")],
)
def test_reading_speed(characters, ms, severity):
    expected = [] if severity is None else [(1, "subtitle.speed", severity)]
    assert found(cue("x" * characters, end=ms)) == expected


def test_reading_speed_counts_wide_characters_where_the_language_is_written_with_them():
    assert found(cue("字" * 18, end=2000), lang="zh")[-1] == (1, "subtitle.columns", "error")
    assert limits("zh").speed("字" * 9, 1000) == 9
    assert limits("zh").speed("abcd", 1000) == 2
    assert limits("en").speed("<i>ab\ncd</i>", 1000) == 4


@pytest.mark.parametrize(
    ("end", "rule"), [(833, None), (832, "short"), (-5, "short"), (7000, None), (7001, "long")]
)
def test_durations(end, rule):
    rules = {rule for _, rule, _ in found(cue("Yes.", end=end))}
    assert rules == (set() if rule is None else {f"subtitle.{rule}"})


@pytest.mark.parametrize(
    ("start", "fps", "rule"),
    [
        (2083, 24, None),
        (2082, 24, "gap"),
        (2080, 25, None),
        (2033, 60, None),
        (2000, 24, "gap"),
        (1999, 24, "overlap"),
        (0, 24, "overlap"),
    ],
)
def test_gaps(start, fps, rule):
    cues = found(cue(), cue(start=start, end=start + 2000), fps=fps)
    assert cues == ([] if rule is None else [(2, f"subtitle.{rule}", "error")])


def test_order():
    assert found(cue(start=100, end=2000), cue(start=50, end=3000)) == [(2, "subtitle.order", "error")]


def test_limits_of_a_language_and_of_a_text():
    assert (limits().columns, limits().lang) == (42, "und")
    assert (limits("zh-Hant-TW").columns, limits("yue").lang, limits("ko").spaced) == (32, "zh", True)
    assert limits("he").rtl
    assert limits_for(["Muchas gracias por todo, de verdad, no sé qué decir."]).lang == "es"
    assert limits_for(["42"]).lang == "und"
    for fps in (0, -1, float("nan"), 1e9):
        with pytest.raises(ConfigError, match=r"subtitles\.fps"):
            limits("en", fps=fps)


def test_widths():
    assert columns("<i>ab</i>字\u0301\u200f{\\an8}") == 4


def test_tags_are_carried_over():
    assert carry_over(["<i>a", "b", "c</i> d"]) == ["<i>a</i>", "<i>b</i>", "<i>c</i> d"]
    assert unbalanced("<v Ana>a") is None


@given(st.lists(st.sampled_from(["<i>", "</i>", "<b>", "</b>", "<v A>", "{\\an8}", "x"])).map("".join))
def test_any_text_can_be_balanced(text):
    made = balanced(text)
    assert unbalanced(made) is None
    assert balanced(made) == made
    assert made.count("x") == text.count("x")


def test_reports():
    track = Track(cues=(Cue(start=0, end=400, text="x" * 50, line=2),), form="srt")
    allowed = limits("en")
    findings = check(track, allowed)
    data = as_json("a.srt", track, findings, allowed=allowed)
    assert (data["cues"], data["errors"], data["warnings"], data["language"]) == (1, 3, 0, "en")
    assert {item["rule"] for item in data["findings"]} <= set(RULES)
    log = json.loads(json.dumps(as_sarif("a b.srt", findings)))
    run = log["runs"][0]
    assert run["results"][0]["locations"][0]["physicalLocation"] == {
        "artifactLocation": {"uri": "a%20b.srt"},
        "region": {"startLine": 2},
    }
    for result in run["results"]:
        assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"]
    assert "xxx" not in json.dumps(log)
