"""Translate: two panes, and whether both say and feel the same."""

from __future__ import annotations

from nicegui import ui

from tongli.applications.translate import open_translator
from tongli.core import Message, Reading, TongliError, TranslationBrief
from tongli.core.text import require_text
from tongli.encoders.language import identify
from tongli.generation.translate import Translation
from tongli.serving.studio.components.comparison import comparison
from tongli.serving.studio.components.controls import acting, button, choice, html, line, tag
from tongli.serving.studio.components.drafts import drafts, others
from tongli.serving.studio.components.editor import Editor
from tongli.serving.studio.components.progress import Progress
from tongli.serving.studio.draft import Draft
from tongli.serving.studio.layout import frame
from tongli.serving.studio.offers import languages
from tongli.serving.studio.visit import Visit


def page(visit: Visit) -> None:
    """Build the page."""
    TranslatePage(visit)


class TranslatePage:
    """The page of one visitor."""

    def __init__(self, visit: Visit) -> None:
        self._visit, self._studio, self._words = visit, visit.studio, visit.words
        self._draft = Draft(visit, "translate")
        self._from = ""
        self._to = "es" if visit.words.tag != "es" else "en"
        self._address = ""
        self._glossary = ""
        self._others: list[str] = []
        with frame("translate", self._words) as self._frame:
            self._controls()
            with tag("div", classes="panes"):
                self._source = Editor(
                    self._words("translate.source"),
                    keep="translate:source",
                    hint=self._words("translate.source_hint"),
                    on_submit=self._translate,
                )
                self._target = Editor(
                    self._words("translate.target"),
                    keep="translate:target",
                    hint=self._words("translate.target_hint"),
                    on_submit=self._compare,
                )
            with tag("div", classes="row"):
                button(self._words("translate.do"), self._translate, classes="main")
                button(self._words("translate.compare"), self._compare)
                button(self._words("translate.sample"), self._sample)
                button(self._words("translate.save"), self._export)
            self._progress = Progress(
                self._words, on_stop=lambda: self._frame.tell(self._words("frame.stopped"))
            )
            self._alternatives = acting("", self._act)
            self._result = html(classes="result")

    def _controls(self) -> None:
        words, known = self._words, languages(self._words)
        with tag("div", classes="row"):
            choice(
                words("translate.from"),
                {"": words("read.find_out"), **known},
                on_change=lambda value: setattr(self, "_from", value),
            )
            choice(
                words("translate.to"),
                known,
                value=self._to,
                on_change=lambda value: setattr(self, "_to", value),
            )
            choice(
                words("translate.address"),
                {
                    "": words("translate.as_is"),
                    "formal": words.name("label", "formal"),
                    "informal": words.name("label", "informal"),
                },
                on_change=lambda value: setattr(self, "_address", value),
            )
            line(
                words("translate.glossary"),
                hint=words("translate.glossary_hint"),
                on_change=lambda value: setattr(self, "_glossary", value),
            )

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
                self._target.put(made.text)
                self._alternatives.content = drafts(made, self._words)
                await self._compare()
        except TongliError as error:
            self._frame.fail(error)
        self._progress.end(turn)

    def _made(self, text: str, lang: str) -> Translation:
        by = open_translator(None, source=lang, target=self._to)
        message = Message(text, lang=lang)
        (made,) = self._studio.tongli.translate([message], self._to, by, briefs=[self._brief()])
        return made

    def _brief(self) -> TranslationBrief:
        """What was asked for; the glossary is ``word = word`` with semicolons between."""
        pairs = [item.split("=", 1) for item in self._glossary.split(";") if "=" in item]
        return TranslationBrief(
            address="formal" if self._address == "formal" else "informal" if self._address else None,
            terms=tuple((left.strip(), right.strip()) for left, right in pairs),
        )

    async def _compare(self) -> None:
        """Both texts read, side by side; the visitor's own translation as well as an engine's."""
        self._frame.clear()
        try:
            source, target = self._text(self._source), self._text(self._target)
            messages = [Message(source, lang=self._from or None), Message(target, lang=self._to)]
            before, after = await self._visit.now(lambda: self._read(messages))
        except TongliError as error:
            self._frame.fail(error)
            return
        self._result.content = comparison(before, after, self._words)
        self._frame.tell(self._words("translate.compared"))
        await self._keep(source, target)

    def _read(self, messages: list[Message]) -> list[Reading]:
        return [self._studio.tongli.read(message, evidence=False) for message in messages]

    async def _keep(self, source: str, target: str) -> None:
        fields = {"translation": target, "from": self._from, "to": self._to, "glossary": self._glossary}
        try:
            await self._draft.save(source, fields)
        except TongliError as error:
            self._frame.fail(error)

    def _text(self, editor: Editor) -> str:
        return require_text(editor.text, max_chars=self._studio.settings.max_chars)

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
