"""Other wordings to choose from."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from tongli.serving.studio.components.controls import joined
from tongli.serving.studio.words import Words


def drafts(texts: Sequence[str], words: Words) -> Markup:
    """A list; the button ``use`` has a text's place as its key. Nothing where there is no choice."""
    if len(texts) < 2:
        return Markup("")
    items = [
        Markup(
            '<li><p dir="auto">{}</p><p><button type="button" class="button" data-act="use" data-key="{}">'
            "{}</button></p></li>"
        ).format(text, place, words("write.use"))
        for place, text in enumerate(texts)
    ]
    return Markup('<section class="card"><h2>{}</h2><ul class="suggestions">{}</ul></section>').format(
        words("translate.alternatives"), joined(items)
    )
