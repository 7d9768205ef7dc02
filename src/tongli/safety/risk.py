"""Messages that a person must see at once, by what they say in plain words.

Talk of harming oneself, threats of violence, and people who are hurt, in danger or were wronged. A guard, not
a diagnosis: short authored lists of explicit phrases per language (``self_harm.toml``, ``threats.toml``,
``dangers.toml``), meant to miss little of what is said in plain words. They do not weigh irony or who is
meant, and their silence proves nothing. The lists on self-harm are read in every language: people in distress
write in the language they feel in.

References:
    World Health Organization (2023), "Preventing suicide: a resource for media professionals": take plain
    statements seriously, refer to people.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from importlib.resources import files
from typing import Any, Final

from tongli.core import Claim, Evidence, Message, Reading, Span
from tongli.core.phrases import Phrases
from tongli.knowledge.risks import DANGER, SELF_HARM, THREAT
from tongli.knowledge.tags import primary

NOTE = "risk: the message may speak of self-harm; a person should answer it now"
THREAT_NOTE = "risk: the message may hold a threat of violence; a person should look at it now"
DANGER_NOTE = "risk: somebody may be hurt, in danger or wronged; a person should answer it now"
NOTES: Final = {SELF_HARM: NOTE, THREAT: THREAT_NOTE, DANGER: DANGER_NOTE}
"""What a reading notes for each kind of risk."""
_NAME: Final = re.compile(r"@([a-z_]+)")
_UNLIKE: Final = "unlike"


def risk_claims(message: Message, *, lang: str | None = None) -> tuple[Claim, ...]:
    """Claims ``risk``: ``self_harm``, ``threat`` and ``danger``, for each of which phrases are in the text.

    Their spans are the phrases; the score is 1: the phrase is there. A person judges what it means.

    Args:
        message: to look at.
        lang: primary subtag of its language, if that is certain: threats and dangers are then looked for in
            the lists of this language and English alone. Otherwise, and for a language without lists, in all.
    """
    lang = lang if lang in _wordings()[THREAT] else None
    if not _anything(lang).find(message.text):  # as nearly always, and told in one pass
        return ()
    found = ((label, _spans(message.text, label, lang)) for label in _wordings())
    return tuple(
        Claim(
            dimension="risk",
            label=label,
            score=1.0,
            evidence=tuple(Evidence(span=span, weight=1.0) for span in spans),
            source=f"rule:{label}",
        )
        for label, spans in found
        if spans
    )


def with_risks(reading: Reading) -> Reading:
    """The reading with its risk claims, and a note for each."""
    language = reading.language
    claims = risk_claims(reading.message, lang=None if language.abstained else primary(language.tag))
    if not claims:
        return reading
    notes = (NOTES[claim.label] for claim in claims if claim.label)
    return replace(reading, claims=(*reading.claims, *claims), notes=(*reading.notes, *notes))


def _spans(text: str, label: str, lang: str | None) -> list[Span]:
    says, unlike = _phrases(label, lang)
    found = says.find(text)
    harmless = unlike.find(text) if found else []
    return [
        (start, end)
        for start, end in found
        if not any(first <= start and end <= last for first, last in harmless)
    ]


@cache
def _anything(lang: str | None) -> Phrases:
    return Phrases(pattern for label in _wordings() for pattern in _said(label, lang))


@cache
def _phrases(label: str, lang: str | None) -> tuple[Phrases, Phrases]:
    return Phrases(_said(label, lang)), Phrases(_wordings()[label][_UNLIKE])


def _said(label: str, lang: str | None) -> list[str]:
    """The patterns to look for in a text of a language."""
    listed = _wordings()[label]
    some = listed.keys() if lang is None or label == SELF_HARM else {lang, "en"}
    return [pattern for each in listed if each in some and each != _UNLIKE for pattern in listed[each]]


@cache
def _wordings() -> Mapping[str, Mapping[str, Sequence[str]]]:
    """Risk → language, or ``unlike`` → patterns."""
    return {
        SELF_HARM: _data("self_harm.toml"),
        THREAT: _written_out(_data("threats.toml")),
        DANGER: _written_out(_data("dangers.toml")),
    }


def _data(name: str) -> dict[str, Any]:
    return tomllib.loads((files("tongli.safety") / name).read_text(encoding="utf-8"))


def _written_out(listed: Mapping[str, Mapping[str, Sequence[str]]]) -> Mapping[str, list[str]]:
    """Each language's patterns ``says``, with the words of a name in the place of each ``@name``."""

    def put(pattern: str, words: Mapping[str, Sequence[str]]) -> str:
        return _NAME.sub(lambda name: f"(?:{'|'.join(put(word, words) for word in words[name[1]])})", pattern)

    return {lang: [put(pattern, words) for pattern in words["says"]] for lang, words in listed.items()}
