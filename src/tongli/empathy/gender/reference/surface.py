"""What the text around a candidate and a pronoun tells, in numbers: place, order, neighbours, chains.

There is no parser: words before and after a mention tell a subject well enough.

References:
    Lappin & Leass (1994), "An Algorithm for Pronominal Anaphora Resolution", Computational Linguistics:
        recency, subjects, parallel roles.
    Grosz, Joshi & Weinstein (1995), "Centering", Computational Linguistics: what a chain continues with.
    Webster et al. (2018), "Mind the GAP", TACL: the task, and what syntax alone can do for it.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate

import numpy as np

from tongli.core import FloatArray
from tongli.empathy.gender.reference.canonical import Canonical, word_lists

_TOKEN = re.compile(r"\w+(?:['’](?!s\b)\w+)*|['’]s\b|[^\w\s]")
_ENDS = frozenset(".!?")
_QUOTES = frozenset('"“”')
_SAME = frozenset(("she", "her", "hers", "herself"))
_OTHER = frozenset(("he", "him", "his", "himself"))
_START = "<s>"


@dataclass(frozen=True, slots=True)
class _Words:
    """A text in words.

    Attributes:
        starts: where each begins.
        written: as they stand.
        low: in lower case.
        sentence: number of the sentence of each.
        first: sentence → index of its first word.
        same, other: where forms of the one pronoun set stand, and of the other.
        before_each: list → how many words of it stand before each word.
    """

    starts: list[int]
    written: list[str]
    low: list[str]
    sentence: list[int]
    first: dict[int, int]
    same: list[int]
    other: list[int]
    before_each: Mapping[str, list[int]]

    def count(self, name: str, low: int, high: int) -> int:
        """How many words of a list stand from one place to before another."""
        sums = self.before_each[name]
        return sums[high] - sums[low]

    def at(self, offset: int) -> int:
        """Index of the word at an offset."""
        return max(0, bisect_right(self.starts, offset) - 1)

    def before(self, index: int) -> str:
        """The word before, within the sentence."""
        same = index > 0 and self.sentence[index - 1] == self.sentence[index]
        return self.low[index - 1] if same else _START

    def after(self, index: int) -> str:
        """The word after."""
        return self.low[index + 1] if index + 1 < len(self.low) else ""


def surface(found: Canonical) -> dict[int, FloatArray]:
    """Candidate → features, for every candidate that is mentioned; its own, then the highest of its rivals.

    Returns:
        Arrays of shape ``(2 * features,)``.
    """
    words = _words(found.text)
    pronoun = words.at(found.pronoun)
    places: dict[int, list[int]] = {}
    for item in found.mentions:
        places.setdefault(item.candidate, []).append(words.at(item.start))
    order = sorted((place, who) for who, own in places.items() for place in own)
    asked = _of_pronoun(words, pronoun)
    own = {
        who: np.array(
            [*_of_place(words, pronoun, mine), *_of_chain(words, pronoun, mine, order, who), *asked],
            np.float32,
        )
        for who, mine in places.items()
    }
    nothing = np.zeros_like(next(iter(own.values()))) if own else np.zeros(0, np.float32)
    return {
        who: np.concatenate(
            [values, np.max([other for rival, other in own.items() if rival != who] or [nothing], axis=0)]
        )
        for who, values in own.items()
    }


def nearest(places: Sequence[int], pronoun: int) -> int:
    """The last place before the pronoun, or else the first after it."""
    before = [place for place in places if place < pronoun]
    return before[-1] if before else places[0]


def _of_place(words: _Words, pronoun: int, places: Sequence[int]) -> list[float]:
    """The mention that is nearest: how far, between what, and next to which words."""
    before = [place for place in places if place < pronoun]
    place = nearest(places, pronoun)
    low, high = min(place, pronoun), max(place, pronoun)
    apart = words.sentence[pronoun] - words.sentence[place]
    previous, following = words.before(place), words.after(place)
    between = words.low[low:high]
    lists = _lists()
    lead = [
        index for index in range(max(0, place - 4), place) if words.sentence[index] == words.sentence[place]
    ]
    who_next = following in {"who", "whose"} or (
        following == "," and words.after(place + 1) in {"who", "whose"}
    )
    return [
        bool(before),
        len(before),
        len(places) - len(before),
        min(apart, 4) if before else -min(-apart, 3) - 0.5,
        math.log1p(high - low),
        previous == _START,
        previous in lists["prepositions"],
        previous == "of",
        previous == "by",
        previous == "with",
        previous == ",",
        previous == "and",
        previous in {"(", '"'},
        previous in lists["subordinators"],
        following == "'s",
        following == ",",
        following == "and",
        following == "(",
        following in {".", "!", "?", ";"},
        who_next,
        _is_subject(words, place),
        previous.isalpha() and previous not in lists["linked"],
        any(words.low[index] == "her" for index in lead),
        pronoun in lead,
        min(5, between.count(",")),
        min(4, words.count("coordinators", low, high)),
        min(4, words.count("subordinators", low, high)),
        min(6, words.count("prepositions", low, high)),
        words.count("quotes", low, high) % 2,
        between.count("(") != between.count(")"),
        min(8, sum(words.written[index][0].isupper() for index in range(low + 1, high))),
    ]


def _of_chain(
    words: _Words, pronoun: int, places: Sequence[int], order: Sequence[tuple[int, int]], who: int
) -> list[float]:
    """All mentions of a candidate, and the pronouns before, between and after them."""
    place, here = nearest(places, pronoun), words.sentence[pronoun]
    low, high = min(place, pronoun), max(place, pronoun)
    same = [index for index in words.same if index != pronoun]
    other = words.other
    near = [index for index in places if index < pronoun and here - 1 <= words.sentence[index] <= here]
    earlier = [index for index in same if index < pronoun]
    return [
        sum(1 for index, rival in order if rival != who and low < index < high),
        sum(_is_subject(words, index) for index in places),
        any(_is_subject(words, index) for index in near),
        any(index == words.first[words.sentence[index]] for index in near),
        any(index == words.first[here] for index in places),
        words.sentence[place] == here,
        words.sentence[places[0]] == 0,
        places[0] == order[0][0],
        sum(index < places[0] for index in same),
        sum(low < index < high for index in same),
        sum(low < index < high for index in other),
        sum(low < index < high and words.low[index] == "she" for index in same),
        len(same),
        len(other),
        bool(earlier) and earlier[-1] > place,
        bool(earlier) and earlier[-1] < place,
    ]


def _of_pronoun(words: _Words, pronoun: int) -> list[float]:
    """Its form, and what stands beside it."""
    lists = _lists()
    form, previous, following = words.low[pronoun], words.before(pronoun), words.after(pronoun)
    start = words.first[words.sentence[pronoun]]
    return [
        form == "she",
        form == "her",
        form == "herself",
        form == "her" and following.isalpha() and following not in lists["linked"],
        pronoun == start,
        pronoun - start,
        previous in lists["subordinators"],
        previous == "and",
        previous == ",",
        previous in lists["prepositions"],
    ]


def _is_subject(words: _Words, index: int) -> bool:
    """Whether a verb seems to follow, and no preposition stands before."""
    following, lists = words.after(index), _lists()
    before = words.before(index)
    if before in lists["prepositions"] and before not in lists["subordinators"]:
        return False
    ending = following.endswith("ed") or (following.endswith("s") and len(following) > 2)
    return (
        following in lists["auxiliaries"]
        or ending
        or (following.isalpha() and following not in lists["linked"] and words.written[index + 1].islower())
    )


def _words(text: str) -> _Words:
    starts: list[int] = []
    written: list[str] = []
    sentences: list[int] = []
    number = end = 0
    ended = False
    for match in _TOKEN.finditer(text):
        start, stop = match.span()
        if (ended or start > end + 1 or text[end] == "\n") and _begins(text, start, end, written):
            number += 1
        word = match[0]
        starts.append(start)
        written.append(word)
        sentences.append(number)
        end, ended = stop, word in _ENDS
    first: dict[int, int] = {}
    for index, sentence in enumerate(sentences):
        first.setdefault(sentence, index)
    low = [word.lower() for word in written]
    same = [index for index, word in enumerate(low) if word in _SAME]
    other = [index for index, word in enumerate(low) if word in _OTHER]
    lists = _lists() | {"quotes": _QUOTES}
    before_each = {
        name: [0, *accumulate(map(lists[name].__contains__, low))]
        for name in ("coordinators", "subordinators", "prepositions", "quotes")
    }
    return _Words(starts, written, low, sentences, first, same, other, before_each)


def _begins(text: str, start: int, end: int, written: Sequence[str]) -> bool:
    """Whether a sentence begins with the word that starts here."""
    if not written:
        return False
    if end < start and "\n" in text[end:start]:
        return True
    if written[-1][0] not in _ENDS or not (text[start].isupper() or text[start] in _QUOTES):
        return False
    before = written[-2] if len(written) > 1 else ""
    initial = len(before) == 1 and before.isupper()
    return not (written[-1] == "." and (initial or before.lower() in _lists()["abbreviations"]))


@cache
def _lists() -> dict[str, frozenset[str]]:
    found = {name: frozenset(value.split()) for name, value in word_lists().items() if isinstance(value, str)}
    return found | {"linked": found["prepositions"] | found["subordinators"] | found["coordinators"]}
