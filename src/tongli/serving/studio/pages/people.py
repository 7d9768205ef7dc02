"""People & audiences: who declared what about themselves, house styles, and places that are known."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from nicegui import ui

from tongli.applications.people import exported, person_from, plain
from tongli.applications.people.declared import named
from tongli.core import Person, TongliError
from tongli.knowledge.claim_files import KNOWN
from tongli.serving.studio.components.controls import acting, button, choice, html, line, tag
from tongli.serving.studio.components.profiles import places, profiles, told
from tongli.serving.studio.layout import frame
from tongli.serving.studio.offers import audiences, languages
from tongli.serving.studio.pages.styles import Styles
from tongli.serving.studio.visit import Visit

_LINES = ("name", "pronouns", "title", "locale", "generation", "domain")
_CHOICES = {
    "register": ("formal", "neutral", "informal"),
    "agreement": ("feminine", "masculine", "neutral"),
    "address": ("formal", "informal"),
}
_FIELDS = frozenset((*_LINES, *_CHOICES))


def page(visit: Visit) -> None:
    """Build the page."""
    PeoplePage(visit)


class PeoplePage:
    """The page of one visitor."""

    def __init__(self, visit: Visit) -> None:
        self._visit, self._store, self._words = visit, visit.people, visit.words
        self._given: dict[str, str] = {}
        self._before: Mapping[str, Any] = {}
        self._client = ui.context.client  # the button that was pressed goes with its form
        self._people: tuple[Person, ...] = ()
        with frame("people", self._visit) as self._frame:
            with tag("div", classes="panes"):
                with tag("section", classes="card"):
                    tag("h2", self._words("people.declared"))
                    self._list = acting("", self._act)
                    self._everybody = button(self._words("people.export"), self._export, classes="away")
                with tag("section", classes="card", id="person") as self._form:
                    self._fields()
            Styles(visit, self._frame)
            with tag("section", classes="card"):
                tag("h2", self._words("people.places"))
                tag("p", self._words("people.places_lead"), classes="quiet")
                counts = {tag_: len(KNOWN.own(tag_)) for tag_ in KNOWN.audiences}
                html(places(audiences(self._words), counts, self._words))
        ui.timer(0.05, self._show, once=True)

    def _fields(self) -> None:
        """The form, empty or with what was declared; where that differs by language, it is only shown."""
        words, before = self._words, self._before
        tag("h2", words("people.add"))
        tag("p", words("people.add_lead"), classes="quiet")
        with tag("div", classes="fields"):
            for name in _LINES:
                there = before.get(name, "")
                whole = isinstance(there, str)
                line(
                    words(f"people.{name}"),
                    value=there if whole else "",
                    hint=words.entries.get(f"people.{name}_hint", "") if whole else told(there),
                    on_change=self._setter(name),
                )
            choice(words("people.lang"), {"": "–", **languages(words)}, on_change=self._setter("lang"))
            for name, values in _CHOICES.items():
                there = before.get(name, "")
                none = "–" if isinstance(there, str) else f"– ({told(there)})"
                options = {"": none, **{value: words.name("label", value) for value in values}}
                value = there if isinstance(there, str) else ""
                choice(words(f"people.{name}"), options, value=value, on_change=self._setter(name))
        with tag("div", classes="row"):
            button(words("people.keep"), self._keep, classes="main")
            button(words("people.new"), lambda: self._open({}))

    def _open(self, before: Mapping[str, Any]) -> None:
        """Put what somebody declared into the form."""
        self._before = before
        self._given = {key: value for key, value in before.items() if isinstance(value, str)}
        self._form.clear()
        with self._form:
            self._fields()
        self._client.run_javascript("studio.focus('#person input')")

    def _setter(self, name: str) -> Callable[[str], None]:
        return lambda value: self._given.__setitem__(name, value.strip())

    async def _show(self) -> None:
        try:
            self._people = await self._visit.keep(self._store.all)
        except TongliError as error:
            self._frame.fail(error)
            return
        self._list.content = profiles([plain(person) for person in self._people], self._words)
        self._everybody.classes(remove="away") if self._people else self._everybody.classes(add="away")

    async def _keep(self) -> None:
        before = self._before
        self._frame.clear()
        try:
            person = named(person_from(merged(before, self._given)))

            def put() -> None:
                self._store.put([person])
                if before and whole_name(before).casefold() != whole_name(plain(person)).casefold():
                    self._store.remove(whole_name(before))

            await self._visit.keep(put)
        except TongliError as error:
            self._frame.fail(error)
            return
        self._frame.tell(self._words("people.kept"))
        await self._show()
        self._open({})

    async def _act(self, name: str, key: str) -> None:
        if not key.isdigit() or int(key) >= len(self._people):
            return
        data = plain(self._people[int(key)])
        if name == "edit":
            self._open(data)
        elif name == "remove":
            await self._remove(whole_name(data))

    async def _remove(self, whole: str) -> None:
        try:
            await self._visit.keep(lambda: self._store.remove(whole))
        except TongliError as error:
            self._frame.fail(error)
            return
        self._frame.tell(self._words("people.removed"))
        await self._show()
        ui.run_javascript("studio.focus('#main')")

    async def _export(self) -> None:
        try:
            data = await self._visit.keep(lambda: exported(self._store))
        except TongliError as error:
            self._frame.fail(error)
            return
        ui.download.content(data.encode(), "people.json", "application/json")


def whole_name(data: Mapping[str, Any]) -> str:
    """The name that somebody is kept under."""
    return str(data.get("name") or " ".join(filter(None, (data.get("given"), data.get("family")))))


def merged(before: Mapping[str, Any], given: Mapping[str, str]) -> dict[str, Any]:
    """What somebody declared with a form's values in their place; what no field shows stays as it was.

    Args:
        before: as :func:`tongli.applications.people.plain` tells it; empty for somebody new.
        given: the form's values; an empty one takes its declaration back, but for forms by language, of which
            only the language that was filled in changes.

    Raises:
        TongliError: as :func:`tongli.applications.people.person_from`.
    """
    filled = {key: value for key, value in given.items() if value}
    fresh = plain(person_from(filled))
    kept = {key: value for key, value in before.items() if key not in _FIELDS or isinstance(value, Mapping)}
    for key, value in fresh.items():
        old = kept.get(key)
        kept[key] = {**old, **value} if isinstance(old, Mapping) and isinstance(value, Mapping) else value
    return kept
