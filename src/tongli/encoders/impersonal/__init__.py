"""Texts without the persons in them: names and third-person pronouns become one common person.

What a text feels like must not rest on who is meant. A head that reads the encoder's states of an impersonal
text cannot tell Maria from Ahmed, nor "she" from "xe": they are the same text to it.

No name goes with a gender in the list of names, nor in what tells names that are on no list. One that is
an ordinary word too stands for a person only where the language of the text, or a capital inside a sentence,
says so. Which words are pronouns depends on the language, which is told by frequent words of the text itself,
so that names have no say in it.

References:
    Garg et al. (2019), "Counterfactual fairness in text classification through robustness", AIES: blindness.
    Dixon et al. (2018), "Measuring and mitigating unintended bias in text classification", AIES.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from tongli.encoders.impersonal.lists import Lists, lists, script_of
from tongli.encoders.impersonal.rewriting import PREFIXES, Rewriting
from tongli.encoders.impersonal.spelling import WORD, split
from tongli.encoders.impersonal.told import Told
from tongli.encoders.impersonal.unlisted import UNCASED
from tongli.encoders.impersonal.unspaced import unspaced

_UNSPACED = re.compile("[\u0e01-\u0e2e\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af]")
_MAY_JOIN = frozenset("".join(PREFIXES.values()))
"""Letters that may be a word of their own before a name."""

_PASSES = 5
"""At most; a person who was found gives other words new neighbours, and the text clearer words."""


def impersonal(text: str) -> str:
    """A text in which every person that is recognised is the same one.

    Whatever holds no recognised name or pronoun is returned as it was. Where there is a person, adjectives
    and verbs take one form for all in the languages of ``agreement.toml``. Titles and words for kin stay.

    Args:
        text: in any language.

    >>> impersonal("Maria said that she missed her brother.")
    "Sam said that Sam missed Sam's brother."
    """
    for _ in range(_PASSES):
        before, text = text, _rewritten(text)
        if text == before:
            break
    return text


def _rewritten(text: str) -> str:
    """The text with the persons that can be told from it as it is."""
    known = lists()
    if not text.isascii() and _UNSPACED.search(text):
        text = unspaced(text, known)
    lower, folded = split(text)
    names, pronouns = known.names, known.pronouns
    found = [
        at
        for at, (word, name) in enumerate(zip(lower[1::2], folded[1::2], strict=True))
        if word in pronouns
        or name in names
        or (name[-1] == "s" and name[:-1] in names)
        or (name[0] in _MAY_JOIN and name[1:] in names)
    ]
    parts = WORD.split(text)
    told = Told(parts, lower, folded, known)
    strange = [at for at in _strange(parts, folded, known, told=told) if at not in found]
    if not strange and all(lower[2 * at + 1] in known.things for at in found):
        return text
    rewriting = Rewriting(parts, lower, folded, known, told=told)
    return rewriting.run([2 * at + 1 for at in found], strange=[2 * at + 1 for at in strange])


def _strange(parts: Sequence[str], folded: Sequence[str], known: Lists, *, told: Told) -> list[int]:
    """Which words may be names that are on no list: written like names, and no ordinary words."""
    return [
        at
        for at, (word, name) in enumerate(zip(parts[1::2], folded[1::2], strict=True))
        if (word[0].isupper() or (not word[0].islower() and script_of(word) in UNCASED))
        and len(name) > 1
        and name not in known.names
        and (parts[2 * at + 2] == "-" or not told.is_ordinary(name))
    ]
