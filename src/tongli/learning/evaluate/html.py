"""The report as one page that needs nothing else: no script, no network, no colour, no sight."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from tongli.learning.evaluate.fairness import Fairness, Swaps
from tongli.learning.evaluate.figures import Figures, Grouping
from tongli.learning.evaluate.markup import document, plotted, table
from tongli.learning.evaluate.measures import LOWER_IS_BETTER
from tongli.learning.evaluate.plots import Bar, bars_plot, curves_plot, figure, reliability_plot
from tongli.learning.evaluate.report import Report
from tongli.learning.evaluate.resample import Estimate

_FIELDS = {"lang": "language", "gender_expression": "gender expression of the text", "made_by": "origin"}


def page(report: Report) -> str:
    """The whole page."""
    title = f"Evaluation on {report.data}"
    parts = [_summary(report), *(_head(head) for head in report.heads)]
    if report.fairness:
        parts.append(_fairness(report.fairness))
    if report.robustness:
        parts.append(_robustness(report))
    if report.texts:
        parts.append(_texts(report))
    return document(title, "".join(parts))


def _summary(report: Report) -> str:
    how = report.how
    rows = [
        [
            item.head,
            f"{item.records:,}",
            item.main,
            *_interval(item.measures[item.main]),
            figure(item.measures["ece"].value) if "ece" in item.measures else "–",
            *_languages(item),
        ]
        for item in report.heads
    ]
    headings = [
        "head",
        "texts",
        "measure",
        "figure",
        "interval",
        "ece",
        "mean of languages",
        "worst language",
    ]
    return (
        f"<p>{report.records:,} texts in {len(report.languages)} languages, read by "
        f"{escape(report.predictions)}; tongli {escape(report.version)}. Intervals hold "
        f"{how.confidence:.0%} of {how.draws:,} bootstrap draws of texts (percentile, seed {how.seed}).</p>"
        + table("Main measure of each head", headings, rows)
        + _differences(report)
    )


def _languages(item: Figures) -> tuple[str, str]:
    """The mean over languages, and the worst one."""
    found = next((grouping for grouping in item.by if grouping.field == "lang"), None)
    if found is None:
        return "–", "–"
    worst = next((group for group in found.groups if group.name == found.worst), None)
    return figure(found.mean), f"{worst.name} {figure(worst.figure.value)}" if worst else "–"


def _differences(report: Report) -> str:
    if not report.differences:
        return ""
    rows = [
        [head, *_interval(item.delta, sign=True), figure(item.bootstrap_p), figure(item.randomisation_p)]
        for head, item in report.differences.items()
    ]
    return table(
        f"{report.predictions} minus {report.against}, main measure, the same texts",
        ["head", "difference", "interval", "p, paired bootstrap", "p, randomisation"],
        rows,
    )


def _head(item: Figures) -> str:
    measures = [
        [name + (" (lower is better)" if name in LOWER_IS_BETTER else ""), *_interval(found)]
        for name, found in item.measures.items()
    ]
    labels = [[label, figure(value), str(count)] for label, (value, count) in item.labels.items()]
    return (
        f"<h2>{escape(item.head)}</h2><p>{item.records:,} annotated texts; the head decides on "
        f"{item.coverage:.1%} of them and abstains on the rest.</p>"
        + table("Measures", ["measure", "figure", "interval"], measures)
        + table("Labels", ["label", "pearson" if item.main == "pearson" else "F1", "texts with it"], labels)
        + _reliability(item)
        + "".join(_grouping(item, grouping) for grouping in item.by)
    )


def _reliability(item: Figures) -> str:
    if not item.reliability:
        return ""
    points = [(found.predicted, found.observed, found.count) for found in item.reliability]
    plot = reliability_plot(points, key=f"{item.head}-reliability", title=f"Reliability of {item.head}")
    rows = [[figure(x), figure(y), str(count)] for x, y, count in points]
    words = "Predicted probability against the share that was true; on the diagonal is calibrated."
    return f"<h3>Reliability</h3><p>{words}</p>" + plotted(
        plot, table("Reliability", ["predicted", "observed", "predictions"], rows)
    )


def _grouping(item: Figures, grouping: Grouping) -> str:
    ranked = sorted(grouping.groups, key=lambda group: -group.figure.value)
    bars = [Bar(group.name, group.figure.value, group.figure.low, group.figure.high) for group in ranked]
    title = f"{item.main} of {item.head} by {grouping.field}"
    plot = bars_plot(bars, key=f"{item.head}-{grouping.field}", title=title)
    rows = [[group.name, str(group.records), *_interval(group.figure)] for group in ranked]
    worst = f" Worst group: {grouping.worst}." if grouping.worst else ""
    odds = [
        [gap.label, gap.rate, figure(gap.gap), f"{gap.high} over {gap.low}"]
        for gap in grouping.odds[:10]
        if gap.gap > 0
    ]
    return (
        f"<h3>By {escape(_FIELDS.get(grouping.field, grouping.field))}</h3>"
        f"<p>Mean over groups: {figure(grouping.mean)}.{escape(worst)}</p>"
        + plotted(plot, table(title, [grouping.field, "texts", "figure", "interval"], rows))
        + _odds(odds)
    )


def _fairness(found: Fairness) -> str:
    rows = [_swap_row(item) for item in found.swaps]
    heads = [
        "head",
        "swap",
        "sentences",
        "swaps",
        "unchanged",
        "by label",
        "mean change",
        "widest change",
        "where",
    ]
    languages = [
        [item.head, item.axis, lang, figure(unchanged), figure(widest)]
        for item in found.swaps
        for lang, (unchanged, widest) in item.by_language.items()
    ]
    odds = [
        [f"{gap.label}, {axis}", gap.rate, figure(gap.gap), f"{gap.high} over {gap.low}"]
        for axis, gaps in found.odds.items()
        for gap in gaps[:5]
    ]
    by_language = table(
        "Swaps by language", ["head", "swap", "language", "unchanged", "widest change"], languages
    )
    return (
        "<h2>Fairness</h2><p>Sentences that differ in a name, or in pronouns and agreement, only. Unchanged: "
        "share of pairs whose decided labels are all the same; by label, share of single decisions. "
        "Changes of values are shares of a head's range.</p>"
        + table("Swaps", heads, rows)
        + f"<details><summary>By language</summary>{by_language}</details>"
        + _odds(odds)
    )


def _swap_row(item: Swaps) -> list[str]:
    worst = item.worst
    return [
        item.head,
        item.axis,
        str(item.templates),
        str(item.swaps),
        figure(item.unchanged),
        figure(item.labels_unchanged),
        figure(item.mean_change),
        figure(item.max_change),
        f"{worst.template}, {worst.label}: {worst.high} over {worst.low}",
    ]


def _odds(rows: Sequence[Sequence[str]]) -> str:
    if not rows:
        return ""
    rates = {"tpr": "true positive", "fpr": "false positive"}
    rows = [[label, rates.get(rate, rate), *rest] for label, rate, *rest in rows]
    headings = ["label", "rate", "gap", "groups"]
    return table("Equalised odds: widest gaps of true and false positive rates", headings, rows)


def _robustness(report: Report) -> str:
    parts = [f"<h2>Robustness</h2><p>Attacks on {report.attacked:,} of the texts.</p>"]
    for item in report.heads:
        own = [curve for curve in report.robustness if curve.head == item.head]
        rates = own[0].rates
        title = f"{own[0].measure} of {item.head} under attack"
        plot = curves_plot(
            {curve.attack: curve.figures for curve in own},
            rates,
            key=f"{item.head}-attacks",
            title=title,
            measure=own[0].measure,
        )
        rows = [
            [curve.attack, *map(figure, curve.figures), f"{curve.texts_changed[-1]:.0%}"] for curve in own
        ]
        headings = ["attack", *(f"{rate:.0%}" for rate in rates), "texts changed at the highest rate"]
        parts.append(f"<h3>{escape(item.head)}</h3>{plotted(plot, table(title, headings, rows))}")
    return "".join(parts)


def _texts(report: Report) -> str:
    names = list(next(iter(report.texts.values())))
    rows = [[lang, *(figure(found[name]) for name in names)] for lang, found in report.texts.items()]
    return "<h2>Generated texts</h2>" + table("Generated texts", ["language", *names], rows)


def _interval(found: Estimate, *, sign: bool = False) -> tuple[str, str]:
    value = f"{found.value:+.3f}" if sign else figure(found.value)
    return value, f"{figure(found.low)} to {figure(found.high)}"
