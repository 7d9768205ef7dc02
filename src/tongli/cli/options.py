"""Options that several commands share."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass
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


def describes(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command, which takes a :class:`Described` first, those options before its own."""
    shared = tuple(inspect.signature(Described, eval_str=True).parameters.values())
    own = tuple(inspect.signature(command, eval_str=True).parameters.values())[1:]

    @wraps(command)
    def run(**options: Any) -> None:
        described = Described(**{option.name: options.pop(option.name) for option in shared})
        command(described, **options)

    run.__signature__ = inspect.Signature((*shared, *own))  # type: ignore[attr-defined]
    run.__annotations__ = {option.name: option.annotation for option in (*shared, *own)}
    return run


def wanted_heads(heads: str | None) -> tuple[str, ...] | None:
    """Head names of a comma-separated list, for a model, which may have heads of one's own and says so."""
    return None if heads is None else split_names(heads)


def split_heads(heads: str | None) -> tuple[str, ...] | None:
    """Built-in head names of a comma-separated list.

    Raises:
        ConfigError: ``heads.unknown``.
    """
    from tongli.emotion.heads import head_names

    if heads is None:
        return None
    return head_names(split_names(heads))


def split_names(listed: str | None) -> tuple[str, ...]:
    """Names of a comma-separated list; none for ``None``."""
    return tuple(name.strip() for name in (listed or "").split(",") if name.strip())
