"""The part of the page Write that shows how the draft lands with each chosen audience."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from functools import partial

from tongli.applications.adapt import adapt_text
from tongli.core import Edit, Message, TongliError
from tongli.serving.studio.components.controls import acting, button, joined, tag
from tongli.serving.studio.components.landing import Landing, landing
from tongli.serving.studio.components.progress import Progress
from tongli.serving.studio.layout import Frame
from tongli.serving.studio.offers import audiences
from tongli.serving.studio.visit import Visit

_MOST = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What the page holds, and how it is changed.

    Attributes:
        text: the draft as it stands.
        wanted: tags of the chosen audiences.
        remarks: how many remarks stand for an audience.
        take: makes all of these edits, or raises ``ValueError`` or ``TongliError``.
    """

    text: Callable[[], str]
    wanted: Callable[[], Sequence[str]]
    remarks: Callable[[str], int]
    take: Callable[[Sequence[Edit]], Awaitable[None]]


class Landings:
    """A card for each audience.

    Args:
        visit: whose page it is.
        frame: of the page.
        written: the draft.
    """

    def __init__(self, visit: Visit, frame: Frame, written: Written) -> None:
        self._visit, self._frame, self._words, self._written = visit, frame, visit.words, written
        self._places = audiences(visit.words)
        self._landed: dict[str, Landing] = {}
        words = self._words
        with tag("section", classes="stack"):
            with tag("div", classes="row"):
                tag("h2", words("write.lands"))
                button(words("write.preview"), self.show)
            tag("p", words("write.lands_lead"), classes="quiet")
            self._progress = Progress(words, on_stop=lambda: frame.tell(words("frame.stopped")))
            self._cards = acting("", self._act, classes="cards")

    async def show(self) -> None:
        """How the draft lands, one audience after another."""
        turn = self._progress.begin()
        self._frame.clear()
        text, wanted = self._written.text(), self._written.wanted()[:_MOST]
        self._frame.tell(self._words("write.landing" if wanted else "write.choose_audience"))
        self._landed = {}
        try:
            for done, audience in enumerate(wanted, 1):
                found = await self._visit.now(partial(self._landing, text, audience))
                if not self._progress.current(turn):
                    return
                self._landed[audience] = found
                self._cards.content = joined([landing(each, self._words) for each in self._landed.values()])
                self._progress.at(done / len(wanted))
            if wanted:
                self._frame.tell(self._words("write.landed", count=len(wanted)))
        except TongliError as error:
            self._frame.fail(error)
        self._progress.end(turn)

    def _landing(self, text: str, audience: str) -> Landing:
        tongli = self._visit.studio.tongli
        adapted = adapt_text(text, to=audience, tongli=tongli)
        (reading,) = tongli.read_many([Message(adapted.text, lang=adapted.lang)])
        return Landing(
            tag=audience,
            name=self._places[audience],
            before=text,
            adapted=adapted,
            reading=reading,
            open=self._written.remarks(audience),
        )

    async def _act(self, name: str, audience: str) -> None:
        """Make the changes that a card shows, where the text still reads as they say."""
        if name != "take" or audience not in self._landed:
            return
        try:
            await self._written.take(self._landed[audience].adapted.edits)
        except TongliError as error:
            self._frame.fail(error)
        except ValueError:  # the text is another one by now
            await self.show()
