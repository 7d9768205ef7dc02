"""The part of the page Write that shows what readers may stumble over, each to accept, reject and undo."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from nicegui import ui

from tongli.applications.remarks import Remark, remarks
from tongli.core import TongliError
from tongli.encoders.language import identify
from tongli.serving.studio.components.controls import acting, tag
from tongli.serving.studio.components.editor import Mark
from tongli.serving.studio.components.suggestions import decided, suggestions
from tongli.serving.studio.pages.manuscript import Manuscript


class Remarks:
    """Open remarks and what was decided about others.

    Args:
        manuscript: the draft.
        places: audience → its name.
    """

    def __init__(self, manuscript: Manuscript, places: Mapping[str, str]) -> None:
        self._manuscript, self._places = manuscript, places
        self._found: tuple[Remark, ...] = ()
        words = manuscript.visit.words
        with tag("section", classes="card", aria_labelledby="remarks-title"):
            tag("h2", words("write.remarks"), id="remarks-title")
            self._open = acting("", self._act, classes="remarks")
            self._decided = acting("", self._act, classes="decided-remarks")
        manuscript.watch(self._look)

    def count(self, audience: str) -> int:
        """How many remarks stand for an audience."""
        return sum(item.audience == audience for item in self._found)

    async def _look(self) -> None:
        """Remarks on what is written now; an answer that comes too late is dropped."""
        here = self._manuscript
        text, visit = here.text, here.visit
        if not text.strip():
            self._show(())
            return
        try:
            people = [visit.people.get(name) for name in here.people]
            found = await visit.now(lambda: remarks(text, audiences=here.audiences, people=people))
        except TongliError as error:
            here.frame.fail(error)
            return
        if text == here.text:
            self._show([item for item in found if (item.source, item.words) not in here.rejected])

    def _show(self, found: Sequence[Remark]) -> None:
        here, words = self._manuscript, self._manuscript.visit.words
        self._found = tuple(found)
        self._open.content = suggestions(self._found, words, places=self._places)
        self._decided.content = decided(here.ledger.taken, [told for _, told in here.rejected], words)
        here.editor.underline([Mark(item.span, f"m-{item.weight}") for item in self._found])

    async def _act(self, name: str, key: str) -> None:
        """A button of a remark or of a decision."""
        acts = {
            "accept": self._accept,
            "reject": self._reject,
            "undo": self._undo,
            "restore": self._restore,
        }
        try:
            if name == "show":
                self._manuscript.editor.select(self._found[int(key)].span)
            else:
                await acts[name](int(key))
                ui.run_javascript("studio.focus('.remarks button, .decided-remarks button')")
        except (IndexError, KeyError, ValueError):  # pressed before the list was new
            await self._look()
        except TongliError as error:
            self._manuscript.frame.fail(error)

    async def _accept(self, place: int) -> None:
        here, item = self._manuscript, self._found[place]
        text = here.text
        if item.edit is None:
            return
        changed = here.ledger.take(text, item.edit)
        await here.draft.decided(item.edit, "accepted", text=text, lang=identify(text).tag)
        await here.put(changed)

    async def _reject(self, place: int) -> None:
        here, item = self._manuscript, self._found[place]
        text = here.text
        here.rejected.append((item.source, item.words))
        if item.edit is not None:
            await here.draft.decided(item.edit, "rejected", text=text, lang=identify(text).tag)
        await here.kept(text)

    async def _undo(self, place: int) -> None:
        here = self._manuscript
        await here.put(here.ledger.undo(here.text, place))

    async def _restore(self, place: int) -> None:
        del self._manuscript.rejected[place]
        await self._manuscript.kept()
