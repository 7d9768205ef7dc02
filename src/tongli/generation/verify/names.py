"""Names that a draft made up: capitalised words inside its sentences that nobody mentioned.

Only for languages that capitalise names and little else; German nouns, and scripts without capitals, cannot
be judged this way.
"""

from __future__ import annotations

import re

from tongli.core import Span
from tongli.core.phrases import Phrases, fold
from tongli.generation.verify.lexicon import table

_CAPITALISED = re.compile(r"[^\W\d_][\w'’-]*")
_OPENS = re.compile(r"(?:^|[.!?…:;\n“”\"«»¡¿(\[–—]|\n\s*[-•*])\s*$")


def invented_names(text: str, *, lang: str, known: str) -> list[Span] | None:
    """Capitalised words inside sentences that are neither in ``known`` nor common in the language's letters.

    Args:
        text: the draft, with what is not its own blanked.
        lang: primary language subtag.
        known: everything that names may come from: message, history, plan, declared people.

    Returns:
        Spans of ``text``; ``None`` for a language that cannot be judged.
    """
    words = table("capitals")
    if lang not in words:
        return None
    usual = frozenset(words["any"]) | frozenset(words[lang])
    given = frozenset(_words(fold(known).text))
    return [
        found.span()
        for found in _CAPITALISED.finditer(text)
        if found[0][0].isupper()
        and not _OPENS.search(text[: found.start()])
        and not {stem.lower() for stem in (found[0], _stem(found[0]))} & (usual | given)
    ]


def has_word(text: str, word: str) -> bool:
    """Whether ``word`` occurs in ``text`` as a word of its own, whatever the case."""
    return bool(Phrases.literal([word]).find(text))


def _stem(word: str) -> str:
    """A name without the English or Dutch genitive."""
    return re.sub(r"['’]s$", "", word)


def _words(text: str) -> list[str]:
    return [_stem(found[0]) for found in _CAPITALISED.finditer(text)]
