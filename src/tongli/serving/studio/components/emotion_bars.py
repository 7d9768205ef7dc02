"""One bar a label, with the threshold it has to reach before it counts."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from markupsafe import Markup

from tongli.core import Reading
from tongli.knowledge.schemes import SCHEMES
from tongli.serving.studio.components.controls import filled, joined
from tongli.serving.studio.words import Words

Thresholds = Callable[[str, str], Mapping[str, float]]
"""Head and language → label → the value from which it is decided."""

_TABLE = '<table class="bars"><caption>{}</caption><tbody>{}</tbody></table>'
_FOLDED = 8
"""Labels shown at once; a scheme with more shows the rest on request."""


def emotion_bars(reading: Reading, words: Words, *, thresholds: Thresholds) -> Markup:
    """A table for every scheme of emotions that was read, and one for everything else with a number."""
    schemes = [name for name in SCHEMES if SCHEMES[name].dimension == "emotion" and name in reading.scores]
    tables = [_table(name, reading, words, thresholds=thresholds) for name in schemes]
    return joined([*tables, _measures(reading, words)])


def bar(share: float, *, kind: str = "", threshold: float | None = None) -> Markup:
    """A share of 0..1; seen only, as the number stands beside it."""
    mark = Markup("") if threshold is None else filled('<i style="--at:{:.3f}"></i>', threshold)
    return filled(
        '<span class="bar {}" aria-hidden="true"><b style="--at:{:.3f}"></b>{}</span>',
        kind,
        max(0.0, min(1.0, share)),
        mark,
    )


def _table(scheme: str, reading: Reading, words: Words, *, thresholds: Thresholds) -> Markup:
    scores = reading.scores[scheme]
    assert isinstance(scores, Mapping)  # noqa: S101 - heads of emotions have several labels
    needed = thresholds(scheme, reading.language.tag)
    decided = {claim.label for claim in reading.decided("emotion", scheme=scheme)}
    strength = reading.scores.get("intensity") if scheme == "ekman6" else None
    rows = [
        _row(
            label,
            scores[label],
            words,
            needed=needed.get(label),
            decided=label in decided,
            strength=strength.get(label) if isinstance(strength, Mapping) and label in decided else None,
        )
        for label in sorted(scores, key=lambda name: -scores[name])
    ]
    shown, more = joined(rows[:_FOLDED]), joined(rows[_FOLDED:])
    first = filled(_TABLE, words.name("scheme", scheme), shown)
    if not more:
        return first
    return first + filled(
        "<details><summary>{}</summary>{}</details>",
        words("read.more_labels", count=len(rows) - _FOLDED),
        filled(_TABLE, words.name("scheme", scheme), more),
    )


def _row(
    label: str, score: float, words: Words, *, needed: float | None, decided: bool, strength: float | None
) -> Markup:
    told = [words("read.decided") if decided else words("read.not_decided")]
    if needed is not None:
        told.append(words("read.needs", threshold=f"{needed:.2f}"))
    if strength is not None:
        told.append(words("read.strength", value=f"{strength:.1f}"))
    return filled(
        '<tr class="{}"><th scope="row">{}</th><td>{}</td><td class="number">{:.2f}</td>'
        '<td class="quiet">{}</td></tr>',
        "decided" if decided else "",
        words.name("emotion", label),
        bar(score, kind=f"m-{label}" if decided else "", threshold=needed),
        score,
        ", ".join(told),
    )


def _measures(reading: Reading, words: Words) -> Markup:
    """Sentiment, politeness, formality, empathy and distress."""
    rows: list[Markup] = []
    for name, scheme in SCHEMES.items():
        value = reading.scores.get(name)
        if scheme.dimension in {"emotion", "intensity"} or value is None:
            continue
        told = _told(name, reading, words)
        if isinstance(value, Mapping):
            label = max(value, key=lambda each: value[each])
            rows.append(_measure(name, value[label], f"{value[label]:.2f}", told, words, kind=f"m-{label}"))
        else:
            share = (value - scheme.low) / (scheme.high - scheme.low)
            number = f"{value:.2f}" if scheme.high == 1 else f"{value:.1f}/{scheme.high:.0f}"
            rows.append(_measure(name, share, number, told, words))
    return filled(
        '<table class="bars"><caption>{}</caption><tbody>{}</tbody></table>',
        words("read.measures"),
        joined(rows),
    )


def _measure(name: str, share: float, number: str, told: str, words: Words, *, kind: str = "") -> Markup:
    return filled(
        '<tr><th scope="row">{}</th><td>{}</td><td class="number">{}</td><td class="quiet">{}</td></tr>',
        words.name("dimension", name),
        bar(share, kind=kind),
        number,
        told,
    )


def _told(dimension: str, reading: Reading, words: Words) -> str:
    claim = next((claim for claim in reading.claims if claim.dimension == dimension), None)
    if claim is None or claim.label == dimension:
        return ""
    return words("read.not_sure") if claim.abstained else words.name("label", claim.label or "")
