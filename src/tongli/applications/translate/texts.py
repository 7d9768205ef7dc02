"""Texts to texts: the engine's best drafts, unchecked, in order."""

from __future__ import annotations

from collections.abc import Sequence

from tongli.applications.translate.engine import open_translator
from tongli.core import TranslationBrief, Translator
from tongli.encoders.segment import sentences
from tongli.generation.translate import candidates


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
    found = candidates(texts, translator=engine, source=source, target=target, split=sentences, brief=brief)
    return [drafts[0].text if drafts else text for text, drafts in zip(texts, found, strict=True)]
