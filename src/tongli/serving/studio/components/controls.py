"""Buttons, choices and fields: native ones, named for screen readers."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence

from markupsafe import Markup, escape
from nicegui import ui
from nicegui.element import Element
from nicegui.elements.mixins.text_element import TextElement
from nicegui.events import GenericEventArguments

Handler = Callable[[], Awaitable[None] | None]
Chosen = Callable[[str], Awaitable[None] | None]


_PRESSED = """(e) => {
  const button = e.target.closest("[data-act]");
  if (button) emit([button.dataset.act, button.dataset.key ?? ""]);
}"""


def tag(name: str, text: str = "", *, classes: str = "", **attributes: str) -> TextElement:
    """An HTML element with text, which is escaped; ``aria_label`` becomes ``aria-label``."""
    element = TextElement(tag=name, text=text).classes(classes)
    for key, value in attributes.items():
        element.props[key.rstrip("_").replace("_", "-")] = value
    return element


def html(content: str = "", *, classes: str = "") -> ui.html:
    """A place for what the other components make; only they may write into it."""
    return ui.html(content, sanitize=False).classes(classes)


def button(
    text: str, on_click: Handler | None = None, *, classes: str = "", js: str | None = None, **attributes: str
) -> TextElement:
    """A button; ``js`` runs in the browser when it is pressed."""
    element = tag("button", text, classes=f"button {classes}", type="button", **attributes)
    if on_click is not None:
        element.on("click", lambda _: on_click(), js_handler="() => emit()")
    if js is not None:
        element.on("click", js_handler=js)
    return element


def choice(label: str, options: Mapping[str, str], *, value: str = "", on_change: Chosen) -> Element:
    """One of several values, by their names."""
    with tag("label", classes="field") as field:
        tag("span", label)
        given = Element("select").on("change", _told(on_change), js_handler="(e) => emit(e.target.value)")
        given.props["aria-label"] = label
        with given:
            for key, name in options.items():
                selected = {"selected": "selected"} if key == value else {}
                tag("option", name, value=key, **selected)
    return field


def line(label: str, *, value: str = "", hint: str = "", on_change: Chosen, kind: str = "text") -> Element:
    """One line of text; ``on_change`` is called as it is typed."""
    with tag("label", classes="field") as field:
        tag("span", label)
        given = Element("input").props(f"type={kind} dir=auto autocomplete=off")
        given.props["placeholder"] = hint
        given.props["defaultValue"] = value
        given.on("input", _told(on_change), js_handler="(e) => emit(e.target.value)")
    return field


def lines(label: str, *, value: str = "", on_change: Chosen) -> Element:
    """Several lines of text; ``on_change`` is called as they are typed."""
    with tag("label", classes="field") as field:
        tag("span", label)
        given = Element("textarea").props("rows=3 dir=auto")
        given.props["defaultValue"] = value
        given.on("input", _told(on_change), js_handler="(e) => emit(e.target.value)")
    return field


def ticks(legend: str, options: Mapping[str, str], *, chosen: Sequence[str], on_change: Chosen) -> Element:
    """Any of several values; ``on_change`` is called with the one that was ticked or cleared."""
    with tag("fieldset", classes="ticks") as group:
        tag("legend", legend)
        for key, name in options.items():
            with tag("label", classes="tick"):
                box = Element("input").props("type=checkbox")
                box.props["value"] = key
                box.props["defaultChecked"] = key in chosen
                box.on("change", _told(on_change), js_handler="(e) => emit(e.target.value)")
                tag("span", name, dir="auto")
    return group


def acting(
    content: str, on_act: Callable[[str, str], Awaitable[None] | None], *, classes: str = ""
) -> ui.html:
    """HTML whose buttons are told by ``data-act`` and ``data-key``."""
    place = html(content, classes=classes)

    def act(event: GenericEventArguments) -> Awaitable[None] | None:
        name, key = (str(item) for item in event.args)
        return on_act(name, key)

    place.on("click", act, js_handler=_PRESSED)
    return place


def filled(pattern: str, *parts: str | float) -> Markup:
    """HTML of a pattern with parts put in: texts are escaped, unless they are HTML, numbers as it says.

    The same as ``Markup.format``, whose formatter is written in Python and takes four times as long.

    Args:
        pattern: HTML of our own, with ``{}`` for each part.
        parts: what somebody wrote, or HTML, or numbers.
    """
    safe = (part if isinstance(part, float | int) else escape(part) for part in parts)
    return Markup(pattern.format(*safe))  # noqa: S704 - every text in it is escaped


def joined(parts: Iterable[Markup]) -> Markup:
    """Pieces of HTML, one after another."""
    return Markup("").join(parts)


def _told(on_change: Chosen) -> Callable[[GenericEventArguments], Awaitable[None] | None]:
    return lambda event: on_change(str(event.args))
