"""Setting chosen wordings as a reply, and making it fit."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from tongli.generation.realiser.outline import Slot
from tongli.generation.realiser.phrasebook import Phrasebook
from tongli.generation.realiser.wording import capitalise, fill

DROP_ORDER = (
    "signoff",
    "thank",
    "ask",
    "acknowledge",
    "close",
    "greeting",
    "celebrate",
    "next_step",
    "take_responsibility",
    "name_feeling",
    "comfort",
    "welcome",
    "condole",
)
"""What a reply loses first when it is too long. The sentence with the kept strings is never dropped."""

_APART = ("greeting", "notices", "signoff")
"""Roles that stand in a paragraph of their own."""

Part = tuple[str, str]
"""Role and chosen wording, slots still open."""


def compose(
    slots: Sequence[Slot],
    picks: Sequence[int],
    *,
    values: Mapping[str, str],
    book: Phrasebook,
    fits: Callable[[str], bool],
) -> str | None:
    """The reply with the picked wordings, shortened until it fits by :data:`DROP_ORDER`.

    Returns:
        ``None`` when no single sentence (the one with the kept strings, if there are any) fits.
    """
    parts = [(slot.role, slot.options[pick]) for slot, pick in zip(slots, picks, strict=True)]
    for role in ("", *DROP_ORDER):
        parts = [part for part in parts if part[0] != role] or parts
        text = _set(parts, values=values, book=book)
        if fits(text):
            return text
    notices = [part for part in parts if part[0] == "notices"]
    alone = (_set([part, *notices], values=values, book=book) for part in _last_resorts(slots))
    return next((text for text in alone if fits(text)), None)


def _last_resorts(slots: Sequence[Slot]) -> Iterator[Part]:
    """Single sentences, what matters most first, shorter wordings before longer ones."""
    by_role = {slot.role: slot for slot in slots}
    roles = ["reference"] if "reference" in by_role else [*reversed(DROP_ORDER)]
    for role in roles:
        if role in by_role and role not in _APART:
            yield from ((role, text) for text in sorted(by_role[role].options, key=len))


def _set(parts: Sequence[Part], *, values: Mapping[str, str], book: Phrasebook) -> str:
    apart = {role: text for role, text in parts if role in _APART}
    greeting, signoff = apart.get("greeting", ""), apart.get("signoff", "")
    body = [text for role, text in parts if role not in _APART]
    first = 1 if book.lower_after_comma and greeting.endswith(",") else 0
    sentences = [text if place < first else capitalise(text) for place, text in enumerate(body)]
    notices = apart.get("notices", "")
    paragraphs = (capitalise(greeting), book.gap.join(sentences), notices, capitalise(signoff))
    return fill("\n\n".join(part for part in paragraphs if part), values)
