"""The bar of the page Write: other drafts, back and forth in the history, files, and asking for a review."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from nicegui import ui

from tongli.applications.documents.new import new_docx
from tongli.applications.studio import Summary
from tongli.core import TongliError
from tongli.encoders.language import identify
from tongli.serving.studio.components.controls import button, tag
from tongli.serving.studio.pages.manuscript import Manuscript


class Bar:
    """Buttons for the whole draft.

    Args:
        manuscript: the draft.
        listed: the drafts of this visitor.
    """

    def __init__(self, manuscript: Manuscript, listed: Sequence[Summary]) -> None:
        self._manuscript, self._words = manuscript, manuscript.visit.words
        words = self._words
        with tag("div", classes="row"):
            self._documents(listed)
            button(words("write.undo"), lambda: manuscript.step(back=True))
            button(words("write.redo"), lambda: manuscript.step(back=False))
            button(words("write.review"), self._to_review)
            for ending in ("txt", "md", "docx"):
                button(words("write.save_as", ending=f".{ending}"), partial(self._export, ending))

    def _documents(self, listed: Sequence[Summary]) -> None:
        words, here = self._words, self._manuscript.draft.document
        tag("a", words("write.new"), classes="button", href="?doc=new")
        if listed:
            with tag("label", classes="field"):
                tag("span", words("write.drafts"))
                with tag("select").on(
                    "change", js_handler="(e) => e.target.value && studio.open('?doc=' + e.target.value)"
                ):
                    tag("option", "–", value="")
                    for each in listed:
                        chosen = {"selected": "selected"} if here is not None and each.id == here.id else {}
                        tag("option", each.title or each.id[:8], value=each.id, **chosen)

    async def _to_review(self) -> None:
        here, visit = self._manuscript, self._manuscript.visit
        text, document = here.text, here.draft.document
        try:
            await visit.keep(
                lambda: visit.studio.store.review.submit(
                    by=visit.actor,
                    draft=text,
                    lang=identify(text).tag,
                    document=document.id if document is not None else None,
                )
            )
        except TongliError as error:
            here.frame.fail(error)
            return
        here.frame.tell(self._words("write.sent"))

    def _export(self, ending: str) -> None:
        text = self._manuscript.text
        data = (
            new_docx(text, lang=identify(text).tag) if ending == "docx" else text.encode("utf-8", "replace")
        )
        ui.download.content(data, f"draft.{ending}")
