"""Drafts in the review queue, and the trail of what was decided."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from tongli.applications.studio import ReviewItem
from tongli.safety.audit import Event
from tongli.serving.studio.components.controls import filled, joined
from tongli.serving.studio.components.table import table
from tongli.serving.studio.words import Words

_CUT = 160
_TRAIL = ("when", "what", "who", "which")


def queue(
    items: Sequence[ReviewItem],
    words: Words,
    *,
    empty: str,
    act: str = "",
    whole: bool = False,
    more: int = 0,
) -> Markup:
    """A list of drafts.

    Args:
        items: in order.
        words: the interface's language.
        empty: key of what to say where there are none.
        act: of each item's button; no button without one.
        whole: show all that is known, and not only how the draft begins.
        more: how many wait that are not listed.
    """
    if not items:
        return Markup('<p class="quiet">{}</p>').format(words(empty))
    listed = [_item(place, item, words, act=act, whole=whole) for place, item in enumerate(items)]
    told = filled('<p class="quiet">{}</p>', words("review.more", count=more)) if more else ""
    return Markup('<ul class="suggestions">{}</ul>{}').format(joined(listed), told)


def trail(events: Sequence[Event], words: Words) -> Markup:
    """The last events, newest first: who did what, when. No text is in it."""
    rows = [(f"{each.time:%Y-%m-%d %H:%M:%S}", each.kind, each.who, each.subject[:8]) for each in events]
    return table([words(f"review.{name}") for name in _TRAIL], rows, name=words("review.trail"))


def _item(place: int, item: ReviewItem, words: Words, *, act: str, whole: bool) -> Markup:
    urgent = filled('<b class="chip urgent">{}</b> ', words("review.urgent")) if item.urgent else ""
    parts = [
        Markup(
            '<p>{}<span class="chip">{}</span> <span class="quiet">{} · {:%Y-%m-%d %H:%M} · {}</span></p>'
        ).format(urgent, words.name("status", item.status), item.engine or "–", item.created, item.lang)
    ]
    if whole and item.source:
        parts.append(
            Markup('<p>{}</p><blockquote dir="auto">{}</blockquote>').format(
                words("review.answers"), item.source
            )
        )
    if not whole and item.source and item.status == "open":
        parts.append(Markup('<blockquote dir="auto">{}</blockquote>').format(_cut(item.source)))
    if not whole:
        shown = item.final if item.final is not None else item.draft
        parts.append(Markup('<p dir="auto">{}</p>').format(_cut(shown)))
    parts += [Markup('<p class="note" lang="en" dir="auto">{}</p>').format(note) for note in item.notes]
    if item.reason:
        parts.append(
            Markup('<p>{}: <span dir="auto">{}</span></p>').format(words("review.because"), item.reason)
        )
    if act:
        parts.append(
            Markup(
                '<p><button type="button" class="button" data-act="{}" data-key="{}">{}</button></p>'
            ).format(act, place, words("review.open"))
        )
    return Markup("<li>{}</li>").format(joined(parts))


def _cut(text: str) -> str:
    return text if len(text) <= _CUT else f"{text[: _CUT - 1]}…"
