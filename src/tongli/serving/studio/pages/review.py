"""Review: drafts that need a person, and who decided what."""

from __future__ import annotations

from collections.abc import Callable

from markupsafe import Markup
from nicegui import ui

from tongli.applications.studio import ReviewItem
from tongli.core import TongliError
from tongli.safety.audit import Event
from tongli.serving.studio.components.controls import acting, button, html, line, tag
from tongli.serving.studio.components.editor import MOST, Editor
from tongli.serving.studio.components.queue import queue, trail
from tongli.serving.studio.layout import frame
from tongli.serving.studio.visit import Visit

_SHOWN = 100
"""Drafts that one look at the page can hold; the rest follows as these are decided."""


def page(visit: Visit) -> None:
    """Build the page."""
    ReviewPage(visit)


class ReviewPage:
    """The page of one visitor."""

    def __init__(self, visit: Visit) -> None:
        self._visit, self._store, self._words = visit, visit.studio.store, visit.words
        self._open: tuple[ReviewItem, ...] = ()
        self._item: ReviewItem | None = None
        self._reason = ""
        with frame("review", self._visit) as self._frame:
            with tag("div", classes="panes"):
                with tag("section", classes="card"):
                    tag("h2", self._words("review.waiting"))
                    self._list = acting("", self._act)
                self._desk = tag("section", classes="card away", aria_labelledby="desk-title")
                with self._desk:
                    self._build_desk()
            with tag("section", classes="card"):
                tag("h2", self._words("review.decided"))
                self._closed = html()
            if visit.actor.may("audit"):
                with tag("details", classes="card"):
                    tag("summary", self._words("review.trail"))
                    self._trail = html()
        ui.timer(0.05, self._show, once=True)

    def _build_desk(self) -> None:
        words = self._words
        tag("h2", words("review.draft"), id="desk-title", tabindex="-1")
        self._source = html()
        if self._visit.actor.may("review"):
            self._editor = Editor(words("review.text"), words=words, keep="review")
            self._decision = tag("div", classes="row")

    def _build_decision(self) -> None:
        """Buttons, and a reason that begins empty for each draft."""
        words, self._reason = self._words, ""
        self._decision.clear()
        with self._decision:
            button(words("review.approve"), self._approve, classes="main")
            line(words("review.reason"), on_change=lambda value: setattr(self, "_reason", value))
            button(words("review.reject"), self._reject)

    async def _show(self) -> None:
        review, by = self._store.review, self._visit.actor
        try:
            every = await self._visit.keep(lambda: review.waiting(by=by))
            closed = await self._visit.keep(lambda: review.decided(by=by))
            events = await self._visit.keep(self._events)
        except TongliError as error:
            self._frame.fail(error)
            return
        self._open = every[:_SHOWN]
        self._list.content = queue(
            self._open, self._words, empty="review.empty", act="open", more=len(every) - len(self._open)
        )
        self._closed.content = queue(closed, self._words, empty="review.none_decided")
        if self._visit.actor.may("audit"):
            self._trail.content = trail(events, self._words)

    def _events(self) -> tuple[Event, ...]:
        return self._store.trail.recent(by=self._visit.actor) if self._visit.actor.may("audit") else ()

    def _act(self, name: str, key: str) -> None:
        if name == "open" and key.isdigit() and int(key) < len(self._open):
            self._item = item = self._open[int(key)]
            self._source.content = queue([item], self._words, empty="review.empty", whole=True)
            self._desk.classes(remove="away")
            if self._visit.actor.may("review"):
                self._editor.put(item.draft)
                self._build_decision()
                ui.run_javascript("studio.focus('#editor-review')")
            else:
                self._source.content += Markup('<p class="draft" dir="auto">{}</p>').format(item.draft)
                ui.run_javascript("studio.focus('#desk-title')")

    async def _approve(self) -> None:
        item = self._item
        if item is not None:
            review, text = self._store.review, self._text
            await self._decide(lambda: review.approve(item.id, by=self._visit.actor, text=text()))

    def _text(self) -> str:
        """What stands on the desk, also nothing; raises ``InputError`` for what was too long to be sent."""
        return self._editor.required(max_chars=MOST) if self._editor.over else self._editor.text

    async def _reject(self) -> None:
        item, reason = self._item, self._reason
        if item is not None:
            review = self._store.review
            await self._decide(lambda: review.reject(item.id, by=self._visit.actor, reason=reason))

    async def _decide(self, call: Callable[[], ReviewItem]) -> None:
        self._frame.clear()
        try:
            done = await self._visit.keep(call)
        except TongliError as error:
            self._frame.fail(error)
            return
        self._item = None
        self._desk.classes(add="away")
        self._frame.tell(self._words("review.done", status=self._words.name("status", done.status)))
        await self._show()
        ui.run_javascript("studio.focus('#main')")
