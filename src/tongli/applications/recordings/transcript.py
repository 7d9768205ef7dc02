"""A sound or video file to its transcript."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from tongli.applications.recordings.journal import head_of, heard_journal
from tongli.core import Transcript, Waveform
from tongli.encoders.audio import Voice, Whisper, blocks, seconds_of
from tongli.encoders.audio.sounds import Sounds
from tongli.encoders.audio.transcribe import Heard, language_of, transcribe

Progress = Callable[[float, float | None], None]
"""Seconds of the recording that are done, and of all of it where the file says how many there are."""


def transcript_of(
    path: Path,
    *,
    whisper: Whisper,
    voice: Voice,
    lang: str | None = None,
    journal: Path | None = None,
    progress: Progress | None = None,
) -> Transcript:
    """What is said in a recording of any length, and which sounds are no words; no segments without speech.

    Args:
        path: any sound or video file that FFmpeg reads.
        whisper, voice: the models.
        lang: BCP-47 tag of what is spoken; heard when left out.
        journal: where to keep what was heard, so that a run that was killed goes on from it. It is left for
            the caller to remove when what it made of the transcript is safe.
        progress: called after each window of speech.

    Raises:
        ConfigError, InputError, StorageError: the file cannot be read: see
            :func:`tongli.encoders.audio.read_audio`; ``audio.language``.
        ModelError, StorageError: the models cannot be had; the journal cannot be written.
    """
    total = seconds_of(path)
    sounds = Sounds(voice)
    sound = _Counted(sounds.passing(blocks(path)))
    heard: list[Heard] = []
    kept = heard_journal(journal, head_of(path, model=whisper.id, lang=lang)) if journal else None
    try:
        heard += kept.open() if kept else []
        for item in transcribe(sound, whisper=whisper, voice=voice, lang=lang, done=tuple(heard)):
            heard.append(item)
            if kept:
                kept.add(item)
            if progress:
                progress(item.until, total)
    finally:
        if kept:
            kept.close()
    segments = tuple(segment for item in heard for segment in item.segments)
    return Transcript(
        language=language_of(heard, lang=lang),
        segments=segments,
        seconds=sound.seconds,
        source=whisper.id,
        sounds=sounds.found([word.times for segment in segments for word in segment.words]),
    )


class _Counted:
    """Blocks of sound, and how long they were."""

    def __init__(self, sound: Iterable[Waveform]) -> None:
        self._sound = sound
        self.seconds = 0.0

    def __iter__(self) -> Iterator[Waveform]:
        for block in self._sound:
            self.seconds += block.seconds
            yield block
