"""The part of the page Write that compares variants of a text."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from tongli.applications.write.rank import MOST, rank
from tongli.core import TongliError
from tongli.encoders.language import identify
from tongli.serving.studio.components.controls import acting, button, tag
from tongli.serving.studio.components.editor import Editor
from tongli.serving.studio.components.variants import variants
from tongli.serving.studio.layout import Frame
from tongli.serving.studio.visit import Visit


class Variants:
    """Fields for variants, and their order.

    Args:
        visit: the visitor.
        frame: tells what happens.
        use: called with the variant that the writer takes.
    """

    def __init__(self, visit: Visit, frame: Frame, *, use: Callable[[str], Awaitable[None]]) -> None:
        self._visit, self._frame, self._use = visit, frame, use
        self._fields: list[Editor] = []
        self._ranked: list[str] = []
        words = visit.words
        with tag("details", classes="card"):
            tag("summary", words("write.variants"))
            tag("p", words("write.variants_lead"), classes="quiet")
            self._panes = tag("div", classes="panes")
            self._add()
            self._add()
            with tag("div", classes="row"):
                button(words("write.add_variant"), self._add)
                button(words("write.rank"), self._rank, classes="main")
            self._cards = acting("", self._act)

    def _add(self) -> None:
        number = len(self._fields) + 1
        if number > MOST:
            return
        with self._panes:
            self._fields.append(
                Editor(
                    self._visit.words("write.variant", number=number),
                    words=self._visit.words,
                    keep=f"variant:{number}",
                )
            )

    async def _rank(self) -> None:
        texts = [field.text for field in self._fields if field.text.strip()]
        tongli = self._visit.studio.tongli
        self._frame.clear()
        try:
            found = await self._visit.now(
                lambda: rank(texts, lang=identify(" ".join(texts)).tag, tongli=tongli)
            )
        except TongliError as error:
            self._frame.fail(error)
            return
        self._ranked = texts
        self._cards.content = variants(found, texts, self._visit.words)
        self._frame.tell(self._visit.words("write.ranked", count=len(texts)))

    async def _act(self, name: str, key: str) -> None:
        if name == "use" and key.isdigit() and int(key) < len(self._ranked):
            await self._use(self._ranked[int(key)])
