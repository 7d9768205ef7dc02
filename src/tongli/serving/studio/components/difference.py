"""Two versions of a text: what went, what came."""

from __future__ import annotations

import difflib

import regex
from markupsafe import Markup

from tongli.serving.studio.components.controls import joined
from tongli.serving.studio.words import Words

_PIECES = regex.compile(r"\s+|[\p{L}\p{M}\p{N}'’_-]+|.", regex.DOTALL)
_SPACELESS = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]")


def difference(before: str, after: str, words: Words) -> Markup:
    """The new version with what was struck out left in place."""
    if before == after:
        return Markup('<p class="quiet">{}</p>').format(words("write.no_difference"))
    old, new = _pieces(before), _pieces(after)
    parts: list[Markup] = []
    for name, start, end, first, last in difflib.SequenceMatcher(
        None, old, new, autojunk=False
    ).get_opcodes():
        gone, came = "".join(old[start:end]), "".join(new[first:last])
        if name == "equal":
            parts.append(Markup("{}").format(came))
            continue
        parts += [Markup("<del>{}</del>").format(gone)] if gone else []
        parts += [Markup("<ins>{}</ins>").format(came)] if came else []
    return Markup('<p class="difference" dir="auto">{}</p>').format(joined(parts))


def _pieces(text: str) -> list[str]:
    """Words, and single characters where a script sets no spaces."""
    return [
        part
        for piece in _PIECES.findall(text)
        for part in (list(piece) if _SPACELESS.search(piece) else [piece])
    ]
