"""The command line over a stand-in for the pipeline: ``python fake_tongli.py read …``."""

from __future__ import annotations

import os
import sys
import time
import types
from collections.abc import Sequence
from typing import Any

from tongli.core import (
    Check,
    Claim,
    CultureContext,
    Draft,
    Evidence,
    Language,
    Message,
    Plan,
    Provenance,
    Reading,
    Response,
    Verdict,
)
from tongli.core.text import require_text
from tongli.emotion.heads import Heads


class FakeTongli:
    engines = ()

    def __init__(self, **options: Any) -> None:
        self.options = options
        self.heads = Heads(names=options.get("heads"))

    def load(self) -> FakeTongli:
        if os.environ.get("FAKE_BUG"):
            raise KeyError("a bug")
        return self

    def read_many(self, messages: Sequence[Message], *, evidence: bool = False) -> list[Reading]:
        time.sleep(float(os.environ.get("FAKE_SECONDS", "0")))
        return [self._read(message, evidence=evidence) for message in messages]

    def read(self, message: Message, *, evidence: bool = True) -> Reading:
        self.load()
        require_text(message.text, max_chars=200_000)
        return self._read(message, evidence=evidence)

    def respond(self, message: Message, *, reply_lang: str | None = None, **_: Any) -> Response:
        reading = self.read(message)
        lang = reply_lang or reading.language.tag
        culture = CultureContext(
            lang=lang, locale=lang, register="neutral", address="formal", salutation=message.author.name or ""
        )
        draft = Draft(
            text=f"Reply to {message.author.name}",
            lang=lang,
            provenance=Provenance(engine=self.options.get("engine", "realiser")),
        )
        bad = "bad" in message.text
        checks = (
            Check(name="language", passed=True, detail="as planned", score=0.9),
            Check(name="facts", passed=not bad, detail="every number is kept"),
            Check(name="meaning", passed=None, detail="nothing to compare with"),
        )
        verdict = Verdict(draft=draft, checks=checks)
        return Response(
            text="" if bad else draft.text,
            lang=lang,
            plan=Plan(culture=culture, acts=("acknowledge", "next_step"), keep=("KX-1",)),
            reading=reading,
            verdict=None if bad else verdict,
            alternatives=(verdict,) if bad else (),
            needs_person=bad,
            notes=("no draft passed",) if bad else (),
        )

    def _read(self, message: Message, *, evidence: bool) -> Reading:
        spans = (Evidence(span=(0, 5), weight=0.25),) if evidence else ()
        return Reading(
            message=message,
            language=Language(tag=message.lang or "en", score=0.9, others=(("fr", 0.25),)),
            claims=(
                Claim(dimension="emotion", label="joy", score=0.8, scheme="ekman6", evidence=spans),
                Claim(dimension="emotion", label="gratitude", score=0.6, scheme="goemotions28"),
                Claim(dimension="politeness", label=None, score=0.5, abstained=True, reason="too close"),
            ),
            scores={
                "ekman6": {"anger": 0.1, "joy": 0.8},
                "intensity": {"joy": 2.0},
                "sentiment": {"negative": 0.1, "neutral": 0.2, "positive": 0.7},
                "politeness": 0.5,
                "formality": 0.1,
                "distress": 2.5,
            },
            notes=("one character was repaired",),
        )


if __name__ == "__main__":
    pipeline = types.ModuleType("tongli.pipeline")
    pipeline.Tongli = FakeTongli  # type: ignore[attr-defined]
    sys.modules["tongli.pipeline"] = pipeline
    from tongli.cli import main

    main()
