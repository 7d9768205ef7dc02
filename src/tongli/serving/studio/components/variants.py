"""Variants side by side, the one that people are likeliest to take up first."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from tongli.applications.write.rank import Ranked, Ranking
from tongli.serving.studio.components.controls import joined
from tongli.serving.studio.components.emotion_bars import bar
from tongli.serving.studio.words import Words


def variants(ranking: Ranking, texts: Sequence[str], words: Words) -> Markup:
    """A card each; the button ``use`` has the variant's place among ``texts`` as its key."""
    doubt = Markup("")
    if ranking.abstained:
        doubt = Markup('<p class="note">{} <span lang="en">{}</span></p>').format(
            words("write.unsure"), ranking.reason or ""
        )
    cards = [_card(place, item, texts[item.index], words) for place, item in enumerate(ranking.ranked, 1)]
    return Markup('{}<div class="cards">{}</div>').format(doubt, joined(cards))


def _card(place: int, item: Ranked, text: str, words: Words) -> Markup:
    reasons = [
        Markup('<li><q dir="auto">{}</q> <span class="number">{:+.2f}</span></li>').format(
            text[slice(*found.span)].strip(), found.weight
        )
        for found in item.evidence
    ]
    feeling = words.name("emotion", item.feeling) if item.feeling else words("read.not_sure")
    return Markup(
        '<section class="card"><h3>{}</h3><p dir="auto">{}</p>{}<p>{}</p><p class="quiet">{}</p>'
        '<ul class="plain-list">{}</ul>'
        '<p><button type="button" class="button" data-act="use" data-key="{}">{}</button></p></section>'
    ).format(
        words("write.place", place=place),
        text,
        bar(item.wins),
        words("write.wins", share=f"{item.wins:.0%}"),
        words("write.feels", feeling=feeling),
        joined(reasons),
        item.index,
        words("write.use"),
    )
