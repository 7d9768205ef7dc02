"""The embedded models of media, wired: files to what each channel shows."""

from __future__ import annotations

from pathlib import Path

from tongli.channels.beside import beside
from tongli.channels.scene import Scenes
from tongli.core import ChannelReading, ConfigError, Settings, Transcript
from tongli.emotion.face import read_faces
from tongli.emotion.speech import SpeechEmotion
from tongli.encoders.audio import Voice, Whisper, blocks
from tongli.encoders.audio.sounds import Sounds
from tongli.encoders.audio.transcribe import language_of, transcribe, whisper_code
from tongli.encoders.audio.voice_encoder import VoiceEncoder
from tongli.encoders.image.faces import FaceEncoder
from tongli.encoders.image.picture import read_image
from tongli.encoders.video.faces import encode_video


class EmbeddedReaders:
    """Reads media with the embedded models; each is read from disk at its first use.

    Args:
        settings: cache, threads, offline switch.
    """

    def __init__(self, settings: Settings) -> None:
        self._whisper = Whisper(settings=settings)
        self._activity = Voice(settings=settings)
        self._voices, self._speech = VoiceEncoder(settings=settings), SpeechEmotion()
        self._faces = FaceEncoder(settings=settings)
        self._scenes = Scenes(settings)

    def hear(self, sound: Path, *, lang: str | None) -> Transcript:
        """The words of a sound or video file; a language that the model does not know is heard instead."""
        lang = self._known(lang)
        heard = list(transcribe(blocks(sound), whisper=self._whisper, voice=self._activity, lang=lang))
        return Transcript(
            language=language_of(heard, lang=lang),
            segments=tuple(segment for item in heard for segment in item.segments),
            seconds=heard[-1].until if heard else 0.0,
            source=self._whisper.id,
        )

    def voice(self, sound: Path) -> ChannelReading:
        """What the voice in a sound or video file shows; beside it, which sounds are no voice."""
        sounds = Sounds(self._activity)
        reading = self._speech.read(self._voices.encode(sounds.passing(blocks(sound))))
        return beside(reading, sounds.found())

    def picture(self, image: Path) -> tuple[ChannelReading, ...]:
        """What the faces of a picture show, and its scene."""
        pixels = read_image(image)
        return read_faces(self._faces.encode(pixels)), self._scenes.read(pixels)

    def film(self, video: Path) -> tuple[ChannelReading, ...]:
        """What faces in a video show."""
        return (read_faces(encode_video(video, self._faces)),)

    def _known(self, lang: str | None) -> str | None:
        try:
            return None if lang is None or not whisper_code(lang, self._whisper) else lang
        except ConfigError as error:
            if error.code == "audio.language":
                return None
            raise
