"""The visitor's other documents of a page, and a new one."""

from __future__ import annotations

from collections.abc import Sequence

from tongli.applications.studio import Document, Summary
from tongli.serving.studio.components.controls import tag


def documents(listed: Sequence[Summary], here: Document | None, *, new: str, label: str) -> None:
    """A link to a new document and, where there are others, a choice that opens one.

    Args:
        listed: the others, in order.
        here: the one that is open.
        new: what the link says.
        label: of the choice.
    """
    tag("a", new, classes="button", href="?doc=new")
    if listed:
        with tag("label", classes="field"):
            tag("span", label)
            with tag("select").on(
                "change", js_handler="(e) => e.target.value && studio.open('?doc=' + e.target.value)"
            ):
                tag("option", "–", value="")
                for each in listed:
                    chosen = {"selected": "selected"} if here is not None and each.id == here.id else {}
                    tag("option", each.title or each.id[:8], value=each.id, **chosen)
