"""English verbs in the present: third person singular to plural and back.

References:
    Quirk, Greenbaum, Leech & Svartvik (1985), "A Comprehensive Grammar of the English Language", 3.2-3.6.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from tongli.empathy.gender.forms import table

_SIBILANT = re.compile(r"(?:s|x|z|ch|sh)$")


@cache
def _plural() -> Mapping[str, str]:
    found: Mapping[str, str] = table("en", "verbs")["plural"]
    return found


@cache
def _singular() -> Mapping[str, str]:
    return {plural: singular for singular, plural in _plural().items()}


def to_plural(verb: str) -> str:
    """A verb in the third person singular, lower case, in the plural: "watches" → "watch"."""
    if (found := _plural().get(verb)) is not None:
        return found
    if verb.endswith("ies") and len(verb) > 4:
        return f"{verb[:-3]}y"
    if verb.endswith(("sses", "shes", "ches", "xes", "zzes", "oes")):
        return verb[:-2]
    return verb.removesuffix("s")


def to_singular(verb: str) -> str:
    """A verb in the plural, lower case, in the third person singular: "watch" → "watches"."""
    if (found := _singular().get(verb)) is not None:
        return found
    if verb.endswith("y") and verb[-2:-1] not in "aeiou":
        return f"{verb[:-1]}ies"
    return f"{verb}es" if _SIBILANT.search(verb) or verb.endswith("o") else f"{verb}s"


def is_third_person(word: str) -> bool:
    """Whether a word may be a verb in the third person singular, by its shape."""
    return word.endswith("s") and len(word) > 2 and word not in _no_verbs()


@cache
def pure_verbs() -> frozenset[str]:
    """Verbs, without ending, whose third person singular is no noun."""
    text = (files("tongli.knowledge") / "gender" / "en" / "pure_verbs.txt").read_text("utf-8")
    return frozenset(line for line in text.splitlines() if not line.startswith("#"))


@cache
def _no_verbs() -> frozenset[str]:
    return frozenset(table("en", "verbs")["agreement"]["no_verbs"])
