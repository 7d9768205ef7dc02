"""Faults of meaning planted in English sentences by rule; see ``aligned_fit.py``."""

from __future__ import annotations

import random
import re
from collections.abc import Mapping
from itertools import chain

_VERB = re.compile(r"\b(?:is|are|was|were|will|can|could|should|would|must|has|have|had)\b (?=[a-z])")
_DENIES = re.compile(r" not\b(?! only)|(?<=[a-z])n't\b")
_NEGATIVE = re.compile(r"\b(?:not|never|no)\b|n't")
_NAME = re.compile(r"(?<=[a-z,] )[A-Z][a-z]{3,}(?: [A-Z][a-z]+)*")
_MODAL = {"may": "must", "might": "must", "can": "must", "must": "may", "should": "might", "will": "might"}
_QUANTITY = {
    "all": "some",
    "some": "all",
    "most": "few",
    "many": "few",
    "few": "many",
    "every": "no",
    "more": "less",
    "less": "more",
    "both": "neither",
    "first": "last",
    "last": "first",
    "always": "rarely",
    "often": "never",
}
_OPPOSITES = (
    "increase decrease,increased decreased,rise fall,rose fell,before after,high low,higher lower,new old,"
    "won lost,win lose,good bad,better worse,best worst,opened closed,began ended,buy sell,strong weak,"
    "large small,big small,support oppose,accepted rejected,love hate,young old,long short,success failure,"
    "early late,with without,allowed forbidden,easy difficult,same different,safe dangerous,agreed refused,"
    "confirmed denied,rich poor"
)
_OPPOSITE = dict(
    chain.from_iterable(
        ((one, two), (two, one)) for one, two in (pair.split() for pair in _OPPOSITES.split(","))
    )
)


def perturbed(text: str, draw: random.Random) -> dict[str, str]:
    """Kind of fault → the sentence with it, for those that the sentence allows."""
    found = {
        "modal verb": _replaced(text, _MODAL, draw),
        "quantity": _replaced(text, _QUANTITY, draw),
        "opposite": _replaced(text, _OPPOSITE, draw),
        "roles": _swapped(text, draw),
        "negated": _negated(text, draw),
    }
    return {kind: made for kind, made in found.items() if made is not None}


def _replaced(text: str, words: Mapping[str, str], draw: random.Random) -> str | None:
    places = [found for word in words for found in re.finditer(rf"\b{word}\b", text)]
    if not places:
        return None
    place = draw.choice(places)
    return text[: place.start()] + words[place[0]] + text[place.end() :]


def _negated(text: str, draw: random.Random) -> str | None:
    if denied := _DENIES.search(text):
        return text[: denied.start()] + text[denied.end() :]
    places = [] if _NEGATIVE.search(text) else list(_VERB.finditer(text))
    if not places:
        return None
    at = draw.choice(places).end()
    return f"{text[:at]}not {text[at:]}"


def _swapped(text: str, draw: random.Random) -> str | None:
    """Two names in each other's place."""
    names = list(_NAME.finditer(text))
    if len({name[0] for name in names}) < 2:
        return None
    one, two = sorted(draw.sample(names, 2), key=lambda name: name.start())
    if one[0] == two[0]:
        return None
    return text[: one.start()] + two[0] + text[one.end() : two.start()] + one[0] + text[two.end() :]
