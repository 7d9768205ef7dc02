"""What ``tongli subtitle`` tells about subtitles."""

from __future__ import annotations

from collections.abc import Sequence

from rich.text import Text

from tongli.applications.lint.mixing import find_mix
from tongli.applications.subtitles.address import Addressed
from tongli.applications.subtitles.address_file import Pair
from tongli.applications.subtitles.check import Finding
from tongli.applications.subtitles.cue import Track
from tongli.applications.subtitles.limits import Limits
from tongli.applications.subtitles.report import as_json, as_sarif
from tongli.cli.terminal import dump, language_name, stderr_console, stdout_console


def report(form: str, name: str, track: Track, found: Sequence[Finding], allowed: Limits) -> None:
    """Findings as text, JSON or SARIF, on standard output."""
    if form == "json":
        dump(as_json(name, track, found, allowed=allowed))
    elif form == "sarif":
        dump(as_sarif(name, found))
    else:
        _show(name, track, found, allowed)


_WHY = {"declared": "as declared", "original": "as in the original", "drafts": "as most of the drafts"}


def tell_addresses(lang: str, found: Addressed) -> None:
    """Who addresses whom how, where both are named, and pairs whose translation mixes two forms."""
    console = stderr_console()
    for item in found.settled:
        if None not in item.pair:
            told = f"{lang}: {_people(item.pair)}: {item.address}, {_WHY[item.why]}"
            console.print(told, soft_wrap=True, markup=False)
    for pair in dict.fromkeys(found.pairs):
        said = [text for text, own in zip(found.texts, found.pairs, strict=True) if own == pair]
        for mix in find_mix("\n".join(said), lang):
            told = f"{lang}: {_people(pair)}: {mix.message}; {mix.suggestion}"
            console.print(told, soft_wrap=True, markup=False)


def _people(pair: Pair) -> str:
    return " → ".join(name or "somebody" for name in pair)


def _show(name: str, track: Track, found: Sequence[Finding], allowed: Limits) -> None:
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
    counts = f"{errors(found)} errors, {len(found) - errors(found)} warnings"
    told_last = (
        f"{counts} in {len(track.cues)} cues; {track.form}, {language}, {allowed.fps:g} frames a second"
    )
    console.print(told_last, soft_wrap=True)


def tell_rest(found: Sequence[Finding]) -> None:
    """On standard error, as a file that was written may still break rules."""
    if count := errors(found):
        told = f"{count} places break hard rules; --check names them, --fix changes lines and times."
        stderr_console().print(told, soft_wrap=True)


def errors(found: Sequence[Finding]) -> int:
    """How many break hard rules."""
    return sum(item.severity == "error" for item in found)
