"""Long work: how far it is, and a way out."""

from __future__ import annotations

from collections.abc import Callable

from nicegui.element import Element

from tongli.serving.studio.components.controls import button, tag
from tongli.serving.studio.words import Words


class Progress:
    """Shown while something runs. Beginning again, or stopping, makes what ran before out of date.

    Args:
        words: the interface's language.
        on_stop: called when the visitor stops the work.
    """

    def __init__(self, words: Words, *, on_stop: Callable[[], None]) -> None:
        self._turn = 0
        self._on_stop = on_stop
        with tag("div", classes="row away") as self._row:
            self._bar = Element("progress").props("max=1").style("flex: 1 1 12rem")
            self._bar.props["aria-label"] = words("frame.progress")
            button(words("frame.stop"), self._stop)

    def begin(self) -> int:
        """Show that work runs; its number is what :meth:`current` asks for."""
        self._turn += 1
        self._bar.props.pop("value", None)
        self._row.classes(remove="away")
        self._bar.update()
        return self._turn

    def current(self, turn: int) -> bool:
        """Whether work is still wanted."""
        return turn == self._turn

    def at(self, share: float) -> None:
        """How much is done, 0..1."""
        self._bar.props["value"] = f"{share:.3f}"
        self._bar.update()

    def end(self, turn: int) -> None:
        """Hide it, unless newer work runs."""
        if self.current(turn):
            self._row.classes(add="away")

    def _stop(self) -> None:
        self._turn += 1
        self._row.classes(add="away")
        self._on_stop()
