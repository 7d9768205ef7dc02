"""What went wrong, for people: a sentence in their language, the particulars folded behind it."""

from __future__ import annotations

from nicegui.element import Element

from tongli.core import TongliError
from tongli.serving.studio.components.controls import Handler, button, tag
from tongli.serving.studio.words import Words


def problem(error: TongliError, words: Words, *, on_close: Handler) -> Element:
    """A message that is read out at once and can be closed.

    Errors that the catalogue has a sentence for, by their code, are told by it; the others by what to do, in
    English and marked so.

    Args:
        error: what happened.
        words: the interface's language.
        on_close: called when the visitor closes it.
    """
    told = words.entries.get(f"error.{error.code}")
    with tag("div", classes="problem", role="alert") as shown:
        with tag("div", classes="problem-head"):
            tag("b", words("problem.title"))
            button("×", on_close, classes="icon", aria_label=words("frame.dismiss"))
        if told is None:
            tag("p", error.fix, lang="en", dir="auto")
        else:
            tag("p", told)
        with tag("details"):
            tag("summary", words("frame.details"))
            tag(
                "p",
                words("problem.received", received=error.received, allowed=error.allowed),
                lang="en",
                dir="auto",
            )
            if told is not None:
                tag("p", error.fix, lang="en", dir="auto")
        tag("code", error.code)
    return shown
