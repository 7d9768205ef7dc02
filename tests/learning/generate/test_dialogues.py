"""Lines of dialogues and pairs."""

from __future__ import annotations

import gzip
import json

import pytest

from tongli.core import InputError
from tongli.learning.generate.dialogues import read_dialogues, read_pairs, verdict_on

GOOD = {"context": "I lost my key", "reply": "so sorry"}
MESSAGES = [
    {"role": "system", "content": "Be kind."},
    {"role": "user", "content": "Hello"},
    {"role": "assistant", "content": "Hi"},
]


def test_both_forms_and_gzip(lines, tmp_path):
    several = {"id": 7, "lang": "en", "context": ["Hello", "Hi", "I lost my key"], "reply": "so sorry"}
    path = tmp_path / "told.jsonl.gz"
    with gzip.open(path, "wt", encoding="utf-8") as file:
        file.writelines(json.dumps(line) + "\n" for line in (several, {"messages": MESSAGES}, GOOD))
    first, second, third = read_dialogues([path], licence="CC0-1.0")
    assert [turn["role"] for turn in first.turns] == ["user", "assistant", "user"]
    assert (first.id, first.message, first.reply, first.licence) == (
        "7",
        "I lost my key",
        "so sorry",
        "CC0-1.0",
    )
    assert [turn["role"] for turn in second.turns] == ["system", "user"]
    assert (second.reply, second.lang) == ("Hi", "und")
    assert third.id == "told.jsonl.gz:3"


@pytest.mark.parametrize(
    "line",
    [
        {},
        {"context": "x"},
        {"context": " ", "reply": "x"},
        {"context": [], "reply": "x"},
        {"context": ["x", 3], "reply": "x"},
        {"messages": []},
        {"messages": MESSAGES[:2]},
        {"messages": [{"role": "robot", "content": "x"}]},
        {"messages": [MESSAGES[0], MESSAGES[2]]},
        {**GOOD, "lang": ["en"]},
    ],
)
def test_a_line_of_another_form_names_its_place_and_not_its_words(line, lines, tmp_path):
    path = lines["write"](tmp_path / "told.jsonl", [GOOD, line])
    with pytest.raises(InputError) as caught:
        read_dialogues([path])
    assert caught.value.code == "dialogue.line"
    assert "told.jsonl:2" in caught.value.received


@pytest.mark.parametrize(("line", "code"), [("{", "record.json"), ("[]", "record.object")])
def test_a_line_that_is_no_object(line, code, tmp_path):
    (tmp_path / "told.jsonl").write_text(line, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_pairs([tmp_path / "told.jsonl"])
    assert caught.value.code == code


def test_pairs_that_teach_nothing_are_left_out(lines, tmp_path):
    pair = lines["pairs"]()[0]
    told = [pair, {**pair, "chosen": pair["rejected"]}, {**pair, "prompt": " "}]
    (found,) = read_pairs([lines["write"](tmp_path / "pairs.jsonl", told)])
    assert (found.reply, found.rejected) == (pair["chosen"], pair["rejected"])
    assert not verdict_on([found], research_only=False).releasable


def test_what_studio_exports_can_be_read(lines, tmp_path):
    from tongli.applications.studio import review, suggestions

    class Item:
        id, lang, engine, source, final, draft = "1", "en", "realiser", "I lost it", "So sorry.", "How nice."

    class Found:
        id, lang, kind, source, decision = 2, "en", "idiom", "rule", "accepted"
        passage, span, before, after, chosen = "It rains dogs.", (3, 8), "rains", "pours", "pours"

    exported = [review._pair(Item), suggestions._pair(Found)]
    first, second = read_pairs([lines["write"](tmp_path / "edits.jsonl", exported)])
    assert (first.message, first.reply, first.rejected) == ("I lost it", "So sorry.", "How nice.")
    assert (second.reply, second.rejected) == ("It pours dogs.", "It rains dogs.")


def test_a_prompt_never_changes_sides(lines, tmp_path):
    told = [GOOD, {"context": "i LOST my  key", "reply": "oh no"}]
    first, second = read_dialogues([lines["write"](tmp_path / "told.jsonl", told)])
    assert first.share == second.share
    assert 0 <= first.share < 1
