"""A search as one page of plots and tables."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from html import escape

from tongli.learning.evaluate.markup import document, plotted, table
from tongli.learning.evaluate.plots import Bar, bars_plot, figure
from tongli.learning.search.charts import Axis, Dot, dots_plot, lines_plot
from tongli.learning.search.outcome import Outcome, Tried
from tongli.learning.search.space import Choice, Span, Value

_SCORE = "held-out score"


def page(outcome: Outcome) -> str:
    """The whole page."""
    scored = [trial for trial in outcome.trials if trial.score is not None]
    parts = [_summary(outcome)]
    if scored:
        parts += [_history(scored), _looks(scored, best=outcome.best)]
    parts.append(_importances(outcome))
    if scored:
        parts.append("<h2>Values</h2>")
        parts += [_slice(key, values, scored) for key, values in outcome.space.ranges.items()]
    return document("Search over a recipe", "".join(parts))


def show(value: Value) -> str:
    """A value for people: numbers with four digits."""
    return f"{value:.4g}" if isinstance(value, float) else str(value)


def _summary(outcome: Outcome) -> str:
    space = outcome.space
    counts = Counter(trial.state for trial in outcome.trials)
    told = ", ".join(f"{count} {state}" for state, count in counts.items())
    order = sorted(outcome.trials, key=lambda trial: -(trial.score if trial.score is not None else -math.inf))
    rows = [
        [
            f"{trial.number}{' (the recipe)' if trial.base else ''}",
            trial.state,
            _figure(trial.score),
            *(show(trial.values[key]) if key in trial.values else "–" for key in space.ranges),
            str(len(trial.looks)),
            f"{trial.seconds:,.0f}",
        ]
        for trial in order
    ]
    best = outcome.best
    words = (
        "No trial has finished yet."
        if best is None
        else f"The best is trial {best.number}: {best.score:.4f}."
    )
    return (
        f"<p>{len(outcome.trials)} trials: {told}. {words} {outcome.told} "
        "A score is the mean of the heads' figures on held-out texts, weighted like their losses in the "
        "recipe; the best look of a trial counts. The development sets took no part.</p>"
        + table("Trials, best first", ["trial", "state", "score", *space.ranges, "looks", "seconds"], rows)
    )


def _history(scored: Sequence[Tried]) -> str:
    best, line = -math.inf, []
    for trial in scored:
        if trial.state == "finished" and trial.score is not None:
            best = max(best, trial.score)
        if best > -math.inf:
            line.append((float(trial.number), best))
    plot = dots_plot(
        [_dot(trial, float(trial.number)) for trial in scored],
        across=Axis.of("trial", [float(trial.number) for trial in scored]),
        up=_score_axis(scored),
        key="history",
        title="Score by trial",
        line=line,
    )
    words = "A filled dot finished, a hollow one was stopped; the line is the best so far."
    return f"<h2>Trials</h2><p>{words} The numbers are in the table above.</p><figure>{plot}</figure>"


def _looks(scored: Sequence[Tried], *, best: Tried | None) -> str:
    looked = [trial for trial in scored if trial is not best] + ([best] if best else [])
    numbers = sorted({look for trial in looked for look in trial.looks})
    rows = [[str(trial.number), *(_figure(trial.looks.get(look)) for look in numbers)] for trial in looked]
    plot = lines_plot(
        [[(float(look), score) for look, score in trial.looks.items()] for trial in looked],
        across=Axis.of("look at the held-out texts", [float(look) for look in numbers]),
        up=Axis.of(_SCORE, [score for trial in looked for score in trial.looks.values()]),
        key="looks",
        title="Score by look, a line a trial",
        words="The numbers are in the table below; the bold line is the best trial.",
    )
    numbered = table("Scores by look", ["trial", *map(str, numbers)], rows)
    return f"<h2>Looks</h2><p>The bold line is the best trial.</p>{plotted(plot, numbered)}"


def _importances(outcome: Outcome) -> str:
    found = outcome.importances
    if not found:
        return "<h2>Importances</h2><p>Too few trials have finished to tell.</p>"
    bars = [Bar(key, value, math.nan, math.nan) for key, value in found.items()]
    plot = bars_plot(bars, key="importances", title="Importance of each key")
    rows = [[key, figure(value)] for key, value in found.items()]
    words = "How much of the differences between finished trials each key explains; a rough estimate."
    return f"<h2>Importances</h2><p>{words}</p>{plotted(plot, table('Importances', ['key', 'share'], rows))}"


def _slice(key: str, values: Span | Choice, scored: Sequence[Tried]) -> str:
    tried = [trial for trial in scored if key in trial.values]
    if isinstance(values, Choice):
        names = [show(value) for value in values.values]
        places = [float(values.values.index(trial.values[key])) for trial in tried]
        across = Axis.of(key, [0.0, len(names) - 1.0], names=names)
    else:
        places = [float(trial.values[key]) for trial in tried]
        across = Axis.of(key, [float(values.low), float(values.high)], log=values.log)
    plot = dots_plot(
        [_dot(trial, place) for trial, place in zip(tried, places, strict=True)],
        across=across,
        up=_score_axis(scored),
        key=f"slice-{key.replace('.', '-')}",
        title=f"Score by {key}",
    )
    return f"<h3>{escape(key)}</h3><figure>{plot}</figure>"


def _score_axis(scored: Sequence[Tried]) -> Axis:
    return Axis.of(_SCORE, [trial.score for trial in scored if trial.score is not None])


def _dot(trial: Tried, x: float) -> Dot:
    score = trial.score or 0.0
    return Dot(x, score, trial.state == "finished", f"trial {trial.number} {trial.state}, {figure(score)}")


def _figure(score: float | None) -> str:
    return "–" if score is None else f"{score:.4f}"
