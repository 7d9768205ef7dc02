"""People & audiences: who declared what about themselves, house styles, and places that are known."""

from __future__ import annotations

from collections.abc import Callable

from nicegui import ui

from tongli.applications.people import exported, person_from, plain
from tongli.applications.people.declared import named
from tongli.core import Person, TongliError
from tongli.knowledge.claim_files import SHIPPED
from tongli.serving.studio.components.controls import acting, button, choice, html, line, tag
from tongli.serving.studio.components.profiles import places, profiles
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


def page(visit: Visit) -> None:
    """Build the page."""
    PeoplePage(visit)


class PeoplePage:
    """The page of one visitor."""

    def __init__(self, visit: Visit) -> None:
        self._visit, self._store, self._words = visit, visit.people, visit.words
        self._given: dict[str, str] = {}
        self._people: tuple[Person, ...] = ()
        with frame("people", self._words) as self._frame:
            with tag("div", classes="panes"):
                with tag("section", classes="card"):
                    tag("h2", self._words("people.declared"))
                    self._list = acting("", self._act)
                    button(self._words("people.export"), self._export)
                with tag("section", classes="card"):
                    self._form()
            Styles(visit, self._frame)
            with tag("section", classes="card"):
                tag("h2", self._words("people.places"))
                tag("p", self._words("people.places_lead"), classes="quiet")
                counts = {tag_: len(SHIPPED.own(tag_)) for tag_ in SHIPPED.audiences}
                html(places(audiences(self._words), counts, self._words))
        ui.timer(0.05, self._show, once=True)

    def _form(self) -> None:
        words = self._words
        tag("h2", words("people.add"))
        tag("p", words("people.add_lead"), classes="quiet")
        for name in _LINES:
            line(
                words(f"people.{name}"),
                hint=words.entries.get(f"people.{name}_hint", ""),
                on_change=self._setter(name),
            )
        choice(words("people.lang"), {"": "–", **languages(words)}, on_change=self._setter("lang"))
        for name, values in _CHOICES.items():
            options = {"": "–", **{value: words.name("label", value) for value in values}}
            choice(words(f"people.{name}"), options, on_change=self._setter(name))
        button(words("people.keep"), self._keep, classes="main")

    def _setter(self, name: str) -> Callable[[str], None]:
        return lambda value: self._given.__setitem__(name, value.strip())

    async def _show(self) -> None:
        try:
            self._people = await self._visit.keep(self._store.all)
        except TongliError as error:
            self._frame.fail(error)
            return
        self._list.content = profiles([plain(person) for person in self._people], self._words)

    async def _keep(self) -> None:
        self._frame.clear()
        try:
            person = named(person_from({key: value for key, value in self._given.items() if value}))
            await self._visit.keep(lambda: self._store.put([person]))
        except TongliError as error:
            self._frame.fail(error)
            return
        self._frame.tell(self._words("people.kept"))
        await self._show()

    async def _act(self, name: str, key: str) -> None:
        if name != "remove" or not key.isdigit() or int(key) >= len(self._people):
            return
        person = self._people[int(key)]
        whole = person.name or " ".join(filter(None, (person.given, person.family)))
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
