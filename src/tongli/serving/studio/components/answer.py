"""A reply with what the checks found in it, and the drafts that were not taken."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from tongli.core import Check, Response, Verdict
from tongli.serving.studio.components.controls import joined
from tongli.serving.studio.words import Words

_MARKS = {True: "✓", False: "✗", None: "–"}


def verdicts(response: Response) -> tuple[Verdict, ...]:
    """All drafts of a response with their checks, the chosen one first."""
    chosen = () if response.verdict is None else (response.verdict,)
    return (*chosen, *response.alternatives)


def answer(response: Response, words: Words) -> Markup:
    """Cards; the button ``use`` has a draft's place in :func:`verdicts` as its key, ``review`` has none."""
    notes = [Markup('<p class="note" lang="en" dir="auto">{}</p>').format(note) for note in response.notes]
    asked = Markup("")
    if response.needs_person:
        asked = Markup('<p class="note"><b>{}</b></p>').format(words("answer.person"))
    cards = [_card(place, item, words) for place, item in enumerate(verdicts(response))]
    return Markup(
        '{}{}<div class="cards">{}</div>'
        '<p><button type="button" class="button" data-act="review">{}</button></p>'
    ).format(asked, joined(notes), joined(cards), words("answer.review"))


def _card(place: int, item: Verdict, words: Words) -> Markup:
    told = words("answer.passed" if item.passed else "answer.failed")
    return Markup(
        '<section class="card"><h3>{}</h3><p dir="auto" class="draft">{}</p><p class="quiet">{}</p>{}'
        '<p><button type="button" class="button" data-act="use" data-key="{}">{}</button></p></section>'
    ).format(
        told,
        item.draft.text,
        item.draft.provenance.engine,
        _checks(item.checks, words),
        place,
        words("write.use"),
    )


def _checks(checks: Sequence[Check], words: Words) -> Markup:
    rows = [
        Markup('<li lang="en" dir="auto">{} <b>{}</b>: {}</li>').format(
            _MARKS[check.passed], check.name, check.detail
        )
        for check in checks
    ]
    return Markup('<details><summary>{}</summary><ul class="plain-list">{}</ul></details>').format(
        words("answer.checks"), joined(rows)
    )
