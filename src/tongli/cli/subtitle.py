"""``tongli subtitle``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tongli.applications.subtitles.check import Finding
    from tongli.applications.subtitles.cue import Track
    from tongli.applications.subtitles.limits import Limits

FOUND = 1
"""Exit status when a hard rule is broken."""
_FORMATS = ("text", "json", "sarif")


def subtitle(
    file: Annotated[
        str,
        typer.Argument(
            metavar="FILE", help="SRT, WebVTT, ASS or TTML; .json: timed words; - reads standard input."
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
    fps: Annotated[float, typer.Option("--fps", help="Frames a second of the picture.")] = 24.0,
    encoding: Annotated[
        str | None,
        typer.Option("--encoding", metavar="NAME", help="Of a file without UTF-8 or a byte order mark."),
    ] = None,
    form: Annotated[
        str, typer.Option("--format", metavar="FORM", help="Of the report: text, json or sarif.")
    ] = "text",
) -> None:
    """Check, convert, lay out and time subtitles.

    Without --check the subtitles are written: to --out, or in their own format to standard output. With
    --check the exit status is 1 when a hard rule is broken: lines, line length, reading speed, durations,
    gaps, order, tags.
    """
    from tongli.applications.jsonl import STANDARD
    from tongli.applications.subtitles import files
    from tongli.applications.subtitles.check import check as find
    from tongli.cli.terminal import working

    _require(form, check=check, out=out)
    with working("Reading"):
        track, allowed = _made(
            file,
            encoding=encoding,
            lang=lang,
            fps=fps,
            fix=fix,
            confidence=min_confidence if sdh else None,
        )
        found = find(track, allowed)
    if out is not None or not check:
        files.write(track, out or STANDARD)
    if check:
        _report(form, file, track, found, allowed)
        raise typer.Exit(FOUND if _errors(found) else 0)
    _tell_rest(found)


def _made(
    name: str, *, encoding: str | None, lang: str | None, fps: float, fix: bool, confidence: float | None
) -> tuple[Track, Limits]:
    """The subtitles to be written or checked, and their limits; ``confidence`` asks for labels."""
    from tongli.applications.subtitles import files
    from tongli.applications.subtitles.limits import limits_for
    from tongli.applications.subtitles.make import fixed, timed
    from tongli.applications.subtitles.words import parse_words
    from tongli.core import ConfigError

    if name.lower().endswith(".json"):
        words = parse_words(files.read_text(name, encoding=encoding))
        allowed = limits_for((" ".join(word.text for word in words),), lang=lang, fps=fps)
        return timed(words, allowed, confidence=confidence), allowed
    track = files.read(name, encoding=encoding)
    allowed = limits_for((cue.text for cue in track.cues), lang=lang, fps=fps)
    if fix:
        return fixed(track, allowed, confidence=confidence), allowed
    if confidence is not None:
        raise ConfigError(
            "subtitles.option",
            received="--sdh for a subtitle file, without --fix",
            allowed="--sdh with --fix, as labels need new lines and times; or with timed words",
            fix="Add --fix.",
        )
    return track, allowed


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


def _report(form: str, name: str, track: Track, found: Sequence[Finding], allowed: Limits) -> None:
    from tongli.applications.subtitles.report import as_json, as_sarif
    from tongli.cli.terminal import dump

    if form == "json":
        dump(as_json(name, track, found, allowed=allowed))
    elif form == "sarif":
        dump(as_sarif(name, found))
    else:
        _show(name, track, found, allowed)


def _show(name: str, track: Track, found: Sequence[Finding], allowed: Limits) -> None:
    from rich.text import Text

    from tongli.cli.terminal import language_name, stdout_console

    console = stdout_console()
    for item in found:
        place = f"{name}:{item.line}: " if item.line else f"{name}: "
        colour = "red" if item.severity == "error" else "yellow"
        told = Text.assemble(
            (place, "bold"),
            (item.severity, colour),
            f" cue {item.cue}: {item.message}",
            (f" [{item.rule}]", "dim"),
        )
        console.print(told, soft_wrap=True)
    language = language_name(allowed.lang)
    counts = f"{_errors(found)} errors, {len(found) - _errors(found)} warnings"
    told_last = (
        f"{counts} in {len(track.cues)} cues; {track.form}, {language}, {allowed.fps:g} frames a second"
    )
    console.print(told_last, soft_wrap=True)


def _tell_rest(found: Sequence[Finding]) -> None:
    """On standard error, as a file that was written may still break rules."""
    from tongli.cli.terminal import stderr_console

    if errors := _errors(found):
        told = f"{errors} places break hard rules; --check names them, --fix changes lines and times."
        stderr_console().print(told, soft_wrap=True)


def _errors(found: Sequence[Finding]) -> int:
    return sum(item.severity == "error" for item in found)
