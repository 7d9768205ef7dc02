"""Read: what a text or a recording means and feels, with the words it rests on."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from markupsafe import Markup
from nicegui import ui

from tongli.applications.documents import open_document
from tongli.applications.studio.needs_person import queue_reading
from tongli.core import Audio, Image, Message, Moment, Person, Reading, TongliError, Video
from tongli.serving.studio.components.controls import button, choice, html, tag
from tongli.serving.studio.components.editor import Editor
from tongli.serving.studio.components.progress import Progress
from tongli.serving.studio.components.reading import reading_view, summary
from tongli.serving.studio.components.recording import record
from tongli.serving.studio.components.upload import upload
from tongli.serving.studio.export import reading_html, reading_json
from tongli.serving.studio.layout import frame
from tongli.serving.studio.offers import languages, locales, people_names
from tongli.serving.studio.visit import Visit

DOCUMENTS = (".txt", ".md", ".markdown", ".docx", ".epub")
MEDIA: Mapping[str, type[Audio | Image | Video]] = {
    **dict.fromkeys((".wav", ".flac", ".ogg", ".mp3", ".m4a"), Audio),
    **dict.fromkeys((".png", ".jpg", ".jpeg"), Image),
    **dict.fromkeys((".mp4", ".webm", ".mkv"), Video),
}
_LONG = 3
"""Paragraphs from which on it is worth to see how feelings move."""
_TOGETHER = 8


def page(visit: Visit) -> None:
    """Build the page."""
    ReadPage(visit)


class ReadPage:
    """The page of one visitor."""

    def __init__(self, visit: Visit) -> None:
        self._visit, self._studio = visit, visit.studio
        self._words = words = visit.words
        self._lang = ""
        self._author = ""
        self._audience = ""
        self._reading: Reading | None = None
        self._running: asyncio.Task[None] | None = None
        self._body = Markup("")
        with frame("read", visit) as self._frame:
            self._editor = Editor(
                words("read.field"),
                words=words,
                keep="read",
                hint=words("read.hint"),
                most=visit.studio.settings.max_chars,
                on_submit=self._read,
            )
            self._controls()
            self._progress = Progress(words, on_stop=self._stopped)
            self._empty()
            self._result = html(classes="result")
            self._exports()

    def _controls(self) -> None:
        words = self._words
        known = {"": words("read.undeclared"), **people_names(self._visit)}
        with tag("div", classes="row"):
            button(words("read.do"), self._read, classes="main")
            upload(words, endings=(*DOCUMENTS, *MEDIA), on_file=self._open, on_error=self._frame.fail)
            record(words, on_tell=self._frame.tell, on_error=self._frame.fail)
            choice(
                words("read.language"),
                {"": words("read.find_out"), **languages(words)},
                on_change=lambda value: setattr(self, "_lang", value),
            )
            choice(words("read.author"), known, on_change=lambda value: setattr(self, "_author", value))
            choice(
                words("read.audience"),
                {**known, **locales(words)},
                on_change=lambda value: setattr(self, "_audience", value),
            )
        tag(
            "p",
            words("upload.hint", endings=", ".join((*DOCUMENTS, *MEDIA))),
            classes="quiet",
            id="upload-hint",
        )

    def _empty(self) -> None:
        """Something to try while there is nothing to show."""
        words = self._words
        with tag("section", classes="empty") as self._samples:
            tag("h2", words("read.try"))
            tag("p", words("read.try_lead"))
            with tag("div", classes="row"):
                for number in ("1", "2", "3"):
                    text = words(f"sample.read{number}")
                    button(text, partial(self._try, text), dir="auto")

    def _exports(self) -> None:
        with tag("div", classes="row away") as self._downloads:
            button(self._words("export.json"), self._export_json)
            button(self._words("export.html"), self._export_html)
            button(self._words("read.hand_over"), self._hand_over)

    async def _try(self, text: str) -> None:
        self._editor.put(text)
        await self._read()

    async def _open(self, path: Path) -> None:
        kind = MEDIA.get(path.suffix)
        if kind is not None:
            message = replace(self._message(needed=False), media=(kind(path),))
            await self._steps(partial(self._recording, message))
            return
        try:
            text = await self._visit.now(lambda: document_text(path))
        except TongliError as error:
            self._frame.fail(error)
            return
        self._editor.put(text)
        await self._read()

    async def _read(self) -> None:
        await self._steps(self._in_steps)

    async def _steps(self, steps: Callable[[int], Coroutine[None, None, None]]) -> None:
        """Run steps, with their number, and tell what goes wrong in them."""
        turn = self._progress.begin()
        self._frame.clear()
        self._frame.tell(self._words("read.reading" if self._studio.work.ready else "frame.loading"))
        self._drop()
        self._running = asyncio.create_task(steps(turn))
        try:
            await self._running
        except asyncio.CancelledError:
            if self._progress.current(turn):
                raise
        except TongliError as error:
            if self._progress.current(turn):
                self._frame.fail(error)
        self._progress.end(turn)

    def _drop(self) -> None:
        """What was asked before is not waited for any more; what has not begun never runs."""
        if self._running is not None:
            self._running.cancel()

    def _stopped(self) -> None:
        self._drop()
        self._frame.tell(self._words("frame.stopped"))

    async def _recording(self, message: Message, turn: int) -> None:
        """Voice, faces and scenes of a file, with what stands in the field as its words."""
        found = await self._visit.later(
            lambda: self._studio.tongli.read(message, evidence=bool(message.text))
        )
        if self._progress.current(turn):
            self._show(found)
            self._frame.tell(self._words("read.done", summary=summary(found, self._words)))

    async def _in_steps(self, turn: int) -> None:
        """What it says at once; then the words behind it; then, for a long text, its course."""
        message = self._message()
        quick = await self._visit.read(message)
        if not self._progress.current(turn):
            return
        self._show(quick)
        self._frame.tell(self._words("read.looking", summary=summary(quick, self._words)))
        whole = await self._visit.later(lambda: self._studio.tongli.read(message))
        if self._progress.current(turn):
            self._show(whole)
            await self._course(whole, turn)
            self._frame.tell(self._words("read.done", summary=summary(whole, self._words)))

    async def _course(self, reading: Reading, turn: int) -> None:
        """How feelings move through the paragraphs, a few at a time, so that it can be stopped."""
        parts = [part for part in reading.message.text.splitlines() if part.strip()]
        if len(parts) < _LONG:
            return
        arc: list[Moment] = []
        for start in range(0, len(parts), _TOGETHER):
            lot = [Message(part, lang=reading.language.tag) for part in parts[start : start + _TOGETHER]]
            found = await self._visit.later(partial(self._studio.tongli.read_many, lot))
            if not self._progress.current(turn):
                return
            arc += [moment(item, at=len(arc) + place) for place, item in enumerate(found)]
            self._progress.at(len(arc) / len(parts))
        self._show(reading, arc=arc)

    def _message(self, *, needed: bool = True) -> Message:
        """What stands in the field, as it was declared; a recording needs no words."""
        text = self._editor.text
        if needed or text.strip() or self._editor.over:
            text = self._editor.required(max_chars=self._studio.settings.max_chars)
        return Message(
            text if text.strip() else "",
            lang=self._lang or None,
            author=self._person(self._author),
            audience=self._person(self._audience),
        )

    def _person(self, chosen: str) -> Person:
        """Somebody who declared themselves, or readers of a place."""
        if chosen.startswith("locale:"):
            return Person(locale=chosen.removeprefix("locale:"))
        return self._visit.people.get(chosen) if chosen else Person()

    def _show(self, reading: Reading, *, arc: Sequence[Moment] = ()) -> None:
        self._reading = reading
        self._body = reading_view(
            reading,
            self._words,
            thresholds=self._studio.thresholds,
            known=self._studio.known(reading),
            arc=arc,
        )
        self._result.content = self._body
        self._samples.classes(add="away")
        self._downloads.classes(remove="away")

    async def _hand_over(self) -> None:
        """Put what was read into the review queue, with nothing drafted, for a person to answer."""
        found, visit = self._reading, self._visit
        if found is None:
            return
        self._frame.clear()
        try:
            await visit.keep(lambda: queue_reading(visit.studio.store.review, found, by=visit.actor))
        except TongliError as error:
            self._frame.fail(error)
            return
        self._frame.tell(self._words("read.handed"))

    def _export_json(self) -> None:
        if self._reading is not None:
            ui.download.content(reading_json(self._reading), "reading.json", "application/json")

    def _export_html(self) -> None:
        ui.download.content(reading_html(self._body, self._words), "reading.html", "text/html")


def document_text(path: Path) -> str:
    """All paragraphs of a document, with blank lines between them.

    Raises:
        TongliError: as :meth:`tongli.applications.documents.Document.parts`.
    """
    return "\n\n".join(each.text for part in open_document(path).parts() for each in part.paragraphs)


def moment(reading: Reading, *, at: int) -> Moment:
    """A paragraph as a place on a line; the first is number 1."""
    scores = reading.scores.get("ekman6")
    feeling = next(reading.decided("emotion", scheme="ekman6"), None)
    return Moment(
        times=(at, at + 1),
        scores=dict(scores) if isinstance(scores, dict) else {},
        label=feeling.label if feeling is not None else None,
    )
