"""A whole reading, as a page shows it and as it is exported."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from markupsafe import Markup

from tongli.core import Claim, Moment, Reading
from tongli.knowledge.claim import Claim as Known
from tongli.serving.studio.components.channels import channels
from tongli.serving.studio.components.claims import abstentions, claims, notes, practices
from tongli.serving.studio.components.controls import joined
from tongli.serving.studio.components.emotion_bars import Thresholds, emotion_bars
from tongli.serving.studio.components.highlight import highlighted, listed, named
from tongli.serving.studio.components.timeline import timeline
from tongli.serving.studio.words import Words


def reading_view(
    reading: Reading,
    words: Words,
    *,
    thresholds: Thresholds,
    known: Mapping[str, Known],
    arc: Sequence[Moment] = (),
) -> Markup:
    """Everything that was read, the text with its evidence first.

    Args:
        reading: with or without evidence.
        words: the interface's language.
        thresholds: of the heads.
        known: claims of the knowledge base that the reading points to.
        arc: how feelings move through the paragraphs.
    """
    text = Markup("") if not reading.message.text else _text(reading, words)
    return joined(
        [
            notes(reading, words),
            text,
            _card(words("read.channels"), channels(reading.channels, words)),
            _card(words("read.arc"), timeline(arc, words)),
            _card(words("read.bars"), emotion_bars(reading, words, thresholds=thresholds)),
            _card(words("read.claims"), claims(reading, words, known=known)),
            _card(words("read.respect"), practices(reading, words)),
            _card(words("read.abstained"), abstentions(reading, words)),
        ]
    )


def summary(reading: Reading, words: Words) -> str:
    """The strongest feelings in one line, for screen readers and for comparisons."""
    strongest = list(reading.decided("emotion", scheme="ekman6"))[:3]
    told = ", ".join(f"{named(claim, words)} {claim.score:.2f}" for claim in strongest)
    return told or words("read.nothing_decided")


def _text(reading: Reading, words: Words) -> Markup:
    language = reading.language
    told = words("read.language_declared" if language.declared else "read.language_found", tag=language.tag)
    buttons = joined(list(_only(reading, words)))
    return _card(
        words("read.text"),
        Markup(
            '<p class="quiet">{}</p><div class="row">{}</div>{}<details><summary>{}</summary>{}</details>'
        ).format(told, buttons, highlighted(reading, words), words("read.as_list"), listed(reading, words)),
    )


def _only(reading: Reading, words: Words) -> Iterable[Markup]:
    """Buttons that show the words behind one feeling alone."""
    found: dict[str, Claim] = {}
    for claim in reading.decided("emotion", scheme="ekman6"):
        if claim.label is not None and any(item.weight > 0 for item in claim.evidence):
            found.setdefault(claim.label, claim)
    for label, claim in found.items():
        yield Markup(
            '<button type="button" class="button" data-only="{}" aria-pressed="false">{}</button>'
        ).format(label, words("read.only", label=named(claim, words)))


def _card(title: str, content: Markup) -> Markup:
    if not content:
        return content
    return Markup('<section class="card"><h2>{}</h2>{}</section>').format(title, content)
