"""Models & privacy: what is installed, and what leaves this machine."""

from __future__ import annotations

from dataclasses import replace

from nicegui import ui

from tongli.applications.checkup import examine
from tongli.applications.model_list import known
from tongli.core import TongliError
from tongli.core.environment import REMOTE, set_variables
from tongli.serving.studio.components.controls import html, tag, ticks
from tongli.serving.studio.components.installed import checks, models, settings
from tongli.serving.studio.layout import Frame, frame
from tongli.serving.studio.visit import Visit


class Sharing:
    """Whether this account's decisions about suggestions may be exported as training data.

    Args:
        visit: whose page it is.
        frame: of the page.
        shared: whether they may be now.
    """

    def __init__(self, visit: Visit, frame: Frame, *, shared: bool) -> None:
        self._visit, self._frame = visit, frame
        words = visit.words
        with tag("section", classes="card"):
            tag("h2", words("models.training"))
            chosen = ("share",) if shared else ()
            ticks(
                words("models.training_lead"),
                {"share": words("models.share")},
                chosen=chosen,
                on_change=self._turn,
            )

    async def _turn(self, _: str) -> None:
        store = self._visit.studio.store.preferences

        def turn() -> bool:
            kept = store.get(by=self._visit.actor)
            store.put(replace(kept, share_edits=not kept.share_edits), by=self._visit.actor)
            return not kept.share_edits

        try:
            shared = await self._visit.keep(turn)
        except TongliError as error:
            self._frame.fail(error)
            return
        self._frame.tell(self._visit.words("models.shared" if shared else "models.not_shared"))


async def page(visit: Visit) -> None:
    """Build the page; what takes a moment to look at comes after it is shown."""
    words, machine = visit.words, visit.studio.settings
    preferences = await visit.keep(lambda: visit.studio.store.preferences.get(by=visit.actor))
    with frame("models", visit) as shown:
        given = set_variables()
        with tag("section", classes="card"):
            tag("h2", words("models.leaves"))
            remote = any(given[name] for name in REMOTE)
            tag("p", words("models.may_leave" if remote else "models.nothing_leaves"))
            if visit.studio.store.database.elsewhere:
                tag("p", words("models.database_elsewhere"))
        Sharing(visit, shown, shared=preferences.share_edits)
        with tag("section", classes="card"):
            tag("h2", words("models.installed"))
            listed = html()
        with tag("section", classes="card"):
            tag("h2", words("models.checks"))
            checked = html()
        with tag("section", classes="card"):
            tag("h2", words("models.settings"))
            tag("p", words("models.settings_lead"), classes="quiet")
            html(settings(given, words))

    async def look() -> None:
        shown.tell(words("models.looking"))
        try:
            listed.content = models(await visit.keep(lambda: known(machine)), words)
            checked.content = checks(await visit.keep(lambda: examine(machine)), words)
        except TongliError as error:
            shown.fail(error)
            return
        shown.tell("")

    ui.timer(0.05, look, once=True)
