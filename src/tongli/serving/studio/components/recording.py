"""Sound from the visitor's microphone, as a file like any other."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from nicegui.events import GenericEventArguments

from tongli.core import InputError, TongliError
from tongli.serving.studio.components.controls import button
from tongli.serving.studio.words import Words

SECONDS = 600
"""Longest recording: 16,000 samples of 2 bytes a second stay below the largest file that a page takes."""

_FAILURES: Mapping[str, str] = MappingProxyType(
    {
        "refused": "a microphone that the browser may not use",
        "none": "no microphone that the browser can reach",
        "silent": "a recording without any sound",
    }
)


def record(words: Words, *, on_tell: Callable[[str], None], on_error: Callable[[TongliError], None]) -> None:
    """A button that starts a recording, and stops it; what was recorded goes where a chosen file goes.

    The browser asks the visitor first. It makes the file, so that nothing is sent before the end. The page
    has one :func:`tongli.serving.studio.components.upload.upload`.

    Args:
        words: the interface's language.
        on_tell: called with what is happening.
        on_error: called when nothing can be recorded.
    """

    def heard(event: GenericEventArguments) -> None:
        told = str(event.args)
        running = told == "on"
        pressed.text = words("record.stop" if running else "record.start")
        pressed.classes(add="recording") if running else pressed.classes(remove="recording")
        on_tell(words("record.on", minutes=SECONDS // 60) if running else "")
        if told in _FAILURES:
            on_error(_failed(told))

    pressed = button(words("record.start"), js=f"(e) => studio.record(e.currentTarget, {SECONDS})")
    pressed.on("sound", heard, js_handler="(e) => emit(e.detail)")


def _failed(kind: str) -> InputError:
    return InputError(
        "studio.microphone",
        received=_FAILURES[kind],
        allowed="a microphone, allowed for this page, on 127.0.0.1 or over https",
        fix="Allow the microphone in the browser and record again, or open a file.",
    )
