"""Write: a draft with what its readers may stumble over, how it lands, its variants and its history."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from functools import partial

from nicegui import ui
from nicegui.element import Element

from tongli.applications.documents.new import new_docx
from tongli.applications.remarks import Remark, remarks
from tongli.applications.studio import Summary
from tongli.core import Edit, Person, TongliError
from tongli.core.edit import apply_edits
from tongli.encoders.language import identify
from tongli.serving.studio.components.controls import acting, button, html, tag, ticks
from tongli.serving.studio.components.difference import difference
from tongli.serving.studio.components.editor import Editor, Mark
from tongli.serving.studio.components.suggestions import decided, suggestions
from tongli.serving.studio.draft import Draft
from tongli.serving.studio.layout import frame
from tongli.serving.studio.ledger import Ledger
from tongli.serving.studio.offers import audiences, people_names
from tongli.serving.studio.pages.landings import Landings, Written
from tongli.serving.studio.pages.variants import Variants
from tongli.serving.studio.visit import Visit

_SAMPLE = "de-DE"
"""Whom the sample is written for."""


async def page(visit: Visit) -> None:
    """Build the page."""
    problem: TongliError | None = None
    try:
        draft = await Draft.open(visit, "write")
    except TongliError as error:
        draft, problem = Draft(visit, "write"), error
    listed = await visit.keep(lambda: visit.studio.store.documents.list(by=visit.actor, kind="write"))
    built = WritePage(visit, draft, listed)
    if problem is not None:
        built.fail(problem)


class WritePage:
    """The page of one visitor."""

    def __init__(self, visit: Visit, draft: Draft, listed: Sequence[Summary]) -> None:
        self._visit, self._studio, self._words = visit, visit.studio, visit.words
        self._draft, self._listed = draft, listed
        self._first = draft.text
        self._ledger = Ledger()
        self._places = audiences(visit.words)
        self._for: list[str] = [tag for tag in draft.fields.get("audiences", []) if tag in self._places]
        self._people: list[str] = list(draft.fields.get("people", []))
        self._rejected: list[tuple[str, str]] = [(a, b) for a, b in draft.fields.get("rejected", [])]
        self._found: tuple[Remark, ...] = ()
        self._saving = asyncio.Lock()
        self._build()

    def _build(self) -> None:
        with frame("write", self._words) as self._frame:
            self._bar()
            with tag("div", classes="panes"):
                with tag("div", classes="stack"):
                    self._writing()
                with tag("section", classes="card", aria_labelledby="remarks-title"):
                    tag("h2", self._words("write.remarks"), id="remarks-title")
                    self._remarks = acting("", self._act, classes="remarks")
                    self._decided = acting("", self._act, classes="decided-remarks")
            self._landings = Landings(
                self._visit,
                self._frame,
                Written(
                    text=lambda: self._editor.text,
                    wanted=lambda: tuple(self._for),
                    remarks=lambda audience: sum(item.audience == audience for item in self._found),
                    take=self._take,
                ),
            )
            Variants(self._visit, self._frame, use=self._replace)
            with tag("details", classes="card"):
                tag("summary", self._words("write.difference"))
                self._difference = html()
        ui.timer(0.1, self._look, once=True)

    def _bar(self) -> None:
        words = self._words
        with tag("div", classes="row"):
            self._documents()
            self._back = button(words("write.undo"), lambda: self._step(back=True))
            self._again = button(words("write.redo"), lambda: self._step(back=False))
            button(words("write.review"), self._to_review)
            for ending in ("txt", "md", "docx"):
                button(words("write.save_as", ending=f".{ending}"), partial(self._export, ending))

    def _documents(self) -> None:
        words, here = self._words, self._draft.document
        tag("a", words("write.new"), classes="button", href="?doc=new")
        if self._listed:
            with tag("label", classes="field"):
                tag("span", words("write.drafts"))
                with tag("select").on(
                    "change", js_handler="(e) => e.target.value && studio.open('?doc=' + e.target.value)"
                ):
                    tag("option", "–", value="")
                    for each in self._listed:
                        chosen = {"selected": "selected"} if here is not None and each.id == here.id else {}
                        tag("option", each.title or each.id[:8], value=each.id, **chosen)

    def _writing(self) -> None:
        words, here = self._words, self._draft.document
        self._editor = Editor(
            words("write.field"),
            keep=f"write:{here.id if here is not None else 'new'}",
            text=self._draft.text,
            hint=words("write.hint"),
            on_edit=self._edited,
            on_submit=self._land,
        )
        ticks(words("write.audiences"), self._places, chosen=self._for, on_change=self._choose_audience)
        people = people_names(self._visit)
        if people:
            ticks(words("write.people"), people, chosen=self._people, on_change=self._choose_person)
        self._empty: Element | None = None
        if not self._draft.text:
            with tag("section", classes="empty") as self._empty:
                tag("h2", words("write.try"))
                tag("p", words("write.try_lead"))
                button(words("write.sample"), self._sample)

    def fail(self, error: TongliError) -> None:
        """Show what went wrong."""
        self._frame.fail(error)

    async def _sample(self) -> None:
        if _SAMPLE not in self._for:
            self._for.append(_SAMPLE)
            ui.run_javascript(f"studio.tick('{_SAMPLE}')")
        await self._replace(self._words("sample.write"))

    async def _edited(self, text: str) -> None:
        self._ledger.follow(self._draft.text, text)
        if self._empty is not None and text:
            self._empty.classes(add="away")
        await self._keep(text)
        await self._look()

    async def _replace(self, text: str) -> None:
        """Put a text of ours into the editor, and keep it."""
        self._editor.put(text)
        await self._edited(text)

    async def _keep(self, text: str) -> None:
        before = self._draft.document
        fields = {"audiences": self._for, "people": self._people, "rejected": self._rejected}
        async with self._saving:
            try:
                kept = await self._draft.save(text, fields)
            except TongliError as error:
                self._frame.fail(error)
                return
        if before is None:
            self._named()
        self._editor.saved(text)
        self._frame.tell(self._words("write.kept" if kept else "write.conflict"))
        if not kept:
            self._editor.put(self._draft.text)
        self._difference.content = difference(self._first, self._draft.text, self._words)

    def _named(self) -> None:
        """Let the address and the browser's copy name the document that was just made."""
        if (here := self._draft.document) is not None:
            self._editor.keep_as(f"write:{here.id}")
            ui.run_javascript(f"history.replaceState(null, '', '?doc={here.id}')")

    async def _step(self, *, back: bool) -> None:
        before = self._draft.text
        try:
            await self._draft.step(back=back)
        except TongliError as error:
            self._frame.fail(error)
            return
        self._ledger.follow(before, self._draft.text)
        self._editor.put(self._draft.text)
        await self._look()

    async def _look(self) -> None:
        """Remarks on what is written now; an answer that comes too late is dropped."""
        text, people = self._editor.text, self._declared()
        if not text.strip():
            self._show(())
            return
        try:
            found = await self._visit.now(lambda: remarks(text, audiences=self._for, people=people))
        except TongliError as error:
            self._frame.fail(error)
            return
        if text == self._editor.text:
            self._show([item for item in found if (item.source, item.words) not in self._rejected])

    def _declared(self) -> tuple[Person, ...]:
        return tuple(self._visit.people.get(name) for name in self._people)

    def _show(self, found: Sequence[Remark]) -> None:
        self._found = tuple(found)
        self._remarks.content = suggestions(self._found, self._words, places=self._places)
        rejected = [told for _, told in self._rejected]
        self._decided.content = decided(self._ledger.taken, rejected, self._words)
        self._editor.underline([Mark(item.span, f"m-{item.weight}") for item in self._found])

    async def _act(self, name: str, key: str) -> None:
        """A button of a suggestion or of a decision."""
        acts = {
            "accept": self._accept,
            "reject": self._reject,
            "undo": self._undo,
            "restore": self._restore,
        }
        try:
            if name == "show":
                self._editor.select(self._found[int(key)].span)
            else:
                await acts[name](int(key))
                ui.run_javascript("studio.focus('.remarks button, .decided-remarks button')")
        except (IndexError, KeyError, ValueError):  # pressed before the list was new
            await self._look()
        except TongliError as error:
            self._frame.fail(error)

    async def _accept(self, place: int) -> None:
        item, text = self._found[place], self._editor.text
        if item.edit is None:
            return
        lang = identify(text).tag
        changed = self._ledger.take(text, item.edit)
        await self._draft.decided(item.edit, "accepted", text=text, lang=lang)
        self._editor.put(changed)
        await self._keep(changed)
        await self._look()

    async def _reject(self, place: int) -> None:
        item, text = self._found[place], self._editor.text
        self._rejected.append((item.source, item.words))
        if item.edit is not None:
            await self._draft.decided(item.edit, "rejected", text=text, lang=identify(text).tag)
        await self._keep(text)
        await self._look()

    async def _undo(self, place: int) -> None:
        changed = self._ledger.undo(self._editor.text, place)
        self._editor.put(changed)
        await self._keep(changed)
        await self._look()

    async def _restore(self, place: int) -> None:
        del self._rejected[place]
        await self._keep(self._editor.text)
        await self._look()

    async def _choose_audience(self, chosen: str) -> None:
        if chosen in self._for:
            self._for.remove(chosen)
        elif chosen in self._places:
            self._for.append(chosen)
        await self._keep(self._editor.text)
        await self._look()

    async def _choose_person(self, chosen: str) -> None:
        (self._people.remove if chosen in self._people else self._people.append)(chosen)
        await self._keep(self._editor.text)
        await self._look()

    async def _land(self) -> None:
        await self._landings.show()

    async def _take(self, edits: Sequence[Edit]) -> None:
        text = self._editor.text
        apply_edits(text, edits)  # all or none
        for edit in reversed(edits):
            text = self._ledger.take(text, edit)
        self._editor.put(text)
        await self._keep(text)
        await self._look()

    async def _to_review(self) -> None:
        text, here = self._editor.text, self._draft.document
        try:
            await self._visit.keep(
                lambda: self._studio.store.review.submit(
                    by=self._visit.actor,
                    draft=text,
                    lang=identify(text).tag,
                    document=here.id if here is not None else None,
                )
            )
        except TongliError as error:
            self._frame.fail(error)
            return
        self._frame.tell(self._words("write.sent"))

    def _export(self, ending: str) -> None:
        text = self._editor.text
        data = (
            new_docx(text, lang=identify(text).tag) if ending == "docx" else text.encode("utf-8", "replace")
        )
        ui.download.content(data, f"draft.{ending}")
