"""Options that several commands share."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Sequence
from dataclasses import dataclass, is_dataclass
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from tongli.core import Media, Message

Words = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="TEXT", help="The message; - or nothing reads standard input.", show_default=False
    ),
]
File = Annotated[str | None, typer.Option("--file", metavar="FILE", help="Read the message from a file.")]
Lang = Annotated[
    str | None, typer.Option("--lang", metavar="TAG", help="Its language (BCP-47); identified when left out.")
]
Author = Annotated[
    str | None,
    typer.Option(
        "--from",
        metavar="PERSON",
        help='Who it is from: a name, "key=value;key=value", or a .toml or .json file.',
    ),
]
Audience = Annotated[
    str | None, typer.Option("--to", metavar="PERSON", help="Who it is for, in the same forms.")
]
Sound = Annotated[str | None, typer.Option("--audio", metavar="FILE", help="What was said, as a sound file.")]
Picture = Annotated[str | None, typer.Option("--image", metavar="FILE", help="A picture with the message.")]
Film = Annotated[str | None, typer.Option("--video", metavar="FILE", help="A video; its sound is heard too.")]
Suspect = Annotated[
    bool,
    typer.Option(
        "--suspect", help="Say too where an expression may stand that no claim knows (English; often wrong)."
    ),
]
Heads = Annotated[
    str | None, typer.Option("--heads", metavar="A,B", help="Only these heads, for example ekman6,sentiment.")
]
Model = Annotated[
    str,
    typer.Option(
        "--model",
        metavar="MODEL",
        envvar="TONGLI_MODEL",
        help="embedded, an installed model, a folder, or hf:NAME.",
    ),
]
People = Annotated[
    str | None,
    typer.Option(
        "--people",
        metavar="FILE",
        help="Who declared what: [[people]] in TOML, or JSON; left out, your own store.",
    ),
]
Seed = Annotated[int, typer.Option("--seed", metavar="N", min=0, help="Of every random choice.")]
Overwrite = Annotated[bool, typer.Option("--overwrite", help="Replace an output that is there.")]
Errors = Annotated[
    str | None, typer.Option("--errors", metavar="PATH", help="Where broken lines go; beside OUT by default.")
]
Resume = Annotated[bool, typer.Option("--resume", help="Go on where an earlier run stopped.")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="No progress bar and no summary.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON for machines.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Described:
    """The options that describe one message, in the order of the help."""

    words: Words = None
    file: File = None
    lang: Lang = None
    author: Author = None
    audience: Audience = None
    audio: Sound = None
    image: Picture = None
    video: Film = None

    def message(self, *, max_chars: int) -> Message:
        """The message; raises like :func:`tongli.cli.inputs.build_message`."""
        from tongli.cli.inputs import build_message

        return build_message(
            self.words,
            file=self.file,
            lang=self.lang,
            author=self.author,
            audience=self.audience,
            media=self._media(),
            max_chars=max_chars,
        )

    def _media(self) -> tuple[Media, ...]:
        from tongli.core import Audio, Image, Video

        named = ((Audio, self.audio), (Image, self.image), (Video, self.video))
        return tuple(kind(Path(file)) for kind, file in named if file is not None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """The options of a run over JSON lines that can go on, in the order of the help."""

    resume: Resume = False
    overwrite: Overwrite = False
    errors: Errors = None
    quiet: Quiet = False

    def lines(
        self,
        words: Sequence[str] | None,
        work: Callable[..., object],
        *,
        target: str,
        lang: str | None,
        **how: Any,
    ) -> int:
        """Do some work with every line, and show its progress and summary.

        Args:
            words: the input, as it stands on the command line.
            work: takes the job, and ``tally`` and ``progress``.
            target: where lines go; ``-`` for standard output.
            lang: of lines that have none.
            how: more of :class:`tongli.applications.Job`.

        Returns:
            The exit status; raises as :func:`tongli.cli.lines.one_source`, and as the work.
        """
        from tongli.applications import Job
        from tongli.cli.lines import one_source, run_lines

        job = Job(
            source=one_source(words),
            target=target,
            errors=self.errors,
            lang=lang,
            resume=self.resume,
            overwrite=self.overwrite,
            **how,
        )
        return run_lines(job, work, quiet=self.quiet, resumable=True)


def grouped(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options of each group, :class:`Described` or :class:`Run`, that it takes."""
    own = inspect.signature(command, eval_str=True).parameters.values()
    groups = {each.name: _options(each.annotation) for each in own if is_dataclass(each.annotation)}
    flat = [option for each in own for option in groups.get(each.name, (each,))]

    @wraps(command)
    def run(**given: Any) -> None:
        for each in own:
            if each.name in groups:
                held = {option.name: given.pop(option.name) for option in groups[each.name]}
                given[each.name] = each.annotation(**held)
        command(**given)

    run.__signature__ = inspect.Signature(flat)  # type: ignore[attr-defined]
    run.__annotations__ = {option.name: option.annotation for option in flat}
    return run


def _options(group: Any) -> tuple[inspect.Parameter, ...]:
    return tuple(inspect.signature(group, eval_str=True).parameters.values())


def wanted_heads(heads: str | None) -> tuple[str, ...] | None:
    """Head names of a comma-separated list, for a model, which may have heads of one's own and says so."""
    return None if heads is None else split_names(heads)


def split_names(listed: str | None) -> tuple[str, ...]:
    """Names of a comma-separated list; none for ``None``."""
    return tuple(name.strip() for name in (listed or "").split(",") if name.strip())
