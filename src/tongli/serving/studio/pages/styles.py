"""The part of the page People & audiences that keeps house styles."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, get_args

from nicegui import ui

from tongli.applications.studio import require
from tongli.applications.write.styles import StyleStore
from tongli.core import Address, Register, TongliError
from tongli.generation.channels import channels
from tongli.generation.house_style import parse_style, style_data
from tongli.generation.realiser.shape import ACTS
from tongli.knowledge.needs import STRATEGIES
from tongli.serving.studio.components.controls import acting, button, line, tag
from tongli.serving.studio.components.data_form import DataForm
from tongli.serving.studio.components.profiles import style_list
from tongli.serving.studio.layout import Frame
from tongli.serving.studio.visit import Visit


class Styles:
    """House styles: a list, and a form for one of them.

    What the form has no field for, such as a sign-off for each language, stays as it was.

    Args:
        visit: whose page it is; everybody sees styles, reviewers and administrators change them.
        frame: of the page.
    """

    def __init__(self, visit: Visit, frame: Frame) -> None:
        self._visit, self._frame, self._words = visit, frame, visit.words
        self._store = StyleStore.from_env()
        self._name = ""
        self._style: dict[str, Any] = {}
        with tag("div", classes="panes"):
            with tag("section", classes="card"):
                tag("h2", self._words("styles.title"))
                tag("p", self._words("styles.lead"), classes="quiet")
                self._list = acting("", self._act)
            if visit.actor.may("review"):
                with tag("section", classes="card") as self._form:
                    self._fields()
        ui.timer(0.05, self._show, once=True)

    def _fields(self) -> None:
        words, style = self._words, self._style
        tag("h2", words("styles.form"))
        line(words("styles.name"), value=self._name, hint="warm-and-short", on_change=self._rename)
        form = DataForm(style, words, group="styles")
        with tag("div", classes="fields"):
            form.one_of("register", get_args(Register))
            form.one_of("address", get_args(Address))
            form.one_of("channel", channels())
            form.line("max_chars", made=int)
            form.line("signoff")
        form.lines("keep", "avoid")
        form.some_of("strategies", STRATEGIES, names="strategy")
        form.some_of("add", ACTS, names="act", ordered=True)
        form.some_of("drop", ACTS, names="act", ordered=True)
        with tag("div", classes="row"):
            button(words("styles.save"), self._save, classes="main")
            button(words("styles.new"), lambda: self._open("", {}))

    def _open(self, name: str, style: dict[str, Any]) -> None:
        self._name, self._style = name, style
        self._form.clear()
        with self._form:
            self._fields()

    def _rename(self, name: str) -> None:
        self._name = name.strip()

    async def _show(self) -> None:
        try:
            names = await self._visit.keep(self._store.names)
        except TongliError as error:
            self._frame.fail(error)
            return
        self._list.content = style_list(names, self._words, editable=self._visit.actor.may("review"))

    async def _save(self) -> None:
        def save() -> None:
            require(self._visit.actor, "review")
            self._store.save(self._name, parse_style(self._style))

        await self._change(save, told="styles.saved")

    async def _act(self, name: str, key: str) -> None:
        if name == "edit":
            try:
                style = await self._visit.keep(lambda: self._store.get(key))
            except TongliError as error:
                self._frame.fail(error)
                return
            if self._visit.actor.may("review"):
                self._open(key, style_data(style))
        elif name == "remove":

            def remove() -> None:
                require(self._visit.actor, "review")
                self._store.remove(key)

            await self._change(remove, told="styles.removed")

    async def _change(self, call: Callable[[], None], *, told: str) -> None:
        self._frame.clear()
        try:
            await self._visit.keep(call)
        except TongliError as error:
            self._frame.fail(error)
            return
        self._frame.tell(self._words(told))
        await self._show()
