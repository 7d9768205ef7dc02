"""What an expression means, looked up alone and not in a text: the claim for it, or an abstention.

First the expressions that claims write down are compared whole; then claims are looked for in the
expression, which finds inflected forms. What stands around such a match may only be what dictionaries put in
for the people and things of a sentence ("someone", "jemandem", "alguien"). Whatever claims do not know stays
unglossed: a guess from the words is what an idiom makes wrong. For Chinese, CC-CEDICT is asked last, where it
is installed.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Literal

from tongli.core.phrases import fold
from tongli.knowledge import cedict, tags
from tongli.knowledge.claim import FIGURATIVE, Claim
from tongli.knowledge.claim_files import KNOWN, ClaimFiles
from tongli.knowledge.claim_matcher import Match, Matcher
from tongli.knowledge.claim_streams import is_spaced, words

How = Literal["exact", "pattern", "dictionary"]
Why = Literal["unknown-language", "unknown-expression", "ambiguous"]

_QUOTED = re.compile(r"^[^\"“]*[\"“]([^\"”]+)[\"”]")
_HEAD = re.compile(r"^([^(\"“]{1,60}?) \([\"“]([^\"”]+)[\"”]\)")
"""An expression that begins its statement, with its literal gloss in parentheses."""
_SIMPLE = re.compile(r"[^()|*…]+")
_AROUND = 200
"""Code points that may stand around an expression; what has more is a text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gloss:
    """A meaning in English, or why there is none.

    Attributes:
        text: of another language how English says it, where that is known, the sense, and what the words
            say; of English the sense. ``None`` when abstained.
        claim: that it was taken from.
        how: ``exact`` when the claim writes the expression so, ``pattern`` for an inflected form,
            ``dictionary`` when no claim but the dictionary of a package knows it.
        source: that dictionary, with its licence and package.
        why: ``unknown-language`` when a language has no claims, ``unknown-expression``, or ``ambiguous``
            when claims of different senses fit equally well.
    """

    text: str | None = None
    claim: Claim | None = None
    how: How | None = None
    source: str | None = None
    why: Why | None = None

    @property
    def abstained(self) -> bool:
        """Whether nothing is said."""
        return self.text is None


class Glossary:
    """The idioms, proverbs and slang of one language or audience.

    Args:
        tag: of the language or audience.
        source: the claims.

    Raises:
        InputError: ``locale.tag``, ``claims.audience``.
        ConfigError: ``claims.line``, ``claims.double``, ``claims.pattern``.
    """

    def __init__(self, tag: str, *, source: ClaimFiles = KNOWN) -> None:
        self._tag = tag
        found = [claim for claim in source.claims(tag).values() if claim.kind in FIGURATIVE and claim.meaning]
        self._exact: dict[str, dict[str, Claim]] = {}
        for claim in found:
            for text in _written(claim):
                self._exact.setdefault(_key(text, tag), {})[claim.id] = claim
        self._matcher = Matcher(found, lang=tag)
        self._fillers = _fillers().get(tags.primary(tag), frozenset())

    def look_up(self, idiom: str) -> Gloss:
        """The gloss of an expression.

        >>> Glossary("en").look_up("spilled the beans").how
        'pattern'
        """
        exact = self._exact.get(_key(idiom, self._tag), {})
        if exact:
            return _one(list(exact.values()), "exact")
        whole = [match for match in self._matcher.candidates(idiom) if self._fills(match, idiom)]
        longest = max((match.span[1] - match.span[0] for match in whole), default=0)
        best = {match.claim.id: match.claim for match in whole if match.span[1] - match.span[0] == longest}
        return _one(list(best.values()), "pattern")

    def _fills(self, match: Match, idiom: str) -> bool:
        """Whether nothing but fillers stands around a match."""
        start, end = match.span
        if len(idiom) - (end - start) > _AROUND:
            return False
        around = f"{idiom[:start]} {idiom[end:]}"
        if not is_spaced(self._tag):
            return not fold(around).text.strip("，。、！？,.!?…～~ ")
        return self._fillers.issuperset(words(around, self._tag))


def gloss(idiom: str, lang: str) -> Gloss:
    """The gloss of an expression, from the claims that ship for a language or audience

    Raises:
        InputError: ``locale.tag``.
        ConfigError: for damaged files, as :class:`Glossary`.
    """
    if not KNOWN.lineage(lang):
        return Gloss(why="unknown-language")
    found = _glossary(lang).look_up(idiom)
    if found.why == "unknown-expression" and tags.primary(lang) == "zh":
        text = cedict.look_up(_key(idiom, lang)) or cedict.look_up(idiom.strip())
        return Gloss(text=text, how="dictionary", source=cedict.source()) if text else found
    return found


@lru_cache(maxsize=32)
def _glossary(tag: str) -> Glossary:
    return Glossary(tag)


def _one(found: list[Claim], how: How) -> Gloss:
    senses = {claim.meaning.sense for claim in found if claim.meaning}
    if len(senses) != 1:
        return Gloss(why="ambiguous" if senses else "unknown-expression")
    return Gloss(text=_told(found[-1]), claim=found[-1], how=how)


def _told(claim: Claim) -> str | None:
    meaning = claim.meaning
    if meaning is None:
        return None
    if tags.primary(claim.id.partition(".")[0]) == "en":
        return meaning.sense
    known = [item.form for item in meaning.equivalents_in("en")[:1] if item.form != meaning.sense]
    literal = claim.literal_gloss
    told = [f"literally: {literal}"] if literal not in (None, *known, meaning.sense) else []
    return "; ".join([*known, meaning.sense, *told])


def _written(claim: Claim) -> Iterator[str]:
    """How a claim writes its expression: as its statement quotes it, and its forms without choices."""
    quoted = _QUOTED.match(claim.statement)
    if quoted and claim.meaning and quoted[1] != claim.meaning.literal:
        yield quoted[1]
    head = _HEAD.match(claim.statement)
    if head and claim.meaning and head[2] == claim.meaning.literal:
        yield head[1]
    yield from (form for form in claim.forms if _SIMPLE.fullmatch(form))


def _key(text: str, tag: str) -> str:
    """Comparable: without case, punctuation, and the blanks of languages that have none."""
    if is_spaced(tag):
        return " ".join(words(text, tag))
    return re.sub(r"[\s\W]", "", fold(text).text)


@lru_cache(maxsize=1)
def _fillers() -> Mapping[str, frozenset[str]]:
    data = tomllib.loads((files(__package__) / "fillers.toml").read_text(encoding="utf-8"))
    return {lang: frozenset(words(listed, lang)) for lang, listed in data.items()}
