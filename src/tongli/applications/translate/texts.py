"""Texts to texts: cut into sentences for the engine, and put together again with all between them kept."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise

from tongli.applications.translate.engine import open_translator
from tongli.core import TranslationBrief, Translator
from tongli.encoders.segment import sentences


def translate_texts(
    texts: Sequence[str],
    *,
    source: str,
    target: str,
    engine: str | Translator | None = None,
    brief: TranslationBrief | None = None,
) -> list[str]:
    """The engine's best draft of each text, unchecked, in order.

    White space between and around sentences stays; a sentence that the engine gives nothing for stays too,
    and so does whatever holds no letter.

    Args:
        texts: of any length, blank ones too.
        source, target: BCP-47 tags.
        engine: a translator, or a name as in :func:`~tongli.applications.translate.engine.open_translator`.
        brief: wishes, for engines that follow them.

    Raises:
        TongliError: as :func:`~tongli.applications.translate.engine.open_translator` and the engine.
    """
    if engine is None or isinstance(engine, str):
        engine = open_translator(engine, source=source, target=target)

    def translated(units: Sequence[str]) -> list[str]:
        drafts = engine.translate(units, source=source, target=target, brief=brief)
        return [own[0].text if own else unit for unit, own in zip(units, drafts, strict=True)]

    return by_sentence(texts, translated)


def by_sentence(texts: Sequence[str], translate: Callable[[Sequence[str]], list[str]]) -> list[str]:
    """Texts with each sentence replaced by what ``translate`` makes of it; each is asked for once."""
    cut = [_cut(text) for text in texts]
    wanted = list(dict.fromkeys(piece for pieces in cut for piece, spoken in pieces if spoken))
    made = dict(zip(wanted, translate(wanted), strict=True)) if wanted else {}
    return ["".join(made[piece] if spoken else piece for piece, spoken in pieces) for pieces in cut]


def _cut(text: str) -> list[tuple[str, bool]]:
    """Stretches that together make up a text, each with whether it is a sentence with a letter in it."""
    spans = sentences(text)
    edges = [0, *(offset for span in spans for offset in span), len(text)]
    pieces = [text[start:end] for start, end in pairwise(edges)]
    return [
        (piece, place % 2 == 1 and any(char.isalpha() for char in piece))
        for place, piece in enumerate(pieces)
        if piece
    ]
