"""Translate: two panes, and whether both say and feel the same."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable, Sequence

from markupsafe import Markup
from nicegui import ui

from tongli.applications.studio import Document, Summary
from tongli.applications.translate.glossary import Glossary
from tongli.core import Message, Reading, TongliError, TranslationBrief
from tongli.encoders.language import identify
from tongli.generation.translate import Translation
from tongli.knowledge.tags import primary
from tongli.serving.studio.components.comparison import comparison
from tongli.serving.studio.components.controls import acting, button, choice, html, line, tag
from tongli.serving.studio.components.documents import documents
from tongli.serving.studio.components.drafts import drafts, others
from tongli.serving.studio.components.editor import Editor
from tongli.serving.studio.components.engine import engine_missing, engine_note
from tongli.serving.studio.components.progress import Progress
from tongli.serving.studio.draft import Draft, around
from tongli.serving.studio.layout import frame
from tongli.serving.studio.offers import languages
from tongli.serving.studio.visit import Visit

_ADDRESSES = ("", "formal", "informal")
_PAIRS = re.compile(r"[;；؛\n]")
_EQUALS = re.compile(r"[=＝]")


async def page(visit: Visit) -> None:
    """Build the page."""
    await around(visit, "translate", TranslatePage)


class TranslatePage:
    """The page of one visitor; both texts are kept as they are typed."""

    def __init__(self, visit: Visit, draft: Draft, listed: Sequence[Summary]) -> None:
        self._visit, self._studio, self._words = visit, visit.studio, visit.words
        self._draft, self._languages = draft, languages(visit.words)
        kept = {key: str(value) for key, value in draft.fields.items()}
        usual = "es" if visit.words.tag != "es" else "en"
        self._from = kept.get("from", "") if kept.get("from", "") in self._languages else ""
        self._to = kept.get("to", usual) if kept.get("to", usual) in self._languages else usual
        self._address = kept.get("address", "") if kept.get("address", "") in _ADDRESSES else ""
        self._glossary = kept.get("glossary", "")
        self._pair = ("", "")
        self._others: list[str] = []
        self._saving = asyncio.Lock()
        with frame("translate", visit) as self._frame:
            with tag("div", classes="row"):
                words = self._words
                documents(listed, draft.document, new=words("translate.new"), label=words("translate.listed"))
            self._controls()
            self._engine = html(classes="engine")
            with tag("div", classes="panes"):
                self._source = self._editor("source", draft.text, on_submit=self._translate)
                self._target = self._editor("target", kept.get("translation", ""), on_submit=self._compare)
            with tag("div", classes="row"):
                button(self._words("translate.do"), self._translate, classes="main")
                button(self._words("translate.compare"), self._compare)
                button(self._words("translate.save"), self._export)
            self._progress = Progress(
                self._words, on_stop=lambda: self._frame.tell(self._words("frame.stopped"))
            )
            self._teach()
            self._alternatives = acting("", self._act, classes="result")
            self._result = html(classes="result")
        ui.timer(0.05, self._look, once=True)

    def fail(self, error: TongliError) -> None:
        """Show what went wrong."""
        self._frame.fail(error)

    def _editor(self, side: str, text: str, *, on_submit: Callable[[], Awaitable[None]]) -> Editor:
        return Editor(
            self._words(f"translate.{side}"),
            words=self._words,
            keep=self._kept_as(side),
            text=text,
            hint=self._words(f"translate.{side}_hint"),
            on_edit=lambda _: self._typed(),
            on_submit=on_submit,
        )

    def _kept_as(self, side: str) -> str:
        here = self._draft.document
        return f"translate:{here.id if here is not None else 'new'}:{side}"

    def _teach(self) -> None:
        """Something to try while there is nothing to show."""
        words = self._words
        empty = bool(self._source.text or self._target.text)
        with tag("section", classes="empty away" if empty else "empty") as self._empty:
            tag("h2", words("translate.try"))
            tag("p", words("translate.try_lead"))
            button(words("translate.sample"), self._sample)

    def _controls(self) -> None:
        words, known = self._words, self._languages
        addresses = {
            each: words.name("label", each) if each else words("translate.as_is") for each in _ADDRESSES
        }
        with tag("div", classes="row"):
            choice(
                words("translate.from"),
                {"": words("read.find_out"), **known},
                value=self._from,
                on_change=self._setter("_from"),
            )
            choice(words("translate.to"), known, value=self._to, on_change=self._setter("_to"))
            choice(
                words("translate.address"),
                addresses,
                value=self._address,
                on_change=self._setter("_address"),
            )
            line(
                words("translate.glossary"),
                value=self._glossary,
                hint=words("translate.glossary_hint"),
                on_change=lambda value: setattr(self, "_glossary", value),
            )

    def _setter(self, name: str) -> Callable[[str], Awaitable[None]]:
        async def put(value: str) -> None:
            setattr(self, name, value)
            await self._typed()

        return put

    async def _typed(self) -> None:
        """Keep what there is, then say who could translate it."""
        await self._keep()
        await self._look()

    async def _look(self) -> None:
        """Say which engine translates this pair, or what to install where none does."""
        if self._source.text or self._target.text:
            self._empty.classes(add="away")
        words, source = self._words, self._source.text
        pair = (self._from or (identify(source).tag if source.strip() else ""), self._to)
        if pair == self._pair:
            return
        self._pair = pair
        if not pair[0]:
            self._engine.content = Markup('<p class="quiet">{}</p>').format(words("translate.engine_open"))
            return
        try:
            found = await self._visit.keep(lambda: self._studio.translators.of(*pair))
            told = engine_note(found.name, words)
        except TongliError as error:
            if error.code == "translate.no-engine":
                told = engine_missing(*pair, words, names=self._languages)
            else:
                told = Markup('<p class="quiet">{}</p>').format(
                    words.entries.get(f"error.{error.code}", error.fix)
                )
        if pair == self._pair:
            self._engine.content = told

    async def _translate(self) -> None:
        turn = self._progress.begin()
        self._frame.clear()
        self._frame.tell(self._words("translate.translating"))
        try:
            text = self._text(self._source)
            lang = self._from or identify(text).tag
            made = await self._visit.later(lambda: self._made(text, lang))
            if self._progress.current(turn):
                self._others = [wording for wording, _ in others(made)]
                if made.text:
                    self._target.put(made.text)
                self._alternatives.content = drafts(made, self._words)
                await self._compare()
        except TongliError as error:
            self._frame.fail(error)
        self._progress.end(turn)

    def _made(self, text: str, lang: str) -> Translation:
        by = self._studio.translators.of(lang, self._to)
        message = Message(text, lang=lang)
        (made,) = self._studio.tongli.translate([message], self._to, by, briefs=[self._brief(text, lang)])
        return made

    def _brief(self, text: str, lang: str) -> TranslationBrief:
        """What was asked for."""
        return TranslationBrief(
            address="formal" if self._address == "formal" else "informal" if self._address else None,
            terms=glossary(self._glossary, source=lang, target=self._to).terms(
                text, source=lang, target=self._to
            ),
        )

    async def _compare(self) -> None:
        """Both texts read, side by side; the visitor's own translation as well as an engine's."""
        self._frame.clear()
        await self._typed()
        try:
            source, target = self._text(self._source), self._text(self._target)
            messages = [Message(source, lang=self._from or None), Message(target, lang=self._to)]
            before, after = await self._visit.now(lambda: self._read(messages))
        except TongliError as error:
            self._frame.fail(error)
            return
        self._result.content = comparison(before, after, self._words)
        self._frame.tell(self._words("translate.compared"))

    def _read(self, messages: list[Message]) -> list[Reading]:
        return [self._studio.tongli.read(message, evidence=False) for message in messages]

    async def _keep(self) -> None:
        """Keep both texts and what was chosen; nothing before something is written."""
        source, target = self._source.text, self._target.text
        before = self._draft.document
        if before is None and not (source.strip() or target.strip()):
            return
        fields = {
            "translation": target,
            "from": self._from,
            "to": self._to,
            "address": self._address,
            "glossary": self._glossary,
        }
        async with self._saving:
            try:
                kept = await self._draft.save(source, fields)
            except TongliError as error:
                self._frame.fail(error)
                return
        self._named(before)
        self._source.saved(source)
        self._target.saved(target)
        self._frame.tell(self._words("write.kept" if kept else "write.conflict"))
        if not kept:
            self._source.put(self._draft.text)
            self._target.put(str(self._draft.fields.get("translation", "")))

    def _named(self, before: Document | None) -> None:
        """Let the address and the browser's copies name the document that was just made."""
        if before is None and (here := self._draft.document) is not None:
            self._source.keep_as(self._kept_as("source"))
            self._target.keep_as(self._kept_as("target"))
            ui.run_javascript(f"history.replaceState(null, '', '?doc={here.id}')")

    def _text(self, editor: Editor) -> str:
        return editor.required(max_chars=self._studio.settings.max_chars)

    async def _act(self, name: str, key: str) -> None:
        if name == "use" and key.isdigit() and int(key) < len(self._others):
            self._target.put(self._others[int(key)])
            await self._compare()

    async def _sample(self) -> None:
        self._source.put(self._words("sample.source"))
        self._target.put(self._words("sample.target"))
        await self._compare()

    def _export(self) -> None:
        ui.download.content(self._target.text.encode("utf-8", "replace"), "translation.txt")


def glossary(field: str, *, source: str, target: str) -> Glossary:
    """What the field holds: ``word = word`` with semicolons between, of any script."""
    pairs = [_EQUALS.split(item, 1) for item in _PAIRS.split(field) if _EQUALS.search(item)]
    words = [(left.strip(), right.strip()) for left, right in pairs]
    return Glossary(
        rows=tuple({primary(source): one, primary(target): other} for one, other in words if one and other)
    )
