"""Which claims matter when a text in one language is read by an audience, and why.

A claim comes to an audience in one of these roles:

- ``expression``: an idiom, proverb or slang word, for readers of another language;
- ``regional``: one that is said in other regions of the same language, or slang;
- ``explain``: something of the writers' culture that an outsider does not know;
- ``words``: words of the text's language that are taboo in it;
- ``practice``: a norm, taboo, gesture or symbol of the audience that a text of another language touches;
- ``home``: the same in a text of their own language;
- ``known``: nothing to report, as these readers know it, even where another culture has a claim on the words;
  a set phrase that is to be kept, which any reader of the language knows.
"""

from __future__ import annotations

import tomllib
import unicodedata
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Literal

from tongli.core import TongliError
from tongli.knowledge import tags
from tongli.knowledge.claim import FIGURATIVE, KINDS, Claim, Kind, Trigger
from tongli.knowledge.claim_files import KNOWN, ClaimFiles
from tongli.knowledge.claim_streams import is_spaced

Role = Literal["expression", "regional", "explain", "words", "practice", "home", "known"]

LEVELS: frozenset[Kind] = frozenset({"address", "politeness", "honorific"})
"""Kinds whose markers say nothing alone, only together."""

_PRACTICES: frozenset[Kind] = frozenset({"norm", "directness", "taboo", "gesture", "symbol"})
_TOUCHED: frozenset[Kind] = _PRACTICES - {"directness"}
_PATTERN_SIGNS = frozenset("()|*…")


@dataclass(frozen=True, slots=True)
class Entry:
    """A claim with forms in the language of the text, its role, and the language or audience it is about."""

    claim: Claim
    role: Role
    tag: str


def catalogue(
    lang: str, audience: str, *, kinds: Container[Kind] = KINDS, known: ClaimFiles = KNOWN
) -> Mapping[str, Entry]:
    """Id → claim and role, for texts in ``lang`` that ``audience`` reads.

    Args:
        lang: language of the texts; with a region, only that region's culture counts as the writers'.
        audience: who reads them.
        kinds: of the claims that are wanted; expressions are the most by far.

    Raises:
        InputError: ``locale.tag``; ``claims.audience`` for an audience without claims.
        ConfigError: for damaged files, as :meth:`ClaimFiles.claims`.
    """
    own = known.claims(audience).where(lambda claim: claim.kind in _TOUCHED)
    same = tags.same_language(lang, audience)
    found: dict[str, Entry] = {}
    writers = _of_writers(lang, known)
    for tag in dict.fromkeys((*writers, *known.lineage(audience)) if same else writers):
        at_home = same and tag in known.lineage(audience)
        for claim in known.own(tag).where(lambda claim: claim.kind in kinds).values():
            role = _role(claim, audience, same=same, at_home=at_home, culture=tag in known.audiences)
            if role is not None and claim.forms and claim.action.detect != "silent":
                found[claim.id] = Entry(claim, role, tag)
    if not same:
        touched = (claim for claim in _touched(own, lang, known) if claim.kind in kinds)
        found |= {claim.id: Entry(claim, "practice", audience) for claim in touched}
    return found


def _of_writers(lang: str, known: ClaimFiles) -> tuple[str, ...]:
    """The text's language, and the cultures in which it may have been written."""
    lineage = known.lineage(lang)
    if any(tag in known.audiences for tag in lineage):
        return lineage
    return (*lineage, *(tag for tag in known.audiences if tags.same_language(tag, lang)))


def _role(claim: Claim, audience: str, *, same: bool, at_home: bool, culture: bool) -> Role | None:
    kind, adapt = claim.kind, claim.action.adapt
    if kind in LEVELS:
        return None
    if kind in FIGURATIVE:
        return _figurative_role(claim, audience, same=same)
    if kind == "taboo" and not culture and adapt not in {"keep", "gloss"}:
        return "words"
    if at_home and kind not in _PRACTICES:
        return "known"
    if at_home:
        # Of the language itself, what the text may just say goes without saying.
        return "home" if culture or adapt not in {"keep", "gloss"} else None
    return "explain" if kind == "culture-item" or adapt == "gloss" else None


def _figurative_role(claim: Claim, audience: str, *, same: bool) -> Role | None:
    if claim.action.adapt == "keep":
        return "known"  # a set phrase: it says what it seems to say
    if not same:
        return "expression"
    region = claim.scope.region
    elsewhere = bool(region) and tags.has_region(audience) and audience not in region
    return "regional" if elsewhere or claim.kind == "slang" else None


def _touched(own: Mapping[str, Claim], lang: str, known: ClaimFiles) -> Iterator[Claim]:
    """Practices of an audience, with the forms by which a text of another language touches them."""
    written = _topics().get(tags.primary(lang), {})
    for claim in own.values():
        of_culture = claim.id.partition(".")[0] not in known.languages
        if claim.action.detect == "silent" or not of_culture:
            continue
        forms = (*written.get(claim.id, ()), *_signs(claim), *_equivalents(claim, lang))
        if forms:
            yield replace(claim, trigger=Trigger(forms=tuple(dict.fromkeys(forms))))


def _signs(claim: Claim) -> Iterator[str]:
    """Emoji among its forms, which every language writes alike."""
    for form in claim.forms:
        parts = form.removeprefix("(").removesuffix(")").split("|")
        if all(any(map(_is_sign, part)) and not any(map(_is_written, part)) for part in parts):
            yield from parts


def _is_sign(char: str) -> bool:
    return unicodedata.category(char) == "So"


def _is_written(char: str) -> bool:
    return char.isalnum() or char in _PATTERN_SIGNS


def _equivalents(claim: Claim, lang: str) -> Iterator[str]:
    """What the text's language calls it, where that is a set phrase and not a single everyday word."""
    for item in claim.meaning.equivalents_in(lang) if claim.meaning is not None else ():
        for part in item.form.replace("／", "、").split("、"):
            long_enough = len(part.split()) > 1 if is_spaced(lang) else len(part) > 1
            if item.match in {"same-image", "same-sense"} and long_enough and not _PATTERN_SIGNS & set(part):
                yield part


@cache
def _topics() -> Mapping[str, Mapping[str, tuple[str, ...]]]:
    """Language → id → forms, from ``topics.toml``."""
    found: dict[str, dict[str, tuple[str, ...]]] = {}
    text = (files(__package__) / "topics.toml").read_text("utf-8")
    for topic in tomllib.loads(text)["topic"]:
        for lang, forms in topic["forms"].items():
            for name in topic["claims"]:
                known = found.setdefault(lang, {})
                known[name] = (*known.get(name, ()), *forms)
    return found


def has_claims(lang: str, *, known: ClaimFiles = KNOWN) -> bool:
    """Whether anything is known about a language."""
    try:
        return bool(known.lineage(lang))
    except TongliError:
        return False
