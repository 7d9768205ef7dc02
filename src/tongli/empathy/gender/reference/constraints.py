"""Candidates that a pronoun cannot mean, whatever else speaks for them.

====================  ==========================================================================
rule                  example, with the candidate that is out
====================  ==========================================================================
speech                "She left," said *Alex*. "*Alex*, is she in?" *Alex*: Is she in?
own speech            "*Kim* is late," she said.
below the subject     She thanked *Kim*. He said that *Kim* had left.
same clause           *Alex* thanked her. *Alex* will talk to him.
own noun phrase       her brother *Alex*; *Alex* is her teacher
====================  ==========================================================================

Each was right in at least 19 of 20 cases, or in all of a few, on GAP's development part.

References:
    Chomsky (1981), "Lectures on Government and Binding": conditions B and C.
    Lappin & Leass (1994), "An Algorithm for Pronominal Anaphora Resolution", Computational Linguistics: a
        filter of this kind before candidates are weighed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from tongli.empathy.gender.reference.canonical import Canonical
from tongli.empathy.gender.reference.words import QUOTES, Words, listed

_QUOTED = re.compile(r"“[^”]*”|\"[^\"\n]*\"|``(?:(?!``|'').)*''")
NEIGHBOURS = 3
"""Pronouns of the same set, before and after, that are looked at too."""
_FAR = 6
"""Words between a subject and the object of its verb, and between two parts of a speech."""
_WITHIN = frozenset(("to", "not", "never", "also"))
_BREAKS = frozenset(",;:—–()") | QUOTES


@dataclass(frozen=True, slots=True)
class _Scene:
    """A text in words, with the pronoun and the candidates.

    Attributes:
        pronoun: index of its word.
        starts: first word of a mention → candidate, and the word after.
        ends: word after a mention → candidate, and its first word.
        quotes: first and last word of every quotation, its marks.
    """

    words: Words
    pronoun: int
    starts: dict[int, tuple[int, int]]
    ends: dict[int, tuple[int, int]]
    quotes: list[tuple[int, int]]

    def word(self, index: int) -> str:
        """In lower case; empty outside the text."""
        return self.words.low[index] if 0 <= index < len(self.words.low) else ""

    def possessive(self) -> bool:
        """Whether the pronoun stands before a noun."""
        following = self.words.after(self.pronoun)
        return self.word(self.pronoun) == "her" and (
            following[:1].isalnum() and following not in listed()["after_object"]
        )


def ruled_out(found: Canonical, words: Words) -> dict[int, frozenset[int]]:
    """Index of the pronoun, and of those of its set nearest to it → candidates that each cannot mean.

    Args:
        found: a canonical text.
        words: of that text.
    """
    scene = _scene(found, words)
    before = [index for index in words.same if index < scene.pronoun][-NEIGHBOURS:]
    after = [index for index in words.same if index > scene.pronoun][:NEIGHBOURS]
    places = (*before, scene.pronoun, *after)
    return {
        index: frozenset(who for rule in RULES for who in rule(replace(scene, pronoun=index)))
        for index in places
    }


def _scene(found: Canonical, words: Words) -> _Scene:
    places = [(words.at(item.start), words.at(item.end - 1) + 1, item.candidate) for item in found.mentions]
    return _Scene(
        words=words,
        pronoun=words.at(found.pronoun),
        starts={start: (who, end) for start, end, who in places},
        ends={end: (who, start) for start, end, who in places},
        quotes=[
            (words.at(match.start()), words.at(match.end() - 1)) for match in _QUOTED.finditer(found.text)
        ],
    )


def _speech(scene: _Scene) -> Iterator[int]:
    """Who says what the pronoun stands in, and whom it is said to."""
    here = next((item for item in scene.quotes if item[0] < scene.pronoun < item[1]), None)
    if here is None:
        yield from _turn(scene)
        return
    yield from _said_after(scene, here[1])
    yield from _said_before(scene, here[0])
    if here[0] + 1 in scene.starts and scene.word(scene.starts[here[0] + 1][1]) == ",":
        yield scene.starts[here[0] + 1][0]
    last = max((end for _, end in scene.quotes if end < here[0]), default=None)
    if last is not None and here[0] - last < _FAR:
        yield from _said_after(scene, last)


def _said_after(scene: _Scene, end: int) -> Iterator[int]:
    """*Alex* in ``" said Alex`` and ``" Alex said``."""
    place = end + 2 if scene.word(end + 1) == "," else end + 1
    says = listed()["say"]
    if place in scene.starts and scene.word(scene.starts[place][1]) in says:
        yield scene.starts[place][0]
    elif scene.word(place) in says and place + 1 in scene.starts:
        yield scene.starts[place + 1][0]


def _said_before(scene: _Scene, start: int) -> Iterator[int]:
    """*Alex* and *Kim* in ``Alex told Kim, "`` and in ``Alex said: "``."""
    end = start - 1 if scene.word(start - 1) in {",", ":"} else start
    if end in scene.ends:
        heard, verb = scene.ends[end][0], scene.ends[end][1] - 1
        verb -= scene.word(verb) in {"to", "at"}
        if scene.word(verb) in listed()["say"]:
            yield heard
            end = verb + 1
    if scene.word(end - 1) in listed()["say"] and end - 1 in scene.ends:
        yield scene.ends[end - 1][0]


def _turn(scene: _Scene) -> Iterator[int]:
    """*Alex* in ``Alex: …``, up to the next such name."""
    words = scene.words
    for index in range(scene.pronoun - 1, 0, -1):
        if words.low[index] in {"(", ")"}:  # what is done, not what is said
            return
        if words.low[index] != ":":
            continue
        sentence = words.sentence[index]
        if index in scene.ends and scene.ends[index][1] == words.first[sentence]:
            yield scene.ends[index][0]
        if words.written[index - 1][0].isupper():
            return


def _own_speech(scene: _Scene) -> Iterator[int]:
    """Who is named in what *she* said: people seldom name themselves."""
    before, after = scene.pronoun - 1, scene.pronoun + 1
    if scene.word(scene.pronoun) != "she":
        return
    if scene.word(before) in listed()["say"]:
        before -= 1
    elif scene.word(after) not in listed()["say"]:
        return
    before -= scene.word(before) == ","
    for start, end in scene.quotes:
        if end == before:
            yield from (who for index, (who, _) in scene.starts.items() if start < index < end)


def _below(scene: _Scene) -> Iterator[int]:
    """Names after *she* in its clause: a subject is named before it is a pronoun (condition C)."""
    words, lists = scene.words, listed()
    if scene.word(scene.pronoun) != "she" or words.before(scene.pronoun) in lists["subordinators"]:
        return
    for index in range(scene.pronoun + 1, len(words.low)):
        if words.sentence[index] != words.sentence[scene.pronoun]:
            return
        if words.low[index] in _BREAKS or words.low[index] in lists["coordinators"]:
            return
        if index in scene.starts and not _within_name(words, index, scene.starts[index][1]):
            yield scene.starts[index][0]


def _within_name(words: Words, start: int, end: int) -> bool:
    """Whether the mention seems a part of somebody else's name: *Gary Kim*, *Kim Street*."""
    before, after = words.written[start - 1], words.written[end : end + 1]
    return before[0].isupper() or bool(after and after[0][0].isupper())


