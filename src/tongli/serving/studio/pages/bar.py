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
from tongli.serving.studio.components.documents import documents
from tongli.serving.studio.components.editor import MOST
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
            documents(listed, manuscript.draft.document, new=words("write.new"), label=words("write.drafts"))
            button(words("write.undo"), lambda: manuscript.step(back=True))
            button(words("write.redo"), lambda: manuscript.step(back=False))
            button(words("write.review"), self._to_review)
            with tag("div", classes="joined", role="group", aria_label=words("write.save_in")):
                tag("span", words("write.save_in"), aria_hidden="true")
                for ending in ("txt", "md", "docx"):
                    told = words("write.save_as", ending=f".{ending}")
                    button(f".{ending}", partial(self._export, ending), aria_label=told)

    async def _to_review(self) -> None:
        here, visit = self._manuscript, self._manuscript.visit
        document = here.draft.document
        here.frame.clear()
        try:
            text = here.editor.required(max_chars=MOST)
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
