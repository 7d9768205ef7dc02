"""Heads that the commands about labels work on, and options that those for few labels share."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tongli.cli.options import split_names

if TYPE_CHECKING:
    from tongli.core import FloatArray
    from tongli.encoders.text import TextEncoder
    from tongli.knowledge.schemes import Scheme, Schemes
    from tongli.learning.evaluate.run import Progress

Head = Annotated[str, typer.Option("--head", metavar="HEAD", help="What to learn.")]
Declared = Annotated[
    Path | None,
    typer.Option("--schemes", metavar="TOML", help="Recipe or mapping that declares heads of your own."),
]
Draws = Annotated[int, typer.Option("--draws", metavar="N", min=1, help="Draws of the bootstrap.")]
Overwrite = Annotated[bool, typer.Option("--overwrite", help="Replace a head that is there.")]


def known_schemes(declared: Path | None, *, model: str | None = None) -> Schemes:
    """The built-in schemes, those of a model's heads, and those that a file declares.

    Raises:
        ConfigError, ModelError: as :func:`tongli.learning.recipe_file.read_schemes` and ``release.*``.
    """
    from tongli.core import Settings
    from tongli.encoders.installed import chosen
    from tongli.learning.recipe_file import read_schemes

    folder = None if model is None else chosen(model, None, Settings.from_env())[2]
    return read_schemes(declared, heads=folder)


def chosen_schemes(heads: str, schemes: Schemes) -> tuple[Scheme, ...]:
    """Schemes of a comma-separated list of heads, in the order of all.

    Raises:
        ConfigError: ``heads.unknown``.
    """
    from tongli.core import ConfigError, shorten

    names = split_names(heads)
    strange = [name for name in names if name not in schemes]
    if strange or not names:
        raise ConfigError(
            "heads.unknown",
            received=", ".join(map(shorten, strange)) or "no head",
            allowed=", ".join(schemes),
            fix="Name heads from this list; declare those of your own with --schemes.",
        )
    return tuple(scheme for name, scheme in schemes.items() if name in names)


def one_head(name: str, schemes: Schemes) -> Scheme:
    """The head of that name; raises ``ConfigError``: ``heads.unknown``, ``extra.missing`` without torch."""
    from tongli.learning.extra import require_torch

    (found,) = chosen_schemes(name, schemes)
    require_torch()
    return found


def features_of(
    texts: Iterable[str], *, encoder: TextEncoder, cache: Path | None, progress: Progress
) -> FloatArray:
    """Features ``(texts, width)`` of the frozen encoder, from the cache where they were computed before."""
    from tongli.learning.label_efficient.encoding import encoded

    return encoded(
        list(texts),
        encoder=encoder,
        cache=cache or encoder.settings.cache / "learn",
        progress=lambda done, total: progress("Encoding", done, total),
    )
