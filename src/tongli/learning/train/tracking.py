"""Where the numbers of a run go: TensorBoard always, Weights & Biases when asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from torch.utils.tensorboard import SummaryWriter

from tongli.learning.extra import require

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

Log = Callable[[int, Mapping[str, float]], None]


@contextmanager
def tracking(folder: Path | None, *, recipe: DataclassInstance, wandb: str | None = None) -> Iterator[Log]:
    """A function that records numbers of a step; read them with ``tensorboard --logdir FOLDER``.

    Args:
        folder: for the event files; a resumed run appends. Without one, nothing is recorded.
        recipe: stored with the run.
        wandb: project at Weights & Biases; its own settings apply, such as ``WANDB_MODE=offline``.

    Raises:
        ConfigError: ``extra.missing`` when wandb is asked for and not installed.
    """
    if folder is None:
        yield lambda _step, _found: None
        return
    with ExitStack() as stack:
        writer = SummaryWriter(str(folder))
        stack.callback(writer.close)
        logs: list[Log] = [lambda step, found: _write(writer, step, found)]
        if wandb is not None:
            logs.append(stack.enter_context(_wandb(folder, recipe=recipe, project=wandb)))

        def log(step: int, found: Mapping[str, float]) -> None:
            for one in logs:
                one(step, found)

        yield log


def _write(writer: SummaryWriter, step: int, found: Mapping[str, float]) -> None:
    for name, value in found.items():
        writer.add_scalar(name, value, step)


@contextmanager
def _wandb(folder: Path, *, recipe: DataclassInstance, project: str) -> Iterator[Log]:
    require("--wandb", "wandb", extra="wandb")
    import wandb

    run = wandb.init(project=project, dir=str(folder), config=asdict(recipe))
    try:
        yield lambda step, found: run.log(dict(found), step=step)
    finally:
        run.finish()
