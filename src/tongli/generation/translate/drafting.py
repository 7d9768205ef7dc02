"""Candidates for whole texts from an engine that translates sentences."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise

from tongli.core import Draft, Span, TranslationBrief, Translator, shorten
from tongli.generation.translate.chrf import by_utility

Split = Callable[[str], list[Span]]
"""A text → its sentences, in order, without the white space around them."""

_Piece = tuple[str, bool]
"""A stretch of a text, and whether it is to be translated."""


def candidates(
    texts: Sequence[str],
    *,
    translator: Translator,
    source: str,
    target: str,
    split: Split,
    n: int = 1,
    brief: TranslationBrief | None = None,
    mbr: bool = False,
) -> list[list[Draft]]:
    """At most ``n`` drafts a text, the best first; all between and around its sentences stays.

    Engines that follow briefs read a text whole, since they use what stands around a sentence. The others get
    sentences, each once: the k-th draft of a text is made of the k-th drafts of its sentences. A sentence
    that the engine gives nothing for stays as it is and counts as unknown.

    Args:
        texts: of any length.
        translator: the engine.
        source, target: BCP-47 tags.
        split: finds sentences.
        n: drafts asked for.
        brief: wishes.
        mbr: put those with the least expected risk first, instead of those the engine likes best.

    Raises:
        EngineError: those of the engine.
    """
    cut = [_whole(text) if translator.follows else _cut(text, split) for text in texts]
    wanted = list(dict.fromkeys(piece for pieces in cut for piece, spoken in pieces if spoken))
    found = translator.translate(wanted, source=source, target=target, n=n, brief=brief) if wanted else []
    made = {piece: _ranked(drafts, mbr=mbr) for piece, drafts in zip(wanted, found, strict=True)}
    return [_texts(pieces, made, n=n) for pieces in cut]


def _ranked(drafts: list[Draft], *, mbr: bool) -> list[Draft]:
    """Drafts that say anything, in their order or by utility."""
    said = [draft for draft in drafts if draft.text.strip()]
    return [said[index] for index in by_utility([draft.text for draft in said])] if mbr else said


def _whole(text: str) -> list[_Piece]:
    core = text.strip()
    start = text.find(core)
    pieces = [(text[:start], False), (core, _spoken(core)), (text[start + len(core) :], False)]
    return [piece for piece in pieces if piece[0]]


def _cut(text: str, split: Split) -> list[_Piece]:
    """Stretches that together make up a text."""
    edges = [0, *(offset for span in split(text) for offset in span), len(text)]
    pieces = (text[start:end] for start, end in pairwise(edges))
    return [(piece, place % 2 == 1 and _spoken(piece)) for place, piece in enumerate(pieces) if piece]


def _spoken(piece: str) -> bool:
    return any(char.isalpha() for char in piece)


def _texts(pieces: Sequence[_Piece], made: dict[str, list[Draft]], *, n: int) -> list[Draft]:
    """Whole drafts, all different; none where no sentence has one."""
    drafts = [made[piece] for piece, spoken in pieces if spoken]
    most = max((len(each) for each in drafts), default=0)
    found: dict[str, Draft] = {}
    for rank in range(min(n, most)):
        draft = _joined(pieces, made, rank=rank)
        found.setdefault(draft.text, draft)
    return list(found.values())


def _joined(pieces: Sequence[_Piece], made: dict[str, list[Draft]], *, rank: int) -> Draft:
    """The draft of one rank; a sentence with fewer gives its last."""
    told: list[str] = []
    parts: list[Draft] = []
    unknown: list[str] = []
    for piece, spoken in pieces:
        own = made[piece] if spoken else []
        if not own:
            told.append(piece)
            unknown += [shorten(piece)] if spoken else []
            continue
        part = own[min(rank, len(own) - 1)]
        parts.append(part)
        told.append(part.text)
        unknown += part.unknown
    scores = [part.score for part in parts if part.score is not None]
    return Draft(
        text="".join(told),
        lang=parts[0].lang,
        provenance=parts[0].provenance,
        score=sum(scores) / len(scores) if scores else None,
        unknown=tuple(unknown),
    )
