"""Stand-ins: words by a rule, media by what their file name says."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from tongli.core import (
    ChannelReading,
    Claim,
    InputError,
    Language,
    Message,
    Moment,
    Reading,
    Settings,
    Transcript,
    TranscriptSegment,
    TranscriptWord,
)
from tongli.core.text import require_text
from tongli.knowledge.speech_labels import SPEECH_LABELS

EKMAN = ("anger", "disgust", "fear", "joy", "sadness", "surprise")
VOICE = {"anger": "angry", "joy": "happy", "sadness": "sad", "neutral": "neutral"}


def peaked(labels: Sequence[str], best: str, *, share: float = 0.85) -> dict[str, float]:
    """Probabilities with one that stands out."""
    rest = (1 - share) / (len(labels) - 1)
    return {label: share if label == best else rest for label in labels}


def _read_words(messages: Sequence[Message], *, evidence: bool = False) -> list[Reading]:
    """A message feels what it names."""
    return [_words(message) for message in messages]


def _words(message: Message) -> Reading:
    text = require_text(message.text, max_chars=1000)
    felt = next((label for label in EKMAN if label in text), None)
    claims = [Claim(dimension="sentiment", label="neutral", score=0.9, source="head:sentiment")]
    if felt is not None:
        claims.append(
            Claim(dimension="emotion", label=felt, score=0.97, scheme="ekman6", source="head:ekman6")
        )
    if "die" in text:
        claims.append(Claim(dimension="risk", label="self_harm", score=1.0, source="rule:self_harm"))
    return Reading(
        message=message,
        language=Language(tag=message.lang or "en", score=1.0),
        claims=tuple(claims),
        scores={"ekman6": {label: 0.97 if label == felt else 0.01 for label in EKMAN}},
    )


class FakeReaders:
    """``anger.wav`` sounds angry and says "anger"; ``mute`` says nothing, ``mumble`` is misheard."""

    def __init__(self) -> None:
        self.heard: list[str] = []

    def hear(self, sound: Path, *, lang: str | None) -> Transcript:
        self.heard.append(sound.name)
        said = () if "mute" in sound.name else (f"that is {sound.stem.split('-')[-1]}", "goodbye")
        confidence = 0.2 if "mumble" in sound.name else 0.9
        segments = tuple(
            TranscriptSegment(
                words=(TranscriptWord(text=text, times=(at + 0.0, at + 1.0), confidence=confidence),)
            )
            for at, text in enumerate(said)
        )
        return Transcript(
            language=Language(tag="de", score=0.9), segments=segments, seconds=2.0, source="fake-asr"
        )

    def voice(self, sound: Path) -> ChannelReading:
        if "broken" in sound.name:
            raise InputError("audio.format", received=sound.name, allowed="sound", fix="Convert it.")
        if "silent" in sound.name:
            raise InputError("audio.none", received=sound.name, allowed="sound", fix="Check it.")
        shown = VOICE[sound.stem.split("-")[0]]
        moment = Moment(times=(0.0, 2.0), scores={shown: 1.0}, label=shown)
        scores = peaked(SPEECH_LABELS, shown)
        return ChannelReading(
            channel="speech", scores=scores, label=shown, reliability=0.9, moments=(moment,), source="fake"
        )

    def picture(self, image: Path) -> tuple[ChannelReading, ...]:
        scene = ChannelReading(channel="scene", reason="no image encoder is installed")
        return *self.film(image), scene

    def film(self, video: Path) -> tuple[ChannelReading, ...]:
        shown = video.stem.split("-")[0]
        if shown == "wall":
            return (ChannelReading(channel="face", reason="no face was found"),)
        scores = peaked((*EKMAN, "neutral"), shown, share=0.6)
        return (ChannelReading(channel="face", scores=scores, label=shown, reliability=0.8, source="fake"),)


@pytest.fixture
def read_words() -> Any:
    return _read_words


@pytest.fixture
def readers() -> FakeReaders:
    return FakeReaders()


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(cache=tmp_path, threads=1, offline=True)
