"""What the voice, the face, the scene and the words show, each by itself."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from tongli.core.channel import ChannelReading
from tongli.explain.timeline import timeline
from tongli.serving.studio.components.controls import joined
from tongli.serving.studio.components.emotion_bars import bar
from tongli.serving.studio.words import Words

_SHOWN = 4


def channels(found: Sequence[ChannelReading], words: Words) -> Markup:
    """A card for each channel, with how far it can be trusted, and its time line."""
    cards = [_card(item, words) for item in found]
    return Markup('<div class="cards">{}</div>').format(joined(cards)) if cards else Markup("")


def _card(item: ChannelReading, words: Words) -> Markup:
    name = words.name("channel", item.channel)
    told = words.name("emotion", item.label) if item.label is not None else words("read.not_sure")
    reason = Markup('<p class="quiet" lang="en" dir="auto">{}</p>').format(item.reason or "")
    rows = [
        Markup('<tr><th scope="row">{}</th><td>{}</td><td class="number">{:.2f}</td></tr>').format(
            words.name("emotion", label), bar(item.scores[label], kind=f"m-{label}"), item.scores[label]
        )
        for label in sorted(item.scores, key=lambda each: -item.scores[each])[:_SHOWN]
    ]
    return Markup(
        '<section class="card"><h3>{}</h3><p><b>{}</b> <span class="quiet">{}</span></p>{}'
        '<table class="bars"><tbody>{}</tbody></table>{}</section>'
    ).format(
        name,
        told,
        words("read.reliability", value=f"{item.reliability:.2f}"),
        reason,
        joined(rows),
        Markup(timeline(item, name=f"time-{item.channel}")),  # noqa: S704 - it escapes what it shows
    )
