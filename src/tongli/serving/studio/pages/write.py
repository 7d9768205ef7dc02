"""Write: a draft with what its readers may stumble over, how it lands, its variants and its history.

==================  =================================================================================
``manuscript``      the draft, as the rooms share it
``bar``             other drafts, history, files, asking for a review
``remarks``         what readers may stumble over
``landings``        how it lands with each audience
``answers``         an answer to a message, by a plan that can be changed
``variants``        wordings side by side
==================  =================================================================================
"""

from __future__ import annotations

from collections.abc import Sequence

from nicegui import ui

from tongli.applications.studio import Summary
from tongli.core import TongliError
from tongli.serving.studio.components.controls import button, html, tag, ticks
from tongli.serving.studio.components.difference import difference
from tongli.serving.studio.draft import Draft, around
from tongli.serving.studio.layout import frame
from tongli.serving.studio.offers import audiences, people_names
from tongli.serving.studio.pages.answers import Answers
from tongli.serving.studio.pages.bar import Bar
from tongli.serving.studio.pages.landings import Landings, Written
from tongli.serving.studio.pages.manuscript import Manuscript
from tongli.serving.studio.pages.remarks import Remarks
from tongli.serving.studio.pages.variants import Variants
from tongli.serving.studio.visit import Visit

_SAMPLE = "de-DE"
"""Whom the sample is written for."""


async def page(visit: Visit) -> None:
    """Build the page."""
    await around(visit, "write", WritePage)


class WritePage:
    """The page of one visitor."""

    def __init__(self, visit: Visit, draft: Draft, listed: Sequence[Summary]) -> None:
        self._words = words = visit.words
        self._places = audiences(words)
        with frame("write", visit) as self._frame:
            self._manuscript = here = Manuscript(visit, self._frame, draft)
            here.audiences[:] = [each for each in here.audiences if each in self._places]
            Bar(here, listed)
            with tag("div", classes="panes"):
                with tag("div", classes="stack"):
                    self._writing(visit)
                remarks = Remarks(here, self._places)
            self._landings = Landings(
                visit,
                self._frame,
                Written(
                    text=lambda: here.text,
                    wanted=lambda: tuple(here.audiences),
                    remarks=remarks.count,
                    take=here.take,
                ),
            )
            Answers(visit, self._frame, use=here.replace)
            Variants(visit, self._frame, use=here.replace)
            self._changes()
        ui.timer(0.1, here.look, once=True)

    def fail(self, error: TongliError) -> None:
        """Show what went wrong."""
        self._frame.fail(error)

    def _writing(self, visit: Visit) -> None:
        words, here = self._words, self._manuscript
        here.field(on_submit=self._land)
        ticks(words("write.audiences"), self._places, chosen=here.audiences, on_change=self._choose_audience)
        people = people_names(visit)
        if people:
            ticks(words("write.people"), people, chosen=here.people, on_change=self._choose_person)
        if not here.draft.text:
            self._teach()

    def _teach(self) -> None:
        """Something to try while there is nothing to show."""
        words, here = self._words, self._manuscript
        with tag("section", classes="empty") as empty:
            tag("h2", words("write.try"))
            tag("p", words("write.try_lead"))
            button(words("write.sample"), self._sample)

        def hide() -> None:
            if here.text:
                empty.classes(add="away")

        here.watch(hide)

    def _changes(self) -> None:
        words, here = self._words, self._manuscript
        with tag("details", classes="card"):
            tag("summary", words("write.difference"))
            shown = html()

        def show() -> None:
            shown.content = difference(here.first, here.text, words)

        here.watch(show)

    async def _sample(self) -> None:
        if _SAMPLE not in self._manuscript.audiences:
            self._manuscript.audiences.append(_SAMPLE)
            ui.run_javascript(f"studio.tick('{_SAMPLE}')")
        await self._manuscript.replace(self._words("sample.write"))

    async def _choose_audience(self, chosen: str) -> None:
        if chosen in self._places:
            await self._choose(self._manuscript.audiences, chosen)

    async def _choose_person(self, chosen: str) -> None:
        await self._choose(self._manuscript.people, chosen)

    async def _choose(self, held: list[str], chosen: str) -> None:
        (held.remove if chosen in held else held.append)(chosen)
        await self._manuscript.kept()

    async def _land(self) -> None:
        await self._landings.show()