def _same_clause(scene: _Scene) -> Iterator[int]:
    """The subject whose verb has the pronoun for its object (condition B)."""
    words, lists = scene.words, listed()
    if scene.word(scene.pronoun) != "her" or scene.possessive():
        return
    at = scene.pronoun - 1
    if scene.word(at) in lists["prepositions"]:
        if scene.word(at) not in lists["not_reflexive"]:
            return
        at -= 1
    for index in range(at, max(-1, at - _FAR), -1):
        if words.sentence[index] != words.sentence[scene.pronoun]:
            return
        if index < at and index + 1 in scene.ends:
            who, start = scene.ends[index + 1]
            before = words.before(start)
            if before not in lists["prepositions"] or before in lists["subordinators"]:
                yield who
            return
        if not _within_clause(words, index):
            return


def _within_clause(words: Words, index: int) -> bool:
    """Whether a word may stand between a subject and the object of its verb."""
    word, lists = words.low[index], listed()
    if not word.isalpha() or words.written[index][0].isupper():
        return False
    linked = lists["linked"] | (lists["after_object"] - lists["auxiliaries"])
    return word in _WITHIN or word not in linked


def _own_phrase(scene: _Scene) -> Iterator[int]:
    """Whom *her brother* names, and who is *her teacher*."""
    if not scene.possessive():
        return
    words, people = scene.words, listed()["people"]
    if scene.pronoun in scene.ends:
        return
    if scene.word(scene.pronoun - 1) in listed()["copulas"] and scene.pronoun - 1 in scene.ends:
        nouns = words.low[scene.pronoun + 1 : scene.pronoun + 3]
        if any(noun in people for noun in nouns):
            yield scene.ends[scene.pronoun - 1][0]
    for index in range(scene.pronoun + 1, min(scene.pronoun + 4, len(words.low) - 1)):
        if words.low[index] in people and words.sentence[index] == words.sentence[scene.pronoun]:
            yield from _apposed(scene, index + 1)
            return


def _apposed(scene: _Scene, index: int) -> Iterator[int]:
    """A name right after a noun, or between commas."""
    if index in scene.starts:
        yield scene.starts[index][0]
    elif scene.word(index) == "," and index + 1 in scene.starts:
        who, end = scene.starts[index + 1]
        if scene.word(end) in {",", "."}:
            yield who


RULES: tuple[Callable[[_Scene], Iterator[int]], ...] = (
    _speech,
    _own_speech,
    _below,
    _same_clause,
    _own_phrase,
)
