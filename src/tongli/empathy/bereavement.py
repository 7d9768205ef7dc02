"""Messages that say that somebody close has died: what they need first is a condolence.

An authored list of plain wordings per language (``knowledge/bereavement.toml``): who is close beside a word
of dying, in one sentence and a few words apart, or a wording that says it by itself. It does not weigh
irony or whose relative is meant, and stays silent where the sentence says that years have passed. Silence of
this list proves nothing.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from tongli.core import Claim, Evidence, Reading
from tongli.core.phrases import Phrases
from tongli.core.reading import Span
from tongli.knowledge.needs import CONDOLENCE
from tongli.knowledge.tags import primary

SOURCE = "rule:bereavement"
_AFTER, _BEFORE = 25, 12
"""Code points between who is close and a word of dying that comes after it, or before it."""
_SENTENCE = re.compile(r"[^.!?;。！？؟؛।\n]+")
_OWNING = ("'s", "’s")
"""What belongs to somebody close may die too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Lists:
    """The wordings of one language."""

    kin: Phrases
    died: Phrases
    first: Phrases
    alone: Phrases
    unlike: Phrases


def bereavement_claim(reading: Reading) -> Claim | None:
    """The claim ``need``/``condolence`` with a span for each place that tells of a death, or ``None``.

    Its score is 1: the wording is there. What it means is for a person to judge.
    """
    lists = _all().get(primary(reading.language.tag))
    if lists is None:
        return None
    spans = [span for sentence in _SENTENCE.finditer(reading.message.text) for span in _told(sentence, lists)]
    if not spans:
        return None
    evidence = tuple(Evidence(span=span, weight=1.0) for span in spans)
    return Claim(dimension="need", label=CONDOLENCE, score=1.0, evidence=evidence, source=SOURCE)


def _told(sentence: re.Match[str], lists: _Lists) -> list[Span]:
    """Where a sentence tells of a death, as places of the message."""
    text, start = sentence[0], sentence.start()
    found = lists.alone.find(text)
    died, before = lists.died.find(text), lists.first.find(text)
    if died or before:
        kin = [who for who in lists.kin.find(text) if not text.startswith(_OWNING, who[1])]
        found += [(who[0], word[1]) for who in kin for word in died if 0 <= word[0] - who[1] <= _AFTER]
        found += [(word[0], who[1]) for who in kin for word in before if 0 <= who[0] - word[1] <= _BEFORE]
    if not found or lists.unlike.find(text):
        return []
    return [(start + first, start + last) for first, last in dict.fromkeys(found)]


@cache
def _all() -> Mapping[str, _Lists]:
    text = (files("tongli.knowledge") / "bereavement.toml").read_text(encoding="utf-8")
    return {
        lang: _Lists(**{name: Phrases(patterns) for name, patterns in lists.items()})
        for lang, lists in tomllib.loads(text).items()
    }
