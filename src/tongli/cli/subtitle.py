"""``tongli subtitle``."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tongli.cli.options import split_names
from tongli.cli.transcribe import SpeechModel

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tongli.applications.subtitles.address_file import Addresses
    from tongli.core import Address

FOUND = 1
"""Exit status when a hard rule is broken."""
_FORMATS = ("text", "json", "sarif")


class AddressForm(StrEnum):
    """How listeners are addressed."""

    FORMAL = "formal"
    INFORMAL = "informal"


def subtitle(
    file: Annotated[
        str,
        typer.Argument(
            metavar="FILE",
            help="SRT, WebVTT, ASS or TTML; .json: timed words; sound or video; - reads standard input.",
        ),
    ],
    *,
    out: Annotated[
        str | None,
        typer.Option("--out", "-o", metavar="FILE", help="Write there, in the format of its suffix."),
    ] = None,
    check: Annotated[bool, typer.Option("--check", help="Report what breaks the limits.")] = False,
    fix: Annotated[
        bool, typer.Option("--fix", help="Break lines and set times anew; words stay as they are.")
    ] = False,
    sdh: Annotated[
        bool,
        typer.Option("--sdh", help="Show speakers, emotions and sounds; of a subtitle file, with --fix."),
    ] = False,
    min_confidence: Annotated[
        float, typer.Option(min=0, max=1, help="A less certain emotion or sound is not shown.")
    ] = 0.8,
    lang: Annotated[
        str | None,
        typer.Option("--lang", metavar="TAG", help="Language of the text; identified when left out."),
    ] = None,
    to: Annotated[
        str | None,
        typer.Option("--to", metavar="A,B", help="Translate; one file a language, such as film.es.srt."),
    ] = None,
    engine: Annotated[
        str | None, typer.Option("--engine", metavar="NAME", help="Who translates: mt, apertium, …")
    ] = None,
    address: Annotated[
        AddressForm | None, typer.Option("--address", help="With --to: how listeners are addressed.")
    ] = None,
    addresses: Annotated[
        Path | None,
        typer.Option("--addresses", metavar="FILE", help="With --to: who addresses whom how, in TOML."),
    ] = None,
    video: Annotated[
        str | None,
        typer.Option("--video", metavar="VIDEO", help="Of a subtitle file, for --mux and --burn-in."),
    ] = None,
    mux: Annotated[
        str | None,
        typer.Option("--mux", metavar="VIDEO", help="Copy the video there, with the subtitles as tracks."),
    ] = None,
    burn_in: Annotated[
        str | None,
        typer.Option("--burn-in", metavar="VIDEO", help="Write it there, with subtitles in its picture."),
    ] = None,
    font: Annotated[
        str | None, typer.Option("--font", metavar="FILE", help="For --burn-in; found when left out.")
    ] = None,
    model: SpeechModel = "embedded",
    fps: Annotated[float, typer.Option("--fps", help="Frames a second of the picture.")] = 24.0,
    encoding: Annotated[
        str | None,
        typer.Option("--encoding", metavar="NAME", help="Of a file without UTF-8 or a byte order mark."),
    ] = None,
    form: Annotated[
        str, typer.Option("--format", metavar="FORM", help="Of the report: text, json or sarif.")
    ] = "text",
) -> None:
    """Check, convert, lay out, time and translate subtitles; make them from sound and video files.

    Without --check the subtitles are written: to --out, or in their own format to standard output. With
    --check the exit status is 1 when a hard rule is broken: lines, line length, reading speed, durations,
    gaps, order, tags. A run over a recording that was killed goes on where it was.
    """
    from tongli.applications.jsonl import STANDARD
    from tongli.applications.subtitles import files
    from tongli.applications.subtitles.check import check as find
    from tongli.applications.subtitles.mux import mux_tracks
    from tongli.cli import subtitle_make, subtitle_view

    recording = files.is_recording(file)
    languages = split_names(to)
    _require(form, check=check, out=out)
    film = _film(file if recording else None, video, written=[name for name in (mux, burn_in) if name])
    wishes = subtitle_make.Wishes(
        lang=lang,
        fps=fps,
        encoding=encoding,
        fix=fix,
        confidence=min_confidence if sdh else None,
        model=model,
        engine=engine,
        addresses=_addresses(address, addresses),
    )
    journal = Path(f"{file if out in {None, STANDARD} else out}.journal") if recording else None
    made = subtitle_make.make(file, wishes, journal=journal)
    if out is not None or not (check or languages or mux or burn_in):
        files.write(made.track, out or STANDARD)
    tracks = [(made.allowed.lang, made.track)]
    for tag in languages:
        target = subtitle_make.name_of(file, out, tag)
        drafts = Path(f"{target}.journal")
        tracks.append((tag, subtitle_make.translate(made, tag, wishes, journal=drafts)))
        files.write(tracks[-1][1], target)
        drafts.unlink(missing_ok=True)
    if mux is not None:
        mux_tracks(film, Path(mux), tracks)
    if burn_in is not None:
        subtitle_make.burn(film, burn_in, tracks[min(1, len(languages))][1], font=font)
    if journal is not None:
        journal.unlink(missing_ok=True)
    found = find(made.track, made.allowed)
    if check:
        subtitle_view.report(form, file, made.track, found, made.allowed)
        raise typer.Exit(FOUND if subtitle_view.errors(found) else 0)
    subtitle_view.tell_rest(found)


def _addresses(address: AddressForm | None, path: Path | None) -> Addresses:
    from tongli.applications.subtitles.address_file import Addresses, read_addresses

    default: Address | None = address.value if address else None
    return Addresses(default=default) if path is None else read_addresses(path, default=default)


def _require(form: str, *, check: bool, out: str | None) -> None:
    from tongli.applications.jsonl import STANDARD
    from tongli.core import ConfigError, shorten

    if form not in _FORMATS:
        raise ConfigError(
            "subtitles.report",
            received=shorten(form),
            allowed=", ".join(_FORMATS),
            fix="Correct --format.",
        )
    if check and out == STANDARD:
        raise ConfigError(
            "subtitles.option",
            received="--check and --out -",
            allowed="one of them, as both write to standard output",
            fix="Name a file with --out.",
        )


def _film(recording: str | None, video: str | None, *, written: Sequence[str]) -> Path:
    """The video that subtitles are put into; raises before hours of work what can be known before."""
    from tongli.applications.subtitles.mux import codec_for
    from tongli.core import ConfigError

    if recording and video:
        raise ConfigError(
            "subtitles.option",
            received="--video and a recording",
            allowed="one of them, as a recording is its own video",
            fix="Leave --video out, or give a subtitle file as FILE.",
        )
    film = recording or video
    if written and film is None:
        raise ConfigError(
            "subtitles.option",
            received="--mux or --burn-in, and no video",
            allowed="a video file to put subtitles into",
            fix="Give the video as FILE, or with --video beside a subtitle file.",
        )
    for name in written:
        codec_for(Path(name))
    return Path(film or "")
