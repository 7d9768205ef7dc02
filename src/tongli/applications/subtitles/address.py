"""One form of address for each pair of speakers: du between friends, Sie to the doctor, all through a film.

Who listens is not written anywhere: it is whoever the sentence calls by name, else the last other speaker of
the scene, else the next one. The form is the declared one; else the one that the pair uses in the original;
else the one that most of its drafts have. What one of a pair shows also counts for the other, unless
that one shows another. Sentences without a named speaker and listener follow the declared form only.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from tongli.applications.subtitles.address_file import Addresses, Pair
from tongli.applications.subtitles.translated import Sentence
from tongli.core import Address, TranslationBrief
from tongli.core.edit import apply_edits
from tongli.generation.adapt.register import languages, shift
from tongli.generation.translate.forms import readdressed
from tongli.knowledge.address import find_address
from tongli.knowledge.locales import knows, profile
from tongli.knowledge.tags import primary
from tongli.knowledge.vocatives import called, vocative

Engine = Callable[[Sequence[str], TranslationBrief], list[str]]
"""Sentences → as many drafts, by a brief that it may follow."""

_SCENE = 8000
"""Milliseconds without a word after which others may be there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """How one person addresses another.

    Attributes:
        pair: who speaks, and to whom.
        address: the form.
        why: what it follows.
    """

    pair: Pair
    address: Address
    why: Literal["declared", "original", "drafts"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Addressed:
    """Translated sentences.

    Attributes:
        texts: one a sentence.
        pairs: of each sentence, who speaks and to whom.
        settled: pairs whose form is known, in the order in which they first speak.
    """

    texts: tuple[str, ...]
    pairs: tuple[Pair, ...]
    settled: tuple[Settled, ...]


def addressed(
    sentences: Sequence[Sentence], engine: Engine, *, source: str, target: str, wishes: Addresses
) -> Addressed:
    """Translate sentences with one form of address for each pair of speakers.

    Args:
        sentences: in order.
        engine: who translates; it is asked once for each form of address and feeling.
        source, target: BCP-47 tags.
        wishes: forms that are declared.

    Raises:
        TongliError: as the engine does.
    """
    pairs = pairs_of(sentences)
    known = {pair: form for pair in pairs if (form := wishes.of(pair)) is not None}
    why: dict[Pair, Literal["declared", "original", "drafts"]] = dict.fromkeys(known, "declared")
    original = _agreed(pairs, [used(sentence.text, source) for sentence in sentences])
    why |= {pair: "original" for pair in original if pair not in known}
    known = original | known
    drafts = _drafts(sentences, [known.get(pair) for pair in pairs], engine)
    most = _agreed(pairs, [used(text, target) for text in drafts])
    why |= {pair: "drafts" for pair in most if pair not in known}
    known = most | known
    return Addressed(
        texts=tuple(
            readdressed(text, lang=target, brief=TranslationBrief(address=known.get(pair)))
            for text, pair in zip(drafts, pairs, strict=True)
        ),
        pairs=tuple(pairs),
        settled=tuple(
            Settled(pair=pair, address=known[pair], why=why[pair])
            for pair in dict.fromkeys(pairs)
            if pair in known
        ),
    )


def pairs_of(sentences: Sequence[Sentence]) -> list[Pair]:
    """Who speaks to whom in each sentence; ``None`` where that is not known."""
    names = list(dict.fromkeys(item.speaker for item in sentences if item.speaker))
    pattern = vocative(names) if names else None
    pairs: list[Pair] = []
    for at, item in enumerate(sentences):
        found = pattern.search(item.text) if pattern is not None else None
        named = next((name for name in names if found and name.casefold() == found[1].casefold()), None)
        listener = named if named not in {None, item.speaker} else _other(sentences, at)
        pairs.append((item.speaker, listener if item.speaker else None))
    return pairs


def used(text: str, lang: str) -> Address | None:
    """The form of address of a sentence, by its pronouns, vocatives or verbs; ``None`` without any."""
    found = find_address(text, profile(lang)) if knows(lang) else None
    if found is not None and (found.formal or found.informal):
        return found.decided
    if (form := called(text, lang)) is not None or primary(lang) not in languages():
        return form
    changed = {to: apply_edits(text, shift(text, lang=lang, to=to).edits) != text for to in _OTHER}
    return next((_OTHER[to] for to in _OTHER if changed[to] and not changed[_OTHER[to]]), None)


_OTHER: Mapping[Address, Address] = {"formal": "informal", "informal": "formal"}


def _other(sentences: Sequence[Sentence], at: int) -> str | None:
    """The last other speaker of the scene, else the next one."""
    before = [sentences[at], *reversed(sentences[:at])]
    return next(_others(before), None) or next(_others(sentences[at:]), None)


def _others(sentences: Sequence[Sentence]) -> Iterator[str]:
    """Speakers other than the first one, as far as the scene goes from there."""
    last = sentences[0]
    for item in sentences:
        if max(item.start - last.end, last.start - item.end) > _SCENE:
            return
        if item.speaker not in {None, sentences[0].speaker}:
            yield str(item.speaker)
        last = item


def _agreed(pairs: Sequence[Pair], forms: Sequence[Address | None]) -> dict[Pair, Address]:
    """The form that most sentences of a pair have, or of the same two the other way round."""
    votes: dict[Pair, Counter[Address]] = {}
    for pair, form in zip(pairs, forms, strict=True):
        if form is not None and None not in pair:
            votes.setdefault(pair, Counter())[form] += 1
    found: dict[Pair, Address] = {}
    for pair in dict.fromkeys(pairs):
        counts = votes.get(pair) or votes.get((pair[1], pair[0])) or Counter()
        if counts and counts["formal"] != counts["informal"]:
            found[pair] = counts.most_common(1)[0][0]
    return found


def _drafts(sentences: Sequence[Sentence], forms: Sequence[Address | None], engine: Engine) -> list[str]:
    briefs = [
        TranslationBrief(address=form, feeling=sentence.feeling)
        for sentence, form in zip(sentences, forms, strict=True)
    ]
    drafts: dict[int, str] = {}
    for brief in dict.fromkeys(briefs):
        rows = [row for row, own in enumerate(briefs) if own == brief]
        made = engine([sentences[row].text for row in rows], brief)
        drafts |= zip(rows, made, strict=True)
    return [drafts[row] for row in range(len(sentences))]
