"""What ``tongli subtitle`` makes: subtitles of a file or a recording, in other languages, and in videos."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tongli.applications.subtitles import files
from tongli.applications.subtitles.address_file import Addresses
from tongli.applications.subtitles.cue import Tag, Track
from tongli.applications.subtitles.limits import Limits, limits, limits_for
from tongli.applications.subtitles.make import fixed, timed, words_of
from tongli.applications.subtitles.words import TimedWord, parse_words
from tongli.cli.recording_meter import recording_meter
from tongli.cli.subtitle_view import tell_addresses
from tongli.cli.terminal import stderr_console, working
from tongli.core import ConfigError, Settings, TongliError, Transcript, TranslationBrief


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """Subtitles, their limits, and the words that they were made of."""

    track: Track
    allowed: Limits
    words: Sequence[TimedWord]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """Options of the command.

    Attributes:
        lang: BCP-47 tag; found when left out.
        fps: frames a second of the picture.
        encoding: of a text file.
        fix: break lines and set times anew.
        confidence: show labels that are at least so certain; none when left out.
        model: speech model.
        engine: who translates.
        addresses: how people address one another.
    """

    lang: str | None
    fps: float
    encoding: str | None
    fix: bool
    confidence: float | None
    model: str
    engine: str | None
    addresses: Addresses


def make(file: str, wishes: Wishes, *, journal: Path | None) -> Made:
    """The subtitles of a file: subtitles, timed words, or a recording where ``journal`` is given."""
    if journal is not None:
        return _heard(file, wishes, journal)
    with working("Reading"):
        if file.lower().endswith(".json"):
            words = parse_words(files.read_text(file, encoding=wishes.encoding))
            return _timed(words, wishes.lang, wishes)
        track = files.read(file, encoding=wishes.encoding)
        allowed = limits_for((cue.text for cue in track.cues), lang=wishes.lang, fps=wishes.fps)
        if wishes.fix:
            track = fixed(track, allowed, confidence=wishes.confidence)
        elif wishes.confidence is not None:
            raise ConfigError(
                "subtitles.option",
                received="--sdh for a subtitle file, without --fix",
                allowed="--sdh with --fix, as labels need new lines and times; or with timed words",
                fix="Add --fix.",
            )
        return Made(track=track, allowed=allowed, words=words_of(track, allowed))


def translate(made: Made, lang: str, wishes: Wishes, *, journal: Path) -> Track:
    """The subtitles in another language; tells which forms of address were chosen, and where they are mixed.

    Raises:
        ConfigError: ``subtitles.language`` when it is not clear what they are translated from.
        TongliError: as the engine does.
    """
    from tongli.applications.subtitles.address import Addressed, addressed
    from tongli.applications.subtitles.drafts import resumable
    from tongli.applications.subtitles.translated import Sentence, translated
    from tongli.applications.translate import translate_texts

    source = made.allowed.lang
    if source == "und":
        raise ConfigError(
            "subtitles.language",
            received="--to, and a language that is not clear",
            allowed="a known language to translate from",
            fix="Name it with --lang.",
        )

    def engine(texts: Sequence[str], brief: TranslationBrief) -> list[str]:
        return translate_texts(texts, source=source, target=lang, engine=wishes.engine, brief=brief)

    found: list[Addressed] = []

    def texts_of(sentences: Sequence[Sentence]) -> list[str]:
        with (
            recording_meter(f"Translating to {lang}", counted=True) as show,
            resumable(
                engine,
                journal=journal,
                source=source,
                target=lang,
                name=wishes.engine,
                progress=lambda done: show(done, len(sentences)),
            ) as ask,
        ):
            found.append(addressed(sentences, ask, source=source, target=lang, wishes=wishes.addresses))
        return list(found[0].texts)

    allowed = limits(lang, fps=wishes.fps)
    track = translated(made.words, texts_of, allowed, confidence=wishes.confidence)
    tell_addresses(lang, found[0])
    return track


def name_of(file: str, out: str | None, lang: str) -> str:
    """The output of a language: ``film.es.srt`` beside ``film.srt``, or beside the recording."""
    base = Path(out) if out else Path(file).with_suffix(".srt")
    return str(base.with_suffix(f".{lang}{base.suffix}"))


def burn(film: Path, target: str, track: Track, *, font: str | None) -> None:
    """Write a video with the subtitles drawn into its picture."""
    from tongli.applications.subtitles.burn import burn_in
    from tongli.applications.subtitles.drawn import Drawing

    drawing = Drawing(font=Path(font) if font else None)
    with recording_meter("Drawing") as progress:
        burn_in(film, Path(target), track, drawing, progress=progress)


def _heard(file: str, wishes: Wishes, journal: Path) -> Made:
    from tongli.applications.recordings.texts import timed_words
    from tongli.applications.recordings.transcript import transcript_of
    from tongli.encoders.audio import Voice, Whisper

    path, whisper = Path(file), Whisper(wishes.model)
    with recording_meter("Listening") as progress:
        transcript = transcript_of(
            path, whisper=whisper, voice=Voice(), lang=wishes.lang, journal=journal, progress=progress
        )
    emotions = _emotions(path, transcript) if wishes.confidence is not None else []
    lang = None if transcript.language.abstained else transcript.language.tag
    words = timed_words(transcript, emotions=emotions, sounds=wishes.confidence is not None)
    return _timed(words, lang, wishes)


def _timed(words: Sequence[TimedWord], lang: str | None, wishes: Wishes) -> Made:
    allowed = limits_for((" ".join(word.text for word in words),), lang=lang, fps=wishes.fps)
    return Made(track=timed(words, allowed, confidence=wishes.confidence), allowed=allowed, words=words)


def _emotions(path: Path, transcript: Transcript) -> list[Tag | None]:
    """What the voice shows in each segment; nothing, and why, where it cannot be read."""
    from tongli.applications.recordings.feelings import tags_of
    from tongli.emotion.speech import SpeechEmotion
    from tongli.encoders.audio import blocks
    from tongli.encoders.audio.voice_encoder import VoiceEncoder

    try:
        with recording_meter("Hearing how it is said") as show:
            return tags_of(
                blocks(path),
                transcript.segments,
                voices=VoiceEncoder(settings=Settings.from_env()),
                emotion=SpeechEmotion(),
                progress=lambda done: show(done, transcript.seconds),
            )
    except TongliError as error:
        stderr_console().print(f"no emotions are shown: [{error.code}] {error.fix}", soft_wrap=True)
        return []
