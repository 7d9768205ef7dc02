"""A translation beside its text: what must be asked, which checks failed, and other wordings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from markupsafe import Markup

from tongli.generation.translate import Translation
from tongli.serving.studio.components.controls import joined
from tongli.serving.studio.words import Words


def others(made: Translation) -> list[tuple[str, Mapping[str, str]]]:
    """Texts to choose from, each with the forms that it takes; the translation's own first."""
    found: dict[str, Mapping[str, str]] = {made.text: {}}
    found |= {item.text: item.forms for item in made.alternatives}
    for item in made.candidates:
        found.setdefault(item.draft.text, {})
    return list(found.items())


def drafts(made: Translation, words: Words) -> Markup:
    """Cards; the button ``use`` has a text's place in :func:`others` as its key."""
    questions = [Markup('<li lang="en" dir="auto">{}</li>').format(item.text) for item in made.questions]
    failed = [
        Markup('<li lang="en" dir="auto"><b>{}</b>: {}</li>').format(check.name, check.detail)
        for check in (made.verdict.checks if made.verdict is not None else ())
        if check.passed is False
    ]
    told = [Markup('<li lang="en" dir="auto">{}</li>').format(note) for note in made.notes]
    return joined(
        [
            _list(words("translate.questions"), questions),
            _list(words("translate.failed"), [*failed, *told]),
            _list(words("translate.alternatives"), _choices(made, words)),
        ]
    )


def _choices(made: Translation, words: Words) -> list[Markup]:
    found = others(made)
    if len(found) < 2:
        return []
    return [
        Markup(
            '<li><p dir="auto">{}</p><p class="quiet">{}</p>'
            '<p><button type="button" class="button" data-act="use" data-key="{}">{}</button></p></li>'
        ).format(
            text, ", ".join(words.name("label", form) for form in forms.values()), place, words("write.use")
        )
        for place, (text, forms) in enumerate(found)
    ]


def _list(title: str, items: Sequence[Markup]) -> Markup:
    if not items:
        return Markup("")
    return Markup('<section class="card"><h2>{}</h2><ul class="suggestions">{}</ul></section>').format(
        title, joined(items)
    )
