"""Options that the commands for few labels share, and what they do first."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from tongli.core import FloatArray
    from tongli.encoders.text import TextEncoder
    from tongli.learning.evaluate.run import Progress

Head = Annotated[str, typer.Option("--head", metavar="HEAD", help="What to learn.")]
Draws = Annotated[int, typer.Option("--draws", metavar="N", min=1, help="Draws of the bootstrap.")]
Overwrite = Annotated[bool, typer.Option("--overwrite", help="Replace a head that is there.")]


def one_head(name: str) -> str:
    """The head of that name; raises ``ConfigError``: ``heads.unknown``, ``extra.missing`` without torch."""
    from tongli.emotion.heads import head_names
    from tongli.learning.extra import require_torch

    (found,) = head_names([name])
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
