"""Remarks on a draft, each to accept or to reject, and what was decided, each to undo."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from markupsafe import Markup

from tongli.applications.remarks import Remark
from tongli.core import Edit
from tongli.empathy.gender.names import KIND as FORMER_NAME
from tongli.serving.studio.components.controls import joined
from tongli.serving.studio.ledger import Taken
from tongli.serving.studio.words import Words


def suggestions(found: Sequence[Remark], words: Words, *, places: Mapping[str, str]) -> Markup:
    """Open remarks; the buttons are ``accept``, ``reject``, ``show``, with a remark's place as their key.

    Args:
        found: remarks.
        words: the interface's language.
        places: audience → its name.
    """
    if not found:
        return Markup('<p class="quiet">{}</p>').format(words("write.nothing_open"))
    items = [_open(number, item, words, places) for number, item in enumerate(found)]
    return Markup('<ul class="suggestions">{}</ul>').format(joined(items))


def decided(taken: Sequence[Taken], rejected: Sequence[str], words: Words) -> Markup:
    """What was accepted and rejected; the buttons are ``undo`` and ``restore``."""
    items = [
        Markup(
            '<li><span>{}: <del dir="auto">{}</del> <ins dir="auto">{}</ins></span>'
            '<button type="button" class="button" data-act="undo" data-key="{}">{}</button></li>'
        ).format(words("write.accepted"), _stood(item.edit), item.edit.after, number, words("write.undo_one"))
        for number, item in enumerate(taken)
    ]
    items += [
        Markup(
            '<li><span>{}: <q dir="auto">{}</q></span>'
            '<button type="button" class="button" data-act="restore" data-key="{}">{}</button></li>'
        ).format(words("write.rejected"), told, number, words("write.restore"))
        for number, told in enumerate(rejected)
    ]
    return Markup('<ul class="suggestions">{}</ul>').format(joined(items)) if items else Markup("")


def _stood(edit: Edit) -> str:
    """What stood there; a former name is not repeated."""
    return "…" if edit.kind == FORMER_NAME else edit.before


def _open(number: int, item: Remark, words: Words, places: Mapping[str, str]) -> Markup:
    audience = places.get(item.audience or "", words("write.everyone"))
    proposed = Markup("")
    if item.edit is not None:
        proposed = Markup('<p><del dir="auto">{}</del> → <ins dir="auto">{}</ins></p>').format(
            item.words, item.edit.after
        )
    return Markup(
        '<li><p><span class="chip m-{}">{}</span> <q dir="auto">{}</q> <span class="quiet">{}</span></p>'
        '<p lang="en" dir="auto">{}</p>{}{}<p class="row">{}</p></li>'
    ).format(
        item.weight,
        words.name("kind", item.kind),
        item.words or "…",
        audience,
        item.reason,
        proposed,
        _more(item, words),
        _buttons(number, item, words),
    )


def _more(item: Remark, words: Words) -> Markup:
    """Advice, sources and counter-examples, folded."""
    told = [
        ("why.advice", item.advice),
        ("why.sources", "; ".join(item.sources)),
        ("why.counter", " ".join(item.counter)),
    ]
    rows = [
        Markup('<dt>{}</dt><dd lang="en" dir="auto">{}</dd>').format(words(key), value)
        for key, value in told
        if value
    ]
    rows.append(Markup("<dt>{}</dt><dd><code>{}</code></dd>").format(words("why.source"), item.source))
    return Markup('<details><summary>{}</summary><dl class="facts">{}</dl></details>').format(
        words("why.open"), joined(rows)
    )


def _buttons(number: int, item: Remark, words: Words) -> Markup:
    acts = [*(["accept"] if item.edit is not None else []), "reject", "show"]
    return joined(
        [
            Markup(
                '<button type="button" class="button" data-act="{}" data-key="{}" aria-label="{}">{}</button>'
            ).format(act, number, f"{words(f'write.{act}')}: {item.words}", words(f"write.{act}"))
            for act in acts
        ]
    )
