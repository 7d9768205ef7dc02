"""How feelings move through the paragraphs of a text."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from tongli.core.channel import Moment
from tongli.serving.studio.components.controls import joined
from tongli.serving.studio.components.table import table
from tongli.serving.studio.words import Words

_WIDTH, _HEIGHT = 600.0, 120.0
_SHOWN = 6


def timeline(moments: Sequence[Moment], words: Words) -> Markup:
    """A line for each label that is strong anywhere, and the same as a table.

    Args:
        moments: one a paragraph, in order; at least two make a line.
        words: the interface's language.
    """
    if len(moments) < 2:
        return Markup("")
    peaks = {label: max(moment.scores.get(label, 0.0) for moment in moments) for label in moments[0].scores}
    labels = sorted(peaks, key=lambda label: -peaks[label])[:_SHOWN]
    lines = joined([_line(label, moments) for label in labels])
    legend = joined(
        [Markup('<li class="m-{}">{}</li>').format(label, words.name("emotion", label)) for label in labels]
    )
    return Markup(
        '<figure class="timeline"><figcaption>{}</figcaption>'
        '<svg viewBox="0 0 {} {}" preserveAspectRatio="none" aria-hidden="true">{}</svg>'
        '<ul class="legend" aria-hidden="true">{}</ul>'
        "<details><summary>{}</summary>{}</details></figure>"
    ).format(
        words("read.arc_lead"),
        _WIDTH,
        _HEIGHT,
        lines,
        legend,
        words("read.as_table"),
        _table(moments, labels, words),
    )


def _line(label: str, moments: Sequence[Moment]) -> Markup:
    first, last = _middle(moments[0]), _middle(moments[-1])
    span = (last - first) or 1.0
    points = " ".join(
        f"{(_middle(moment) - first) / span * _WIDTH:.1f},{(1 - moment.scores.get(label, 0.0)) * _HEIGHT:.1f}"
        for moment in moments
    )
    return Markup('<polyline class="m-{}" points="{}"/>').format(label, points)


def _table(moments: Sequence[Moment], labels: Sequence[str], words: Words) -> Markup:
    heads = ["¶", *(words.name("emotion", label) for label in labels)]
    rows = [
        [f"{moment.times[1]:.0f}", *(f"{moment.scores.get(label, 0.0):.2f}" for label in labels)]
        for moment in moments
    ]
    return table(heads, rows, name=words("read.as_table"))


def _middle(moment: Moment) -> float:
    return sum(moment.times) / 2
