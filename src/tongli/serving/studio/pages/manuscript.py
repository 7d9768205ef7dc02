"""The draft of one visitor, as the rooms of the page Write share it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence

from nicegui import ui

from tongli.core import Edit, TongliError
from tongli.core.edit import apply_edits
from tongli.serving.studio.components.editor import Editor
from tongli.serving.studio.draft import Draft
from tongli.serving.studio.layout import Frame
from tongli.serving.studio.ledger import Ledger
from tongli.serving.studio.visit import Visit


class Manuscript:
    """What stands in the field, whom it is for, and its history. Each change is kept before it is told.

    Args:
        visit: who writes.
        frame: of the page.
        draft: the document behind it.

    Attributes:
        first: the text as it was opened.
        audiences: tags of the chosen readers.
        people: names of those who are in it.
        rejected: source and words of the remarks that the writer rejected.
        ledger: the edits that were made.
    """

    def __init__(self, visit: Visit, frame: Frame, draft: Draft) -> None:
        self.visit, self.frame, self.draft = visit, frame, draft
        self.first = draft.text
        self.audiences: list[str] = list(draft.fields.get("audiences", []))
        self.people: list[str] = list(draft.fields.get("people", []))
        self.rejected: list[tuple[str, str]] = [(a, b) for a, b in draft.fields.get("rejected", [])]
        self.ledger = Ledger()
        self._saving = asyncio.Lock()
        self._watching: list[Callable[[], Awaitable[None] | None]] = []

    def field(self, *, on_submit: Callable[[], Awaitable[None]]) -> None:
        """Build the field in the page, here."""
        words, here = self.visit.words, self.draft.document
        self.editor = Editor(
            words("write.field"),
            words=words,
            keep=f"write:{here.id if here is not None else 'new'}",
            text=self.draft.text,
            hint=words("write.hint"),
            on_edit=self._typed,
            on_submit=on_submit,
        )

    @property
    def text(self) -> str:
        """What stands in the field now."""
        return self.editor.text

    def watch(self, call: Callable[[], Awaitable[None] | None]) -> None:
        """Call this after each change, in the order in which rooms asked."""
        self._watching.append(call)

    async def look(self) -> None:
        """Let every room look at what there is now."""
        for call in self._watching:
            shown = call()
            if shown is not None:
                await shown

    async def replace(self, text: str) -> None:
        """Put a text in place of what stands in the field, as if it had been typed."""
        self.editor.put(text)
        await self._typed(text)

    async def put(self, text: str) -> None:
        """Put a text that the ledger made."""
        self.editor.put(text)
        await self.kept(text)

    async def kept(self, text: str | None = None) -> None:
        """Keep the text, or after another choice of readers the one that stands there; then look."""
        await self._keep(self.text if text is None else text)
        await self.look()

    async def take(self, edits: Sequence[Edit]) -> None:
        """Make all of these edits, or raise ``ValueError`` or ``TongliError``."""
        text = self.text
        apply_edits(text, edits)  # all or none
        for edit in reversed(edits):
            text = self.ledger.take(text, edit)
        await self.put(text)

    async def step(self, *, back: bool) -> None:
        """Undo what was kept last, or make it again."""
        before = self.draft.text
        try:
            await self.draft.step(back=back)
        except TongliError as error:
            self.frame.fail(error)
            return
        self.ledger.follow(before, self.draft.text)
        self.editor.put(self.draft.text)
        await self.look()

    async def _typed(self, text: str) -> None:
        self.ledger.follow(self.draft.text, text)
        await self.kept(text)

    async def _keep(self, text: str) -> None:
        before = self.draft.document
        fields = {"audiences": self.audiences, "people": self.people, "rejected": self.rejected}
        async with self._saving:
            try:
                kept = await self.draft.save(text, fields)
            except TongliError as error:
                self.frame.fail(error)
                return
        if before is None:
            self._named()
        self.editor.saved(text)
        self.frame.tell(self.visit.words("write.kept" if kept else "write.conflict"))
        if not kept:
            self.editor.put(self.draft.text)

    def _named(self) -> None:
        """Let the address and the browser's copy name the document that was just made."""
        if (here := self.draft.document) is not None:
            self.editor.keep_as(f"write:{here.id}")
            ui.run_javascript(f"history.replaceState(null, '', '?doc={here.id}')")
