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
from collections.abc import Mapping, Sequence
from functools import lru_cache

import numpy as np

from tongli.core import FloatArray
from tongli.empathy.gender.reference.canonical import Canonical
from tongli.empathy.gender.reference.constraints import ruled_out
from tongli.empathy.gender.reference.words import START, Words, listed, read_words

REMEMBERED = 1024
"""Pronouns of which this is remembered: a check, a rewriting and a page that looks again ask the same."""


@lru_cache(maxsize=REMEMBERED)
def look(found: Canonical) -> tuple[Mapping[int, FloatArray], frozenset[int]]:
    """:func:`surface`, and the candidates that the pronoun cannot mean; nobody changes what is returned."""
    words = read_words(found.text)
    out = ruled_out(found, words)
    return surface(found, words, out), out[words.at(found.pronoun)]


def surface(found: Canonical, words: Words, out: Mapping[int, frozenset[int]]) -> dict[int, FloatArray]:
    """Candidate → features, for every candidate that is mentioned; its own, then the highest of its rivals.

    Args:
        found: a canonical text.
        words: of that text.
        out: pronouns of the set → candidates that each cannot mean.

    Returns:
        Arrays of shape ``(2 * features,)``.
    """
    pronoun = words.at(found.pronoun)
    places: dict[int, list[int]] = {}
    for item in found.mentions:
        places.setdefault(item.candidate, []).append(words.at(item.start))
    order = sorted((place, who) for who, own in places.items() for place in own)
    asked = _of_pronoun(words, pronoun)
    own = {
        who: np.array(
            [
                *_of_place(words, pronoun, mine),
                *_of_chain(words, pronoun, mine, order, who),
                *asked,
                *_of_others(words, pronoun, out, who),
            ],
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


def _of_place(words: Words, pronoun: int, places: Sequence[int]) -> list[float]:
    """The mention that is nearest: how far, between what, and next to which words."""
    before = [place for place in places if place < pronoun]
    place = nearest(places, pronoun)
    low, high = min(place, pronoun), max(place, pronoun)
    apart = words.sentence[pronoun] - words.sentence[place]
    previous, following = words.before(place), words.after(place)
    between = words.low[low:high]
    lists = listed()
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
        previous == START,
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
    words: Words, pronoun: int, places: Sequence[int], order: Sequence[tuple[int, int]], who: int
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
        _is_fronted_for(words, pronoun, [index for index, _ in order], places),
        any(index > pronoun and words.sentence[index] == here for index in places),
        any(words.count("quotes", *sorted((index, pronoun))) % 2 == 0 for index in places),
    ]


def _is_fronted_for(words: Words, pronoun: int, order: Sequence[int], places: Sequence[int]) -> bool:
    """Whether the pronoun stands in a phrase before its subject: *In her book, Kim says*."""
    here = words.sentence[pronoun]
    after = next((index for index in order if index > pronoun and words.sentence[index] == here), None)
    if after is None or after not in places or words.low[pronoun] != "her":
        return False
    opening = words.low[words.first[here]]
    fronting = opening in listed()["prepositions"] or opening.endswith(("ing", "ed"))
    return fronting and _is_subject(words, after) and words.before(after) not in listed()["prepositions"]


def _of_others(words: Words, pronoun: int, out: Mapping[int, frozenset[int]], who: int) -> list[float]:
    """Whether a candidate is ruled out for the pronoun, and for those of its set beside it."""
    before = [who in out[index] for index in words.same if index < pronoun and index in out]
    after = [who in out[index] for index in words.same if index > pronoun and index in out]
    return [who in out[pronoun], any(before[-1:]), any(after[:1]), sum(before) + sum(after)]


def _of_pronoun(words: Words, pronoun: int) -> list[float]:
    """Its form, and what stands beside it."""
    lists = listed()
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


def _is_subject(words: Words, index: int) -> bool:
    """Whether a verb seems to follow, and no preposition stands before."""
    following, lists = words.after(index), listed()
    before = words.before(index)
    if before in lists["prepositions"] and before not in lists["subordinators"]:
        return False
    ending = following.endswith("ed") or (following.endswith("s") and len(following) > 2)
    return (
        following in lists["auxiliaries"]
        or ending
        or (following.isalpha() and following not in lists["linked"] and words.written[index + 1].islower())
    )
