"""What surrounds every page: skip link, navigation, language, light and dark, keys, and what is happening."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from importlib.resources import files

from markupsafe import Markup
from nicegui import ui
from nicegui.element import Element
from nicegui.elements.mixins.text_element import TextElement
from nicegui.events import GenericEventArguments

import tongli
from tongli.core import TongliError
from tongli.serving.access import LOGOUT, visitor_of
from tongli.serving.studio.components.controls import button, html, joined, tag
from tongli.serving.studio.components.problem import problem
from tongli.serving.studio.visit import Visit
from tongli.serving.studio.words import TAGS, Words, words

STATIC = files("tongli.serving.studio") / "static"
NAMES = ("read", "write", "translate", "people", "review", "models")
"""Pages in the order of the navigation."""

_KEYS = (
    ("?", "keys.help"),
    ("/", "keys.editor"),
    ("g r", "nav.read"),
    ("g w", "nav.write"),
    ("g t", "nav.translate"),
    ("g p", "nav.people"),
    ("g v", "nav.review"),
    ("g m", "nav.models"),
    ("Ctrl Enter", "keys.main"),
    ("Esc", "keys.leave"),
)


@dataclass
class Frame:
    """The parts of a page that its content speaks through.

    Attributes:
        status: read out by screen readers when it changes.
        problems: errors, with what to do.
    """

    words: Words
    status: TextElement
    problems: TextElement

    def tell(self, text: str) -> None:
        """Say what is happening, or that it is done."""
        self.status.text = text

    def clear(self) -> None:
        """Take errors away."""
        self.problems.clear()

    def fail(self, error: TongliError) -> None:
        """Show what went wrong and what to do, until it is closed or the next attempt begins."""
        self.tell("")
        self.problems.clear()
        with self.problems:
            problem(error, self.words, on_close=self.clear)


@contextmanager
def frame(page: str, visit: Visit) -> Iterator[Frame]:
    """A page; its content goes into the block."""
    words_ = visit.words
    prefix = ui.context.client.request.scope.get("root_path", "")
    version = tongli.__version__
    ui.page_title(f"{words_(f'nav.{page}')} · tongli Studio")
    ui.add_head_html(
        Markup(
            '<link rel="stylesheet" href="{0}/assets/studio.css?v={1}">'
            '<script defer src="{0}/assets/recorder.js?v={1}"></script>'
            '<script defer src="{0}/assets/studio.js?v={1}"></script>'
        ).format(prefix, version)
    )
    _header(page, visit, prefix)
    main = Element("div").classes("page")
    main.props["id"] = "main"
    main.props["tabindex"] = "-1"
    main.props["data-page"] = page
    with main:
        tag("h1", words_(f"nav.{page}"))
        tag("p", words_(f"{page}.lead"), classes="lead")
        problems = tag("div", classes="problems")
        yield Frame(words_, tag("p", classes="status", role="status", aria_live="polite"), problems)
    _help(words_)


def _header(page: str, visit: Visit, prefix: str) -> None:
    words_ = visit.words
    with ui.header(fixed=False).classes("top"):
        tag("a", words_("frame.skip"), classes="skip", href="#main")
        tag("a", "tongli", classes="brand", href=f"{prefix}/{words_.tag}/read", aria_label="tongli Studio")
        with Element("nav").props("id=pages") as nav:
            nav.props["aria-label"] = words_("frame.pages")
            for name in NAMES:
                current = {"aria_current": "page"} if name == page else {}
                tag("a", words_(f"nav.{name}"), href=f"{prefix}/{words_.tag}/{name}", **current)
        with tag("div", classes="tools"):
            _languages(page, visit, prefix)
            button("◐", js="() => studio.theme()", classes="icon", aria_label=words_("frame.theme"))
            button("?", js="() => studio.help()", classes="icon", aria_label=words_("frame.keys"))
            if visitor_of(ui.context.client.request).door.accounts:
                form = tag("form", method="post", action=LOGOUT).on(
                    "submit", js_handler="() => studio.forget()"
                )
                with form:
                    tag("button", words_("frame.log_out"), classes="button", type="submit")


def _languages(page: str, visit: Visit, prefix: str) -> None:
    """A choice that is remembered for addresses without a language."""

    async def choose(event: GenericEventArguments) -> None:
        chosen, store = str(event.args), visit.studio.store.preferences
        if chosen not in TAGS:
            return

        def remember() -> None:
            store.put(replace(store.get(by=visit.actor), language=chosen), by=visit.actor)

        with suppress(TongliError):  # the language changes all the same
            await visit.keep(remember)
        ui.run_javascript(f"studio.speak('{prefix}/{chosen}/{page}')")

    with tag("div", classes="languages"):
        select = Element("select").on("change", choose, js_handler="(e) => emit(e.target.value)")
        select.props["aria-label"] = visit.words("frame.language")
        with select:
            for each in TAGS:
                chosen = {"selected": "selected"} if each == visit.words.tag else {}
                tag("option", words(each)("frame.name"), value=each, lang=each, **chosen)


def _help(words_: Words) -> None:
    rows = [
        Markup("<dt>{}</dt><dd>{}</dd>").format(
            joined([Markup("<kbd>{}</kbd> ").format(part) for part in keys.split()]), words_(name)
        )
        for keys, name in _KEYS
    ]
    with Element("dialog").props("id=keys aria-labelledby=keys-title"):
        tag("h2", words_("frame.keys"), id="keys-title")
        html(Markup('<dl class="keys">{}</dl>').format(joined(rows)))
        with tag("label", classes="tick"):
            box = Element("input").props("type=checkbox id=single-keys")
            box.on("change", js_handler="(e) => studio.keys(e.target.checked)")
            tag("span", words_("keys.single"))
        button(words_("frame.close"), js="(e) => e.target.closest('dialog').close()")
