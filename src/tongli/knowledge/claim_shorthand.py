"""Shorthand for the words of an expression that change: ``{kick} the bucket``, ``{lose} {one's} temper``.

What stands in braces is a set of words of the language (``one's``: my, your, his, …) or a verb by its
infinitive, with all its forms. Sets, irregular verbs and the endings of infinitives are in ``shorthand.toml``
beside the claims of the language. English verbs are spelled out; of the others the stem is taken with any
ending, which is enough beside the other words of an expression. German verbs stand last in an expression,
with or without *zu*, and may also come first, and one that comes apart is written ``{auf|geben}``; ``{sein}``
is the verb there and a possessive anywhere else. Another way of writing a whole expression follows after
`` / ``: ``画蛇添足 / 畫蛇添足``.

References:
    Huddleston & Pullum (2002), "The Cambridge Grammar of the English Language", chapter 3: spelling of verbs.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from importlib.resources import files

from tongli.knowledge.claim_patterns import GAP

_BRACES = re.compile(r"\{([^{}]+)\}")
_LAST = re.compile(r"\{([^{}]+)\}$")
_GROUP = re.compile(r"\s*\([^()]*\)")
_OTHERS = re.compile(r"\|\S*")
_OR = " / "
_VOWELS = "aeiou"


@dataclass(frozen=True, kw_only=True)
class Shorthand:
    """What the shorthand of a language knows.

    Attributes:
        sets: name → the words, as a pattern.
        verbs: infinitive → its forms between blanks; a form that ends in ``*`` is a stem.
        infinitives: endings to cut off for the stem; none where verbs are spelled out as in English.
        verb_last: the verb of a citation stands last, and first in a main clause.
        doubled: English verbs that double their last letter, beside short ones.
    """

    sets: Mapping[str, str] = field(default_factory=dict)
    verbs: Mapping[str, str] = field(default_factory=dict)
    infinitives: tuple[str, ...] = ()
    verb_last: bool = False
    doubled: frozenset[str] = frozenset()

    def words(self, name: str) -> str:
        """The pattern of what stands in braces; raises ``ValueError`` for what is no verb."""
        if name not in self._known:
            self._known[name] = self._words(name)
        return self._known[name]

    @cached_property
    def _known(self) -> dict[str, str]:
        """Patterns that were asked for: a verb has many expressions."""
        return {}

    def _words(self, name: str) -> str:
        if name in self.sets:
            return self.sets[name]
        return self.verb(name)

    def is_verb(self, name: str) -> bool:
        """Whether what stands in braces at the end is a verb: *sein* is there, and a possessive before."""
        return name in self.verbs or name not in self.sets

    def verb(self, name: str) -> str:
        """The pattern of a verb; raises ``ValueError`` for what is none."""
        first, bar, verb = name.rpartition("|")
        forms = self._forms(verb)
        if bar:
            stems = forms.split("|")
            return "|".join(first + form for form in (*stems, *(f"zu{form}" for form in stems)))
        return forms

    def _forms(self, verb: str) -> str:
        if verb in self.verbs:
            return "|".join(dict.fromkeys((verb, *self.verbs[verb].split())))
        if not self.infinitives:
            return "|".join(dict.fromkeys(_english(verb, doubles=verb in self.doubled)))
        ending = next((ending for ending in self.infinitives if verb.endswith(ending)), "")
        if not ending or ending == verb:
            raise ValueError(f"{verb} has no ending of an infinitive")
        stem = verb.removesuffix(ending)
        return f"{stem}*|ge{stem}*" if self.verb_last else f"{stem}*"


def spelled_out(expression: str, lang: str) -> tuple[str, ...]:
    """The patterns behind an expression in shorthand.

    Raises:
        ValueError: for a verb that is not known to be one.

    >>> spelled_out("{kick} the bucket", "en")
    ('kick|kicks|kicked|kicking the bucket',)
    """
    return tuple(form for written in writings(expression) for form in _forms(written, _of(lang)))


def writings(expression: str) -> tuple[str, ...]:
    """The ways of writing a whole expression."""
    return tuple(expression.split(_OR)) if _OR in expression else (expression,)


def _forms(expression: str, known: Shorthand) -> list[str]:
    if "{" not in expression:
        return [expression]
    last = _LAST.search(expression)
    if not known.verb_last or last is None or not known.is_verb(last[1]):
        return [_BRACES.sub(lambda found: known.words(found[1]), expression)]
    first, _, verb = last[1].rpartition("|")
    rest = _BRACES.sub(lambda found: known.words(found[1]), expression[: last.start()]).strip()
    if not rest:
        return [known.verb(last[1])]
    to = "" if first else "(zu)"
    return [
        " ".join(filter(None, (rest, to, known.verb(last[1])))),
        " ".join(filter(None, (known.verb(verb), GAP, rest, first))),
    ]


def citation(expression: str) -> str:
    """An expression as a dictionary has it: without braces, groups and other choices.

    >>> citation("{lose} {one's} (very) temper|cool")
    "lose one's temper"
    """
    written = expression.partition(_OR)[0]
    if written.replace(" ", "").isalpha():  # most are: tables are read whole, so this is worth its line
        return written
    plain = _GROUP.sub("", _BRACES.sub(lambda found: found[1].replace("|", ""), written))
    return " ".join(_OTHERS.sub("", plain).replace("*", "").split())


def _english(verb: str, *, doubles: bool) -> Iterator[str]:
    """Third person, past and participle of a regular verb."""
    yield verb
    if verb.endswith(("s", "x", "z", "ch", "sh", "o")):
        yield f"{verb}es"
    elif verb.endswith("y") and verb[-2] not in _VOWELS:
        yield f"{verb[:-1]}ies"
    else:
        yield f"{verb}s"
    if verb.endswith("e"):
        yield f"{verb}d"
        yield f"{verb}ing" if verb.endswith(("ee", "oe", "ye")) else f"{verb[:-1]}ing"
    elif verb.endswith("y") and verb[-2] not in _VOWELS:
        yield f"{verb[:-1]}ied"
        yield f"{verb}ing"
    else:
        stem = verb + verb[-1] if doubles or _is_short(verb) else verb
        yield f"{stem}ed"
        yield f"{stem}ing"


def _is_short(verb: str) -> bool:
    """One syllable that ends in one vowel and one consonant, as in stop."""
    vowels = [char in _VOWELS for char in verb]
    ends = vowels[-3:] == [False, True, False] or (len(verb) == 3 and vowels[1:] == [True, False])
    return ends and sum(vowels) == 1 and verb[-1] not in "wxy"


@cache
def _of(lang: str) -> Shorthand:
    """The shorthand of a language; empty where it has none."""
    path = files("tongli.knowledge") / "claims" / "languages" / lang / "shorthand.toml"
    if not path.is_file():
        return Shorthand()
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    return Shorthand(
        sets=data.get("sets", {}),
        verbs=data.get("verbs", {}),
        infinitives=tuple(data.get("infinitives", ())),
        verb_last=data.get("verb_last", False),
        doubled=frozenset(data.get("doubled", "").split()),
    )
