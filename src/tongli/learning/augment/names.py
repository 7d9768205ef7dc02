"""Name swaps: another given name, and nothing else, in every language.

Names come from the evaluation's counterfactual set. Which one is put in depends on no property of the one
that is taken out: no name goes with a gender, so agreement in the sentence stays as it was written.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

import regex

from tongli.generation.protected import protected_spans
from tongli.learning.evaluate.counterfactual import given_names

_UNSPACED = ("Hans", "Kana")


def name_swaps(text: str) -> Iterator[tuple[str, str]]:
    """Each other name of the script of the first swappable name, with the text that has it instead."""
    found = _first_name(text)
    if found is None:
        return
    name, script = found
    for other in given_names()[script]:
        if other not in text:
            yield other, _pattern(name, script).sub(other, text)


def _first_name(text: str) -> tuple[str, str] | None:
    taken = protected_spans(text)
    hits = [
        (match.start(), -len(name), name, script)
        for script, names in _known().items()
        for name in names
        if name in text and (match := _pattern(name, script).search(text))
        # Beside another capitalised word it may be a known person, of whom other things are true.
        if not _in_full_name(text, match.span())
        if not any(match.start() < end and start < match.end() for start, end in taken)
    ]
    return min(hits)[2:] if hits else None


def _in_full_name(text: str, span: tuple[int, int]) -> bool:
    before, after = text[: span[0]], text[span[1] :]
    if regex.match(r"[\s-]+\p{Lu}", after):
        return True
    previous = regex.search(r"(\p{Lu}[\p{L}\p{M}.'’]*)[\s-]+$", before)
    return previous is not None and bool(regex.search(r"[\p{L},;:]\s+$", before[: previous.start()]))


@cache
def _pattern(name: str, script: str) -> regex.Pattern[str]:
    if script in _UNSPACED:
        return regex.compile(regex.escape(name))
    # A case ending behind an apostrophe may follow the sounds of the name; the English genitive does not.
    return regex.compile(rf"(?<![\w@#]){regex.escape(name)}(?!\w|['’](?!s\b))")


@cache
def _known() -> dict[str, tuple[str, ...]]:
    """Script → names that are recognised."""
    more = tomllib.loads((files(__package__) / "names.toml").read_text(encoding="utf-8"))["latin"]
    return {
        script: tuple(dict.fromkeys((*names, *(more if script == "Latn" else ()))))
        for script, names in given_names().items()
    }
