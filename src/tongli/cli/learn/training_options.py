"""Options that the commands which train share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

Data = Annotated[
    Path | None,
    typer.Option("--data", metavar="DIR", help="Public sets, for a recipe that names no files."),
]
Cache = Annotated[
    Path | None,
    typer.Option("--cache", metavar="DIR", help="Folder that keeps encoded texts between runs."),
]
ResearchOnly = Annotated[
    bool,
    typer.Option("--research-only", help="Learn from data that may not be released, and mark the weights."),
]
Wandb = Annotated[
    str | None, typer.Option("--wandb", metavar="PROJECT", help="Also log to Weights & Biases.")
]
Threads = Annotated[int | None, typer.Option("--threads", metavar="N", help="Threads for training.", min=1)]
