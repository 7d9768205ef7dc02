"""Messages that a person must see at once: talk of harming oneself, and threats of violence, in plain words.

A guard, not a diagnosis: short authored lists of explicit phrases per language (``self_harm.toml``,
``threats.toml``), meant to miss little of what is said in plain words. It does not weigh irony or who is
meant, and silence of these lists proves nothing. Every language's list is read: people in distress write in
the language they feel in.

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
from typing import Any, Final, NamedTuple

from tongli.core import Claim, Evidence, Message, Reading, Span
from tongli.core.phrases import Phrases
from tongli.knowledge.risks import SELF_HARM, THREAT

NOTE = "risk: the message may speak of self-harm; a person should answer it now"
THREAT_NOTE = "risk: the message may hold a threat of violence; a person should look at it now"
_NOTES: Final = {SELF_HARM: NOTE, THREAT: THREAT_NOTE}
_NAME = re.compile(r"@([a-z_]+)")


class _Wordings(NamedTuple):
    """Patterns of one risk, of all languages together, and of what only looks like it."""

    says: tuple[str, ...]
    unlike: tuple[str, ...]


def risk_claims(message: Message) -> tuple[Claim, ...]:
    """Claims ``risk``/``self_harm`` and ``risk``/``threat``, each where phrases of it are in the text.

    Their spans are the phrases; the score is 1: the phrase is there. A person judges what it means.
    """
    if not _anything().find(message.text):  # as nearly always, and told in one pass
        return ()
    found = ((label, _spans(message.text, label)) for label in _wordings())
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
    claims = risk_claims(reading.message)
    if not claims:
        return reading
    notes = (_NOTES[claim.label] for claim in claims if claim.label)
    return replace(reading, claims=(*reading.claims, *claims), notes=(*reading.notes, *notes))


def _spans(text: str, label: str) -> list[Span]:
    says, unlike = _phrases(label)
    found = says.find(text)
    harmless = unlike.find(text) if found else []
    return [
        (start, end)
        for start, end in found
        if not any(first <= start and end <= last for first, last in harmless)
    ]


@cache
def _anything() -> Phrases:
    return Phrases(pattern for wordings in _wordings().values() for pattern in wordings.says)


@cache
def _phrases(label: str) -> tuple[Phrases, Phrases]:
    wordings = _wordings()[label]
    return Phrases(wordings.says), Phrases(wordings.unlike)


@cache
def _wordings() -> Mapping[str, _Wordings]:
    threats = {lang: _written_out(words) for lang, words in _data("threats.toml").items()}
    return {SELF_HARM: _of(_data("self_harm.toml")), THREAT: _of(threats)}


def _data(name: str) -> dict[str, Any]:
    return tomllib.loads((files("tongli.safety") / name).read_text(encoding="utf-8"))


def _of(listed: Mapping[str, Sequence[str]]) -> _Wordings:
    says = (pattern for lang, patterns in listed.items() if lang != "unlike" for pattern in patterns)
    return _Wordings(says=tuple(says), unlike=tuple(listed["unlike"]))


def _written_out(words: Mapping[str, Sequence[str]]) -> list[str]:
    """The patterns ``says`` of a language with the words of a name in the place of each ``@name``."""

    def put(pattern: str) -> str:
        return _NAME.sub(lambda name: f"(?:{'|'.join(map(put, words[name[1]]))})", pattern)

    return [put(pattern) for pattern in words["says"]]
