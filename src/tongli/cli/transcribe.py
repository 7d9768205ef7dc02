"""``tongli transcribe``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tongli.cli.options import AsJson, Quiet

if TYPE_CHECKING:
    from tongli.core import Transcript

SpeechModel = Annotated[
    str,
    typer.Option(
        "--model",
        metavar="MODEL",
        envvar="TONGLI_SPEECH_MODEL",
        help="embedded (Whisper base), a folder with a CTranslate2 Whisper, or hf:NAME.",
    ),
]


def transcribe(
    file: Annotated[str, typer.Argument(metavar="FILE", help="A sound or video file.")],
    *,
    out: Annotated[
        str | None,
        typer.Option(
            "--out", "-o", metavar="FILE", help="Write there: .txt, .json, .srt, .vtt, .ass or .ttml."
        ),
    ] = None,
    lang: Annotated[
        str | None,
        typer.Option("--lang", metavar="TAG", help="What is spoken (BCP-47); heard when left out."),
    ] = None,
    words: Annotated[bool, typer.Option("--words", help="With JSON: the times of every word.")] = False,
    model: SpeechModel = "embedded",
    quiet: Quiet = False,
    as_json: AsJson = False,
) -> None:
    """Write down what is said in a sound or video file.

    A run to a file can be killed: the same command goes on where it was.
    """
    from tongli.applications.recordings.transcript import transcript_of
    from tongli.cli.recording_meter import recording_meter
    from tongli.encoders.audio import Voice, Whisper

    if out is not None:
        _require_form(out)
    journal = None if out is None else Path(f"{out}.journal")
    with recording_meter("Listening", quiet=quiet) as progress:
        transcript = transcript_of(
            Path(file), whisper=Whisper(model), voice=Voice(), lang=lang, journal=journal, progress=progress
        )
    if out is not None:
        _write(transcript, out, words=words)
    if journal is not None:
        journal.unlink(missing_ok=True)
    if as_json or out is None:
        _print(transcript, words=words, as_json=as_json)
    if not quiet:
        _summarise(transcript)


def _require_form(out: str) -> None:
    from tongli.applications.subtitles.files import form_of

    if Path(out).suffix.lower() not in {".txt", ".json"}:
        form_of(out)


def _write(transcript: Transcript, out: str, *, words: bool) -> None:
    from tongli.applications.recordings.texts import as_json, as_text, timed_words
    from tongli.applications.sink import Sink
    from tongli.applications.subtitles import files
    from tongli.applications.subtitles.limits import limits_for
    from tongli.applications.subtitles.make import timed

    suffix = Path(out).suffix.lower()
    if suffix not in {".txt", ".json"}:
        lang = None if transcript.language.abstained else transcript.language.tag
        files.write(timed(timed_words(transcript), limits_for((transcript.text,), lang=lang)), out)
        return
    content = as_text(transcript) if suffix == ".txt" else as_json(transcript, words=words)
    sink = Sink(Path(out))
    try:
        sink.append(content.encode())
    finally:
        sink.close()


def _print(transcript: Transcript, *, words: bool, as_json: bool) -> None:
    from tongli.applications.recordings.texts import as_text
    from tongli.cli.terminal import dump, stdout_console

    if as_json:
        dump(transcript.to_dict(words=words))
    else:
        stdout_console().print(as_text(transcript), end="", soft_wrap=True)


def _summarise(transcript: Transcript) -> None:
    from tongli.cli.terminal import language_name, stderr_console

    if not transcript.segments:
        kinds = sorted({sound.kind for sound in transcript.sounds})
        also = f"; there are sounds: {' and '.join(kinds)}" if kinds else ""
        told = f"nobody speaks in this recording, as far as can be heard{also}"
    else:
        language = transcript.language
        sure = "declared" if language.declared else f"{language.score:.0%} sure"
        told = f"{language_name(language.tag)}, {sure}; {transcript.seconds:.0f} s, {transcript.source}"
    stderr_console().print(told, soft_wrap=True)
