from __future__ import annotations

from collections.abc import Iterable

import pytest

from tongli.core import Edit, Question
from tongli.generation.adapt import Audience
from tongli.generation.adapt.plan import settle
from tongli.generation.adapt.source import Source


class Replace:
    """Replaces words, each wherever it stands."""

    def __init__(self, kind: str, **words: str) -> None:
        self.kind, self._words = kind, words

    def find(self, source: Source) -> Iterable[Edit | Question]:
        for before, after in self._words.items():
            at = source.text.find(before)
            if at >= 0:
                span = (at, at + len(before))
                yield Edit(span=span, before=before, after=after, kind=self.kind, reason="why", source="test")


class Ask:
    kind = "ask"

    def find(self, source: Source) -> Iterable[Edit | Question]:
        for word in ("red", "blue", "`code`"):
            at = source.text.find(word)
            if at >= 0:
                yield Question(span=(at, at + len(word)), text="?", kind=self.kind, source="test")


def settled(text: str, *finders):
    source = Source(text, "en", Audience(tag="ja-JP"))
    return settle(source, kinds=[finder.kind for finder in finders], finders=finders)


def test_the_first_finder_wins_where_edits_overlap():
    done = settled(
        "one two three", Replace("a", **{"one two": "1"}), Replace("b", **{"two three": "2", "three": "3"})
    )
    assert done.text == "1 3"
    assert [edit.kind for edit in done.edits] == ["a", "b"]


def test_an_edit_may_open_the_way_for_another():
    done = settled("a.", Replace("a", a="b"), Replace("b", b="c"))
    assert done.text == "c."
    assert [(edit.before, edit.after) for edit in done.edits] == [("a", "c")]


def test_kinds_that_never_rest_are_left_out_and_told():
    done = settled("left and old", Replace("swing", left="right", right="left"), Replace("calm", old="new"))
    assert done.text == "left and new"
    assert "swing" in done.notes[0]
    assert settled(done.text, Replace("swing", left="right", right="left")).text == done.text


def test_protected_words_are_neither_changed_nor_asked_about():
    done = settled("“left” `code`", Replace("a", left="right"), Ask())
    assert (done.text, done.edits, done.questions) == ("“left” `code`", (), ())


def test_questions_about_words_that_were_replaced_are_dropped():
    done = settled("red or blue", Replace("a", red="green"), Ask())
    assert [question.span for question in done.questions] == [(7, 11)]


@pytest.mark.parametrize("text", ["", " ", "\n"])
def test_empty_texts(text):
    assert settled(text, Replace("a", x="y")).text == text


def test_thousands_of_edits():
    class Every:
        kind = "every"

        def find(self, source: Source) -> Iterable[Edit | Question]:
            for at, char in enumerate(source.text):
                if char == "a":
                    yield Edit(span=(at, at + 1), before="a", after="b", kind="every", reason="", source="")

    assert settled("a " * 5000, Every()).text == "b " * 5000
