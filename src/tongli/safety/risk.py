"""Messages that a person must see at once: explicit talk of ending or harming one's own life.

A guard, not a diagnosis: a short authored list of explicit phrases per language (``self_harm.toml``), meant
to miss little of what is said in plain words. It does not weigh irony, negation or who is meant, and silence
of this list proves nothing. Every language's list is read: people in distress write in the language they feel
in.

References:
    World Health Organization (2023), "Preventing suicide: a resource for media professionals": take plain
    statements seriously, refer to people.
"""

from __future__ import annotations

import tomllib
from dataclasses import replace
from functools import cache
from importlib.resources import files

from tongli.core import Claim, Evidence, Message, Reading
from tongli.core.phrases import Phrases

NOTE = "risk: the message may speak of self-harm; a person should answer it now"


def risk_claims(message: Message) -> tuple[Claim, ...]:
    """One claim ``risk``/``self_harm`` with a span for each phrase found in the text, or none.

    Its score is 1: the phrase is there. What it means is for a person to judge.
    """
    unlike, phrases = _lists()
    found = phrases.find(message.text)
    harmless = unlike.find(message.text) if found else []
    spans = [
        (start, end)
        for start, end in found
        if not any(first <= start and end <= last for first, last in harmless)
    ]
    if not spans:
        return ()
    evidence = tuple(Evidence(span=span, weight=1.0) for span in spans)
    return (
        Claim(dimension="risk", label="self_harm", score=1.0, evidence=evidence, source="rule:self_harm"),
    )


def with_risks(reading: Reading) -> Reading:
    """The reading with its risk claims, and a note when there are any."""
    claims = risk_claims(reading.message)
    if not claims:
        return reading
    return replace(reading, claims=(*reading.claims, *claims), notes=(*reading.notes, NOTE))


@cache
def _lists() -> tuple[Phrases, Phrases]:
    text = (files("tongli.safety") / "self_harm.toml").read_text(encoding="utf-8")
    data = tomllib.loads(text)
    listed = [pattern for lang, patterns in data.items() if lang != "unlike" for pattern in patterns]
    return Phrases(data["unlike"]), Phrases(listed)
