"""The part of the page Write that answers a message, by a plan that the writer can change."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any, NamedTuple, get_args

from tongli.applications.respond import answered
from tongli.applications.studio import require
from tongli.applications.studio.needs_person import queue_response
from tongli.applications.write.styles import StyleStore
from tongli.core import Address, Message, Person, Plan, Register, Response, TongliError
from tongli.generation.channels import channels
from tongli.generation.house_style import HouseStyle, style_of
from tongli.generation.plan_data import SELF_DISCLOSE, edited, plan_data
from tongli.generation.realiser.shape import ACTS
from tongli.knowledge.needs import STRATEGIES
from tongli.knowledge.schemes import EKMAN6
from tongli.serving.studio.components.answer import answer, verdicts
from tongli.serving.studio.components.controls import acting, button, choice, line, tag
from tongli.serving.studio.components.data_form import DataForm
from tongli.serving.studio.components.editor import Editor
from tongli.serving.studio.layout import Frame
from tongli.serving.studio.offers import languages, people_names
from tongli.serving.studio.visit import Visit

_CLEARED: Mapping[str, Any] = MappingProxyType(
    {"salutation": "", "acts": [], "keep": [], "notices": [], "signoff": "", "channel": ""}
)
"""What a plan has where its field was emptied."""


class _Asked(NamedTuple):
    """What a plan is made from; another one begins a new plan."""

    text: str
    author: str
    lang: str
    style: str


class Answers:
    """A field for the message, the plan of the answer, and drafts with what the checks found.

    Args:
        visit: whose page it is.
        frame: of the page.
        use: called with the draft that the writer takes.
    """

    def __init__(self, visit: Visit, frame: Frame, *, use: Callable[[str], Awaitable[None]]) -> None:
        self._visit, self._frame, self._words, self._use = visit, frame, visit.words, use
        self._styles = StyleStore.from_env()
        self._chosen = {"author": "", "lang": "", "style": ""}
        self._asked: _Asked | None = None
        self._made: Plan | None = None
        self._data: dict[str, Any] = {}
        self._response: Response | None = None
        self._name = ""
        with tag("details", classes="card"):
            tag("summary", self._words("answer.title"))
            with tag("div", classes="stack"):
                tag("p", self._words("answer.lead"), classes="quiet")
                self._message = Editor(
                    self._words("answer.message"),
                    words=self._words,
                    keep="answer",
                    most=visit.studio.settings.max_chars,
                    on_submit=self._draft,
                )
                self._choices()
                self._plan = tag("section", classes="stack", aria_label=self._words("answer.plan"))
                self._cards = acting("", self._act, classes="result")

    def _choices(self) -> None:
        words = self._words
        offered = {
            "author": {"": words("read.undeclared"), **people_names(self._visit)},
            "lang": {"": words("answer.same"), **languages(words)},
            "style": {"": "–", **{name: name for name in self._styles.names()}},
        }
        with tag("div", classes="row"):
            for name, options in offered.items():
                choice(words(f"answer.{name}"), options, on_change=self._chooser(name))
            button(words("answer.draft"), self._draft)

    def _chooser(self, name: str) -> Callable[[str], None]:
        return lambda value: self._chosen.__setitem__(name, value)

    async def _draft(self) -> None:
        """Plan and answer; what was changed in the plan holds as long as the message is the same."""
        self._frame.clear()
        self._frame.tell(self._words("answer.drafting"))
        try:
            text = self._message.required(max_chars=self._visit.studio.settings.max_chars)
            asked = _Asked(text=text, **self._chosen)
            changes = self._changes() if asked == self._asked else {}
            found = await self._visit.now(lambda: self._answered(asked, changes))
        except TongliError as error:
            self._frame.fail(error)
            return
        if asked != self._asked:
            self._asked, self._made = asked, found.plan
            self._data = plan_data(found.plan)
            self._show_plan()
        self._response = found
        self._cards.content = answer(found, self._words)
        self._frame.tell(self._words("answer.person" if found.needs_person else "answer.drafted"))

    def _answered(self, asked: _Asked, changes: Mapping[str, Any]) -> Response:
        """The answer; what it must avoid is added to what the plan avoids already, which may be private."""
        visit, own = self._visit, dict(changes)
        style = self._styles.get(asked.style) if asked.style else HouseStyle()
        style = replace(style, avoid=(*style.avoid, *own.pop("avoid", ())))
        author = visit.people.get(asked.author) if asked.author else Person()
        return answered(
            Message(asked.text, author=author),
            tongli=visit.studio.tongli,
            reply_lang=asked.lang or None,
            style=style,
            changes=own,
            evidence=False,
        )

    def _changes(self) -> dict[str, Any]:
        return {**_CLEARED, **self._data}

    def _show_plan(self) -> None:
        words = self._words
        self._plan.clear()
        with self._plan:
            tag("h3", words("answer.plan"))
            form = DataForm(self._data, words, group="plan")
            form.some_of("acts", ACTS, names="act", ordered=True)
            with tag("div", classes="row"):
                form.one_of("strategy", (*STRATEGIES, SELF_DISCLOSE), names="strategy", none=False)
                form.one_of("feeling", (*EKMAN6, "none"), names="emotion", none=False)
                form.line("intensity", made=float)
                form.one_of("register", get_args(Register), none=False)
                form.one_of("address", get_args(Address), none=False)
                form.one_of("channel", channels())
                form.line("max_chars", made=int)
            with tag("div", classes="fields"):
                form.line("salutation")
                form.line("signoff")
            form.lines("keep", "notices", "avoid")
            with tag("div", classes="row"):
                button(words("answer.again"), self._draft)
                if self._visit.actor.may("review"):
                    line(words("styles.name"), on_change=lambda value: setattr(self, "_name", value.strip()))
                    button(words("answer.keep_style"), self._keep_style)

    async def _keep_style(self) -> None:
        """Keep what was changed in the plan as a house style."""

        def save() -> None:
            require(self._visit.actor, "review")
            assert self._made is not None  # noqa: S101 - the button comes with the plan
            own = {key: value for key, value in self._changes().items() if key != "avoid"}
            style = style_of(edited(self._made, own), made=self._made)
            avoid = (*style.avoid, *self._data.get("avoid", ()))
            self._styles.save(self._name, replace(style, avoid=avoid))

        self._frame.clear()
        try:
            await self._visit.keep(save)
        except TongliError as error:
            self._frame.fail(error)
            return
        self._frame.tell(self._words("styles.saved"))

    async def _act(self, name: str, key: str) -> None:
        found = self._response
        if found is None:
            return
        if name == "use" and key.isdigit() and int(key) < len(verdicts(found)):
            await self._use(verdicts(found)[int(key)].draft.text)
        elif name == "review":
            await self._to_review(found)

    async def _to_review(self, found: Response) -> None:
        review, visit = self._visit.studio.store.review, self._visit
        self._frame.clear()
        try:
            await visit.keep(lambda: queue_response(review, found, by=visit.actor, anyway=True))
        except TongliError as error:
            self._frame.fail(error)
            return
        self._frame.tell(self._words("write.sent"))
