"""What to say instead of an expression, or in parentheses beside it.

The wordings that a claim carries need nothing else: its plain wording in the text's language, its sense where
the text is in English, and the equivalent that it names in the readers' language. Others come from outside
(:class:`Wordings`): the applications find near equivalents and ask engines.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Protocol

from tongli.knowledge import tags
from tongli.knowledge.claim import FIGURATIVE, Claim, Meaning
from tongli.knowledge.claim_files import KNOWN
from tongli.knowledge.claim_matcher import Match, matcher
from tongli.knowledge.claim_streams import is_spaced

if TYPE_CHECKING:
    from tongli.generation.adapt.source import Source

_ADDED = re.compile(r"^to (?=[a-z])|\s*\([^()]*\)")
"""What a sense has that is no part of the words: the mark of an infinitive, and remarks."""

_SEVERAL = re.compile(r"[;,]| or ")
"""A sense that says several things is no wording."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """Words for an expression.

    Attributes:
        text: the words, in small letters where nothing asks for capitals.
        beside: they are added in parentheses, and the expression stays; else they take its place.
        fits: they have the form that the sentence needs; else rules of the language look for it.
        reason: in words that a writer understands, beside what the expression means.
        source: claim, package or engine that they come from.
    """

    text: str
    beside: bool = False
    fits: bool = False
    reason: str = ""
    source: str


class Wordings(Protocol):
    """Finds wordings that claims do not carry."""

    def __call__(self, match: Match, source: Source) -> Iterable[Wording]:
        """Those for an expression of a text, the best first; they are looked at one by one."""


def plain_wording(claim: Claim, lang: str) -> str | None:
    """What a claim says instead in plain words of a language and its script, if it does."""
    if claim.meaning is None or tags.maximal(claim.id.partition(".")[0])[1] != tags.maximal(lang)[1]:
        return None
    equivalents = claim.meaning.equivalents_in(lang)
    return next((item.form for item in equivalents if item.match == "plain"), None)


def sense_words(meaning: Meaning) -> str:
    """A sense without what is no part of the words.

    >>> sense_words(Meaning(literal="", sense="to hurry (American)", literal_use_possible=False))
    'hurry'
    """
    return _ADDED.sub("", meaning.sense)


@lru_cache(maxsize=32)
def said_plainly(lang: str) -> frozenset[str]:
    """Ids of expressions that occur in the plain words of other claims of the language, such as give up."""
    if lang not in KNOWN.languages:
        return frozenset()
    plain = (plain_wording(claim, lang) for claim in KNOWN.claims(lang).values())
    found = matcher(lang).find(".\n".join(filter(None, plain)))
    return frozenset(match.claim.id for match in found if match.claim.kind in FIGURATIVE)


def in_place(claim: Claim, lang: str) -> Iterator[Wording]:
    """What a claim offers in the expression's place: its plain wording, else its sense if a phrase."""
    plain = plain_wording(claim, lang)
    if plain:
        yield Wording(text=plain, source=claim.id)
    elif claim.meaning is not None and tags.primary(lang) == "en" and not claim.meaning.equivalents:
        sense = sense_words(claim.meaning)
        if not _SEVERAL.search(sense):
            yield Wording(text=sense, source=claim.id)


def in_own_language(claim: Claim, lang: str) -> Iterator[Wording]:
    """What a claim offers beside the expression, in the text's language."""
    plain = plain_wording(claim, lang)
    if plain is None and tags.primary(lang) == "en" and claim.meaning is not None:
        plain = sense_words(claim.meaning)
    if plain:
        yield Wording(text=plain, beside=True, source=claim.id)


def in_theirs(claim: Claim, readers: str) -> Iterator[Wording]:
    """What a claim offers beside the expression in the readers' language: an equivalent, else its sense."""
    if claim.meaning is None:
        return
    for item in claim.meaning.equivalents_in(readers)[:1]:
        yield equivalent(item.form, plain=item.match == "plain", source=claim.id)
    if tags.primary(readers) == "en":
        yield Wording(text=sense_words(claim.meaning), beside=True, source=claim.id)


def equivalent(form: str, *, plain: bool = False, source: str, reason: str = "") -> Wording:
    """What readers say in their own language, marked as about the same; plain words are no quotation."""
    said = form if plain else f"≈ “{form}”"
    return Wording(text=said, beside=True, source=source, reason=reason or "what readers say themselves")


def parenthesis(text: str, lang: str) -> str:
    """Text as it follows a word of a language in parentheses."""
    return f" ({text})" if is_spaced(lang) else f"（{text}）"
