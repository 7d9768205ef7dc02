"""Fields for a table of plain data, such as a plan or a house style."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any

from tongli.serving.studio.components.controls import choice, line, lines, ticks
from tongli.serving.studio.words import Words


class DataForm:
    """Fields that write into a table as they are filled; an empty one takes its key out.

    What has no field stays as it is, and so does a value of another shape than its field's, such as a
    sign-off for each language. Whoever takes the table checks it.

    Args:
        data: the table.
        words: the interface's language.
        group: of the catalogue, where each key's label is.
    """

    def __init__(self, data: dict[str, Any], words: Words, *, group: str) -> None:
        self._data, self._words, self._group = data, words, group

    def one_of(self, name: str, values: Iterable[str], *, names: str = "label", none: bool = True) -> None:
        """One value of several; ``none`` offers to take none."""
        options = {"": "–"} if none else {}
        options |= {value: self._words.name(names, value) for value in values}
        value = str(self._data.get(name, ""))
        choice(self._label(name), options, value=value, on_change=self._setter(name, str))

    def line(self, name: str, *, made: Callable[[str], Any] = str) -> None:
        """A line, which ``made`` turns into a value; what it cannot turn stays a text, to be told later."""
        value = self._data.get(name, "")
        if not isinstance(value, Mapping):
            line(self._label(name), value=str(value), on_change=self._setter(name, made))

    def lines(self, *names: str) -> None:
        """Lists of texts, one a line."""
        for name in names:
            given = self._data.get(name, [])
            if isinstance(given, list):
                lines(self._label(name), value="\n".join(given), on_change=self._setter(name, _listed))

    def some_of(self, name: str, values: Collection[str], *, names: str, ordered: bool = False) -> None:
        """Any of several values, in the order of ticking; ``ordered`` takes that of ``values``."""

        def tick(value: str) -> None:
            held = [each for each in self._data.get(name, []) if each != value]
            if len(held) == len(self._data.get(name, [])) and value in values:
                held.append(value)
            self._data[name] = sorted(held, key=list(values).index) if ordered else held

        options = {value: self._words.name(names, value) for value in values}
        ticks(self._label(name), options, chosen=self._data.get(name, []), on_change=tick)

    def _label(self, name: str) -> str:
        return self._words(f"{self._group}.{name}")

    def _setter(self, name: str, made: Callable[[str], Any]) -> Callable[[str], None]:
        def put(value: str) -> None:
            self._data.pop(name, None)
            if value.strip():
                try:
                    self._data[name] = made(value.strip())
                except ValueError:
                    self._data[name] = value

        return put


def _listed(text: str) -> list[str]:
    return [each.strip() for each in text.splitlines() if each.strip()]
