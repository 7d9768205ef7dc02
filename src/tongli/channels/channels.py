"""From a message to one reading of all its channels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from threading import Lock
from typing import Protocol, TypeVar

from tongli.channels.heard import NOTHING, UNSURE, Heard
from tongli.channels.readers import Readers
from tongli.core import (
    Audio,
    ChannelReading,
    Image,
    InputError,
    Language,
    Media,
    Message,
    Moment,
    Reading,
    Settings,
    Video,
)
from tongli.emotion.fusion import Fusion

_Kind = TypeVar("_Kind", Audio, Image, Video)
_NO_SOUND = "audio.none"
_SILENT = ChannelReading(channel="speech", reason="the video has no sound")


class ReadWords(Protocol):
    """S(E(x)) of words alone."""

    def __call__(self, messages: Sequence[Message], *, evidence: bool = False) -> list[Reading]:
        """One reading a message, in order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Held:
    """A message, with the words heard for its text, and what its other channels show."""

    message: Message
    channels: tuple[ChannelReading, ...] = ()
    heard: Heard | None = None

    @property
    def worded(self) -> bool:
        """Whether there are words to read; a message without media must have some."""
        return bool(self.message.text.strip()) or not self.message.media


class Channels:
    """Reads messages of words, sound, pictures and video.

    A message without media is read by ``words`` alone, and nothing else runs. Sound comes from the sound
    file, or else from the video; faces from the video and the scene from the picture, or both from the
    picture. Sound is turned into words only where no text is given.

    Args:
        words: reads the words of messages.
        settings: cache and threads of the models of media.
        readers: of media; ``None`` takes the embedded ones, at the first message with media.
        fusion: joins the channels; ``None`` takes the one that ships.
    """

    def __init__(
        self,
        words: ReadWords,
        *,
        settings: Settings,
        readers: Readers | None = None,
        fusion: Fusion | None = None,
    ) -> None:
        self._words = words
        self._settings = settings
        self._given = readers
        self._fusion = fusion or Fusion()
        self._lock = Lock()

    def read(self, messages: Sequence[Message], *, evidence: bool = False) -> list[Reading]:
        """One reading a message, in order, with evidence spans on request.

        Raises:
            InputError: a text or a file that cannot be read, several of a kind (``media.several``), or
                something else than messages (``input.message``).
            ConfigError: packages that a channel needs are not installed; the error names the command.
            ModelError: weights that cannot be had or read.
        """
        for message in messages:
            if not isinstance(message, Message):
                raise _no_message(message)
        if not any(message.media for message in messages):
            return self._words(messages, evidence=evidence)
        held = [self._hold(message) if message.media else _Held(message=message) for message in messages]
        said = iter(self._words([each.message for each in held if each.worded], evidence=evidence))
        return [self._join(each, next(said) if each.worded else _wordless(each.message)) for each in held]

    def _hold(self, message: Message) -> _Held:
        """E and S of everything but the words."""
        audio, video = _only(message.media, Audio), _only(message.media, Video)
        image, sound = _only(message.media, Image), audio or video
        voice = None if sound is None else self._voice(sound)
        heard = None
        if sound is not None and not message.text.strip() and voice is not _SILENT:
            heard = Heard(self._readers.hear(sound.path, lang=message.lang))
            message = heard.message(message)
        seen = (
            *(() if video is None else self._readers.film(video.path)),
            *(() if image is None else self._readers.picture(image.path)),
        )
        channels = {each.channel: each for each in reversed(seen)}
        if voice is not None:
            channels["speech"] = voice
        order = [channels[name] for name in ("speech", "face", "scene") if name in channels]
        return _Held(message=message, channels=tuple(order), heard=heard)

    def _voice(self, sound: Audio | Video) -> ChannelReading:
        try:
            return self._readers.voice(sound.path)
        except InputError as error:
            if isinstance(sound, Video) and error.code == _NO_SOUND:
                return _SILENT
            raise

    def _join(self, held: _Held, reading: Reading) -> Reading:
        if not held.message.media:
            return reading
        if held.heard is not None:
            reading = held.heard.note(reading) if held.worded else _noted(reading, NOTHING)
        text = (self._text(held, reading),) if held.worded else ()
        return self._fusion.fuse(reading, (*text, *held.channels))

    def _text(self, held: _Held, reading: Reading) -> ChannelReading:
        heard = held.heard
        if heard is None:
            return self._fusion.text(reading)
        if heard.doubtful:
            return ChannelReading(channel="text", reason=UNSURE, details=heard.details(), source="heads")
        text = self._fusion.text(reading, trust=heard.confidence, details=heard.details())
        return replace(text, moments=heard.moments(self._stretches))

    def _stretches(self, messages: Sequence[Message]) -> list[Moment]:
        found = [self._fusion.text(reading) for reading in self._words(messages)]
        return [Moment(times=(0.0, 0.0), scores=each.scores, label=each.label) for each in found]

    @cached_property
    def _readers(self) -> Readers:
        from tongli.channels.embedded import EmbeddedReaders

        with self._lock:
            return self._given or EmbeddedReaders(self._settings)


def _only(media: Sequence[Media], kind: type[_Kind]) -> _Kind | None:
    found = [part for part in media if isinstance(part, kind)]
    if len(found) > 1:
        raise InputError(
            "media.several",
            received=f"{len(found)} parts of the kind {kind.__name__.lower()}",
            allowed="at most one sound, one picture and one video in a message",
            fix="Send the others as messages of their own.",
        )
    return found[0] if found else None


def _wordless(message: Message) -> Reading:
    return Reading(message=message, language=Language(tag="und", score=0.0, abstained=True))


def _noted(reading: Reading, note: str) -> Reading:
    return replace(reading, notes=(*reading.notes, note))


def _no_message(given: object) -> InputError:
    """What was given is not repeated: it may be a text."""
    return InputError(
        "input.message",
        received=f"a {type(given).__name__} in place of a message",
        allowed="a tongli.Message",
        fix="Wrap it: Message(text).",
    )
