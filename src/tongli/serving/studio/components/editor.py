"""The text area of all pages: it grows with its text, marks places in it, and never loses what was typed."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import NamedTuple

from nicegui.element import Element
from nicegui.events import GenericEventArguments

from tongli.applications.studio.records import Limits
from tongli.core import InputError, Span
from tongli.core.text import require_text
from tongli.serving.studio.words import Words

MOST = Limits().text
"""Code points that the Studio keeps of one text."""


class Mark(NamedTuple):
    """A place to underline, in code points, and its CSS class."""

    span: Span
    kind: str


class Editor(Element, component="editor.js"):
    """A labelled text area; ``over`` is how long a text is that was too long to be sent, else 0.

    The browser keeps what was typed for as long as the tab is open, so that neither a lost connection nor a
    server that starts again costs a word.

    Args:
        label: read out by screen readers and shown above the field.
        words: the interface's language.
        keep: name under which the browser keeps the text, one a field and page.
        text: to begin with; what the browser kept wins.
        hint: shown while the field is empty.
        most: code points that are sent; of a longer text the writer is told, and nothing else happens.
        on_edit: called with the text a moment after the writer pauses.
        on_submit: called at Ctrl+Enter.
    """

    def __init__(
        self,
        label: str,
        *,
        words: Words,
        keep: str,
        text: str = "",
        hint: str = "",
        most: int = MOST,
        on_edit: Callable[[str], Awaitable[None] | None] | None = None,
        on_submit: Callable[[], Awaitable[None] | None] | None = None,
    ) -> None:
        super().__init__()
        self.text = text
        self.over = 0
        self._on_edit = on_edit
        self.props["label"] = label
        self.props["keep"] = keep
        self.props["text"] = text
        self.props["hint"] = hint
        self.props["most"] = most
        self.props["long"] = words.entries["frame.too_long"]
        self.on("edit", self._edited)
        if on_submit is not None:
            self.on("submit", lambda _: on_submit())

    def required(self, *, max_chars: int) -> str:
        """The text, if it can be read; raises ``InputError`` as :func:`tongli.core.text.require_text`."""
        if self.over:
            raise InputError(
                "input.too-long",
                received=f"{self.over:,} code points",
                allowed=f"at most {max_chars:,}",
                fix="Split the text into messages or chapters, or raise TONGLI_MAX_CHARS.",
            )
        return require_text(self.text, max_chars=max_chars)

    def put(self, text: str) -> None:
        """Replace the text, as if it had been typed, without a call of ``on_edit``."""
        self.text, self.over = text, 0
        self.run_method("put", text)

    def saved(self, text: str) -> None:
        """The server keeps this text now, so the browser need not."""
        self.run_method("saved", text)

    def keep_as(self, name: str) -> None:
        """From now on the browser keeps the text under another name."""
        self.props["keep"] = name
        self.update()

    def underline(self, marks: Sequence[Mark]) -> None:
        """Underline places; they vanish from a place once it is edited."""
        self.run_method("underline", [[*mark.span, mark.kind] for mark in marks], self.text)

    def select(self, span: Span) -> None:
        """Move the cursor to a place and select it."""
        self.run_method("select", *span)

    def _edited(self, event: GenericEventArguments) -> Awaitable[None] | None:
        if isinstance(event.args, int):
            self.over = event.args
            return None
        text, before = str(event.args), self.over
        if text == self.text and not before:
            return None
        self.text, self.over = text, 0
        return self._on_edit(text) if self._on_edit is not None else None
