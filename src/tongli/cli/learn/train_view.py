"""What ``tongli learn train`` shows: a bar with the time left, the looks at held-out texts, the figures."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn
from rich.table import Table

from tongli.cli.terminal import stderr_console, stdout_console
from tongli.encoders.release import RELEASE

if TYPE_CHECKING:
    from tongli.emotion.card import Card

Log = Callable[[int, Mapping[str, float]], None]

_FIGURES = ("macro_f1_mean", "macro_f1_worst", "pearson_mean", "accuracy_mean", "weighted_f1_mean", "ece")


class View:
    """Progress on standard error; lines only where it is no terminal, nothing when quiet."""

    def __init__(self, progress: Progress, *, steps: int | None, quiet: bool) -> None:
        self._progress, self._quiet = progress, quiet
        self._task = progress.add_task("train", total=steps)

    def tell(self, line: str) -> None:
        """A sentence above the bar."""
        if not self._quiet:
            self._progress.console.print(line, soft_wrap=True)

    def step(self, done: int, of: int | None = None) -> None:
        """Steps done, and of how many where that was not known before."""
        self._progress.update(self._task, completed=done, total=of)

    def logging(self, log: Log, *, steps: int | None = None) -> Log:
        """A log that also moves the bar."""

        def both(step: int, found: Mapping[str, float]) -> None:
            self.step(step, steps)
            log(step, found)

        return both


@contextmanager
def training(steps: int | None, *, quiet: bool = False) -> Iterator[View]:
    """A view for a run; quiet in all but the first of several processes, without steps until known."""
    console = stderr_console()
    progress = Progress(
        TextColumn("{task.description}"),
        BarColumn(bar_width=30),
        TaskProgressColumn(),
        TimeRemainingColumn(compact=True),
        console=console,
        transient=True,
        disable=quiet or not console.is_terminal,
    )
    with progress:
        yield View(progress, steps=steps, quiet=quiet)


def show(cards: Sequence[Card], *, out: Path, model: str = "embedded") -> None:
    """The figures of every head, and how to use what was trained.

    Args:
        cards: of the heads.
        out: folder of the weights.
        model: encoder that they were trained on.
    """
    table = Table(box=None, header_style="dim", padding=(0, 2, 0, 0))
    splits = [(card, split, found) for card in cards for split, found in card.metrics.items()]
    named = [name for name in _FIGURES if any(name in found for _, _, found in splits)]
    for heading in ("head", "texts", "split"):
        table.add_column(heading, no_wrap=True)
    for heading in named:
        table.add_column(heading.replace("_", " "), overflow="fold")
    for card, split, found in splits:
        texts = sum(source.examples for source in card.data)
        figures = [_figure(found.get(name)) for name in named]
        table.add_row(card.head, f"{texts:,}", split.replace("_", " "), *figures)
    console = stdout_console()
    console.print(table)
    console.print()
    for line in _uses(out, model=model):
        console.print(line, soft_wrap=True, markup=False)
    if not all(card.releasable for card in cards):
        console.print("These weights are marked as not releasable: see the licences in their cards.")


def _figure(value: object) -> str:
    """A number in three digits; text, such as that of the worst language, as it is."""
    return f"{value:.3f}" if isinstance(value, float) else "–" if value is None else str(value)


def _uses(out: Path, *, model: str) -> list[str]:
    if (out / RELEASE).is_file():
        return [f"written to {out}", f"install it: tongli models install {out}"]
    named = "" if model == "embedded" else f" --model {model}"
    return [
        f"written to {out}",
        f"read with it: TONGLI_HEADS={out} tongli read …{named}",
        f"measure it: TONGLI_HEADS={out} tongli learn evaluate DEV -o REPORT{named}",
        f"make a release of it: tongli learn export {out} -o RELEASE{named}",
    ]
