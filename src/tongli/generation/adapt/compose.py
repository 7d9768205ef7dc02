"""Edits that follow each other, as one set of edits of the first text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from tongli.core import Edit, Span
from tongli.core.edit import apply_edits, in_order, inverse


def compose(text: str, first: Sequence[Edit], second: Sequence[Edit]) -> tuple[Edit, ...]:
    """Edits of ``text`` that do what ``first``, and then ``second`` on its outcome, do.

    What both change becomes one edit, with the reasons of all.
    """
    if not first or not second:
        return tuple(first or second)
    middle = apply_edits(text, first)
    placed = [(back.span, edit, True) for edit, back in zip(in_order(first), inverse(first), strict=True)]
    placed += [(edit.span, edit, False) for edit in second]
    return tuple(_joined(group, text=text, middle=middle, moved=moved) for moved, group in _groups(placed))


_Placed = tuple[Span, Edit, bool]
"""An edit at its place in the text between, and whether it is one of the first."""


def _groups(placed: Sequence[_Placed]) -> list[tuple[int, list[_Placed]]]:
    """Edits that touch, together, with by how much the first text lies ahead before them."""
    groups: list[tuple[int, list[_Placed]]] = []
    end, moved = -1, 0
    for item in sorted(placed, key=lambda item: item[0]):
        if groups and item[0][0] <= end:
            groups[-1][1].append(item)
        else:
            groups.append((moved, [item]))
        end = max(end, item[0][1])
        moved += _shrunk(item)
    return groups


def _shrunk(item: _Placed) -> int:
    """By how much one of the first edits made the text shorter."""
    _, edit, early = item
    return len(edit.before) - len(edit.after) if early else 0


def _joined(group: Sequence[_Placed], *, text: str, middle: str, moved: int) -> Edit:
    start, end = group[0][0][0], max(span[1] for span, _, _ in group)
    low, high = start + moved, end + moved + sum(map(_shrunk, group))
    late = [
        replace(edit, span=(span[0] - start, span[1] - start)) for span, edit, early in group if not early
    ]
    edits = [edit for _, edit, _ in group]
    return replace(
        edits[0],
        span=(low, high),
        before=text[low:high],
        after=apply_edits(middle[start:end], late),
        reason="; then ".join(dict.fromkeys(edit.reason for edit in edits)),
        source="; ".join(dict.fromkeys(edit.source for edit in edits)),
    )
