"""Wordings for expressions that no claim carries: near equivalents, and what an engine makes of the sense.

Whatever proposes one, it must say what the expression means: among the senses of a hundred other expressions,
the sense itself must be one of the nearest to it, and nearer than the expression's literal gloss.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Protocol

import numpy as np

from tongli.applications.equivalents import Answer, Equivalents
from tongli.applications.sense_space import Encode, unit
from tongli.applications.translate.engine import open_translator
from tongli.core import ConfigError, Draft, FloatArray, Translator, shorten
from tongli.core.registry import resolve
from tongli.encoders.scripts import shares
from tongli.generation.adapt.source import Source
from tongli.generation.adapt.wordings import (
    Wording,
    Wordings,
    equivalent,
    in_own_language,
    in_theirs,
    sense_words,
)
from tongli.generation.engines import prompts
from tongli.knowledge import tags
from tongli.knowledge.claim import Claim, Meaning
from tongli.knowledge.claim_files import KNOWN
from tongli.knowledge.claim_matcher import Match
from tongli.pipeline import Tongli

ENGINES = ("gguf", "openai", "apertium", "mt")
"""Which may phrase: the first two write words that fit the sentence, the others translate the sense."""

PROMPT = "plain.v1"
_ASKED = 2
_AROUND = 200
_MOST = 120
_OTHERS = 100
_RANK = 5
_SURE = 0.95
"""Chance from which an equivalent that only resembles the sense is written down without asking."""


class Completes(Protocol):
    """An engine that answers turns of a chat."""

    name: str

    def complete(
        self, turns: list[prompts.Turn], *, prompt: str, lang: str, max_chars: int, seed: int, n: int = 1
    ) -> list[Draft]:
        """At most ``n`` different answers; raises ``EngineError``."""


def open_wordings(tongli: Tongli, engine: str | None = None) -> Wordings:
    """Wordings of an engine, where one is named, then near equivalents in the readers' language.

    Raises:
        ConfigError: ``adapt.engine``.
    """
    name = (engine or "").partition(":")[0]
    if engine is not None and name not in ENGINES:
        raise ConfigError(
            "adapt.engine",
            received=shorten(engine),
            allowed=", ".join(ENGINES),
            fix="Name one of these with --engine, or leave it out.",
        )
    says = Says(tongli.sentences)
    near = Nearest(tongli)
    if engine is None:
        return near
    if name in {"gguf", "openai"}:
        return _first(Phrased(resolve("tongli.engines", name)(), says), near)
    return _first(Translated(engine, says), near)


def _first(*parts: Wordings) -> Wordings:
    def each(match: Match, source: Source) -> Iterator[Wording]:
        for part in parts:
            yield from part(match, source)

    return each


class Says:
    """Whether words say what an expression means.

    Args:
        encode: texts → unit vectors.
    """

    def __init__(self, encode: Encode) -> None:
        self._encode = encode

    def __call__(self, text: str, meaning: Meaning) -> bool:
        """Whether the sense is near to the words, as told above."""
        words, sense, literal = unit(self._encode([text, meaning.sense, meaning.literal]) - self._centre)
        own = float(words @ sense)
        nearer = int((self._others @ words > own).sum())
        return nearer < _RANK and (own > float(words @ literal) or meaning.literal == meaning.sense)

    @cached_property
    def _vectors(self) -> FloatArray:
        known = sorted(
            {claim.meaning.sense for claim in KNOWN.own("en").values() if claim.meaning is not None}
        )
        return self._encode(known[:: max(1, len(known) // _OTHERS)][:_OTHERS])

    @cached_property
    def _centre(self) -> FloatArray:
        return np.asarray(self._vectors.mean(axis=0), np.float32)

    @cached_property
    def _others(self) -> FloatArray:
        return unit(self._vectors - self._centre)


class Nearest:
    """The nearest equivalent in the readers' language, where claims name none and it is near enough.

    Args:
        tongli: embeds the senses, at the first use; they are kept in its cache.
    """

    def __init__(self, tongli: Tongli) -> None:
        self._tongli = tongli

    def __call__(self, match: Match, source: Source) -> Iterator[Wording]:
        """At most one; none where a claim carries a wording beside the expression anyway."""
        claim, readers = match.claim, source.audience.tag
        if source.at_home or any(in_own_language(claim, source.lang)) or any(in_theirs(claim, readers)):
            return
        answer = self._answer(claim, readers)
        for known in answer.known:
            if known.match != "partial":
                yield equivalent(
                    known.form, plain=known.match == "plain", source=f"{claim.id}; {known.claim.id}"
                )
        for near in answer.near:
            if near.chance >= _SURE and near.grounds.words and near.claim.kind == claim.kind:
                yield equivalent(
                    near.form,
                    source=f"{claim.id}; {near.claim.id}",
                    reason=f"the nearest that readers say themselves, with a chance of {near.chance:.2f}",
                )

    @cached_property
    def _finder(self) -> Equivalents:
        tongli = self._tongli
        return Equivalents(tongli.sentences, encoder=tongli.encoder.id, cache=tongli.settings.cache)

    def _answer(self, claim: Claim, readers: str) -> Answer:
        """What another claim names; else by gloss alone, as most expressions have no place in the graph."""
        known = self._finder.into(self._finder.look_up(claim.id), readers, limit=0)
        if known.known or claim.meaning is None:
            return known
        near = self._finder.nearest(claim.meaning.sense, readers, limit=1)
        return Answer(lang=readers, known=(), near=near)


class Phrased:
    """Plain words from a language model, in the form that the sentence needs.

    Args:
        engine: answers the prompt; what leaves the machine with ``openai`` is the expression with up to 200
            characters on each side of it, its sense, and the two languages.
        says: judges what comes back.
    """

    def __init__(self, engine: Completes, says: Says) -> None:
        self._engine, self._says = engine, says
        self._known: dict[str, tuple[Wording, ...]] = {}

    def __call__(self, match: Match, source: Source) -> Iterable[Wording]:
        """At most two, the same for the same place each time; raises ``EngineError``."""
        turns = prompts.task(PROMPT, _request(match, source))
        key = turns[-1]["content"]
        if key not in self._known:
            self._known[key] = tuple(self._ask(turns, match, source))
        return self._known[key]

    def _ask(self, turns: list[prompts.Turn], match: Match, source: Source) -> Iterator[Wording]:
        meaning = match.claim.meaning
        if meaning is None:
            return
        shown = source.text[slice(*match.span)]
        drafts = self._engine.complete(
            turns, prompt=PROMPT, lang=source.lang, max_chars=_MOST, seed=0, n=_ASKED
        )
        for draft in drafts:
            text = draft.text.strip().strip(".。")
            if _same_kind(text, shown, source) and self._says(text, meaning):
                made = draft.provenance
                by = " ".join(filter(None, (made.engine, made.model, made.prompt)))
                yield Wording(text=text, fits=True, reason="said plainly", source=f"{match.claim.id}; {by}")


class Translated:
    """The sense in the text's language, from an engine that translates; it stands beside the expression.

    Args:
        engine: its name, with a checkpoint after a colon for ``mt``.
        says: judges what comes back.
    """

    def __init__(self, engine: str, says: Says) -> None:
        self._engine, self._says = engine, says
        self._opened: dict[str, Translator] = {}

    def __call__(self, match: Match, source: Source) -> Iterator[Wording]:
        """At most one; none for texts in English, the language of senses. Raises ``EngineError``."""
        claim, lang = match.claim, tags.primary(source.lang)
        if claim.meaning is None or lang == "en":
            return
        if lang not in self._opened:
            self._opened[lang] = open_translator(self._engine, source="en", target=lang)
        by = self._opened[lang]
        sense = sense_words(claim.meaning)
        for draft in by.translate([sense], source="en", target=lang)[0]:
            text = draft.text.strip()
            text = text[:1].lower() + text[1:] if sense[:1].islower() else text
            if not draft.unknown and self._says(text, claim.meaning):
                yield Wording(
                    text=text, beside=True, reason="its sense, translated", source=f"{claim.id}; {by.name}"
                )


def _request(match: Match, source: Source) -> dict[str, object]:
    start, end = match.span
    meaning = match.claim.meaning
    return {
        "lang": source.lang,
        "before": source.text[max(0, start - _AROUND) : start],
        "expression": source.text[start:end],
        "after": source.text[end : end + _AROUND],
        "sense": meaning.sense if meaning else "",
        "readers": source.audience.tag,
    }


def _same_kind(text: str, shown: str, source: Source) -> bool:
    """Whether words are no more than words: no figures that were not there, in scripts that the text has."""
    figures = {char for char in text if char.isdigit()} - set(shown)
    return bool(text) and not figures and shares(text).keys() <= shares(source.text).keys()
