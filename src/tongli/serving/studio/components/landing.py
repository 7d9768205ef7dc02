"""How a draft lands with an audience: what it reads like there, and what would be changed for it."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from tongli.core import Reading
from tongli.generation.adapt import Adaptation
from tongli.serving.studio.components.controls import joined
from tongli.serving.studio.components.difference import difference
from tongli.serving.studio.components.emotion_bars import bar
from tongli.serving.studio.components.reading import summary
from tongli.serving.studio.words import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Landing:
    """One audience.

    Attributes:
        tag: of the audience.
        name: as the visitor calls it.
        before: the draft.
        adapted: the draft, made to land there.
        reading: of the adapted text.
        open: how many remarks stand for this audience.
    """

    tag: str
    name: str
    before: str
    adapted: Adaptation
    reading: Reading
    open: int


def landing(item: Landing, words: Words) -> Markup:
    """A card; its button ``take`` has the audience as its key."""
    adapted = item.adapted
    take = Markup("")
    if adapted.edits:
        take = Markup(
            '<p><button type="button" class="button" data-act="take" data-key="{}">{}</button></p>'
        ).format(item.tag, words("write.take", count=len(adapted.edits)))
    questions = [
        Markup('<li lang="en" dir="auto">{}</li>').format(question.text) for question in adapted.questions
    ]
    told = [Markup('<p class="quiet" lang="en" dir="auto">{}</p>').format(note) for note in adapted.notes]
    return Markup(
        '<section class="card"><h3>{}</h3><p>{}</p>{}<p class="quiet">{}</p>{}{}{}{}</section>'
    ).format(
        item.name,
        summary(item.reading, words),
        _tone(item.reading, words),
        words("write.stands", count=item.open),
        difference(item.before, adapted.text, words),
        take,
        Markup('<ul class="plain-list">{}</ul>').format(joined(questions)) if questions else "",
        joined(told),
    )


def _tone(reading: Reading, words: Words) -> Markup:
    rows = [
        Markup('<tr><th scope="row">{}</th><td>{}</td><td class="number">{:.2f}</td></tr>').format(
            words.name("dimension", name), bar(value), value
        )
        for name in ("politeness", "formality")
        if isinstance(value := reading.scores.get(name), float)
    ]
    return (
        Markup('<table class="bars"><tbody>{}</tbody></table>').format(joined(rows)) if rows else Markup("")
    )
