"""What ``tongli learn check`` shows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from tongli.cli.terminal import language_name, stdout_console
from tongli.learning.data.checking import Findings
from tongli.learning.data.licences import RELEASABLE, Verdict
from tongli.learning.data.statistics import Statistics

_LANGUAGES = 12
_EXAMPLES = 5


def show(findings: Findings) -> None:
    """Counts, licences, and what was found, with a few places each; never a text."""
    console = stdout_console()
    _overview(console, findings)
    _languages(console, findings.statistics)
    _labels(console, findings.statistics)
    _licences(console, findings.verdict)
    _broken(console, findings)
    _duplicates(console, findings)
    _leaks(console, findings)


def _overview(console: Console, findings: Findings) -> None:
    counts = findings.statistics
    console.print(Text(f"{counts.records:,} records", "bold"), end="")
    console.print(f", {counts.unlabelled:,} of them without a label", end="")
    console.print(f"; held out: {len(findings.held_out.records):,}" if findings.held_out.records else "")
    if counts.lengths:
        low, middle, high, top = counts.lengths
        console.print(f"length in characters: {low:,} to {top:,}, median {middle:,}, 95 % up to {high:,}")
    for name, values in (("consent", counts.consents), ("made by", counts.made_by)):
        if values:
            console.print(f"{name}: {', '.join(f'{value} {rows:,}' for value, rows in values.items())}")


def _languages(console: Console, counts: Statistics) -> None:
    shown = list(counts.languages.items())[:_LANGUAGES]
    table = _table("language", "records")
    for tag, rows in shown:
        table.add_row(language_name(tag), f"{rows:,}")
    if rest := len(counts.languages) - len(shown):
        others = sum(counts.languages.values()) - sum(rows for _, rows in shown)
        table.add_row(f"{rest} more", f"{others:,}")
    _print(console, table)


def _labels(console: Console, counts: Statistics) -> None:
    table = _table("head", "label", "annotated", "mean")
    head = ""
    for item in counts.labels:
        table.add_row(
            item.head if item.head != head else "", item.label, f"{item.annotated:,}", f"{item.mean:.3f}"
        )
        head = item.head
    _print(console, table)


def _licences(console: Console, verdict: Verdict) -> None:
    table = _table("source", "licence", "kind", "records")
    for item in verdict.sources:
        colour = "green" if item.kind in RELEASABLE else "red"
        table.add_row(item.source, item.licence, Text(item.kind, colour), f"{item.records:,}")
    _print(console, table)
    if verdict.releasable:
        told = Text("weights learnt from this may be released, with attribution", "green")
    else:
        told = Text("weights learnt from this may not be released", "red")
    console.print(told)
    console.print()


def _broken(console: Console, findings: Findings) -> None:
    errors = [*findings.train.errors, *findings.held_out.errors]
    codes = Counter(error.code for error in errors)
    _line(console, "broken rows", len(errors), (f"{code} {rows:,}" for code, rows in codes.most_common()))
    _examples(console, [f"{error.code}: {error.received}" for error in errors])


def _duplicates(console: Console, findings: Findings) -> None:
    for name, exact in (("exact duplicates", True), ("near duplicates", False)):
        found = [item for item in findings.duplicates if item.exact is exact]
        heads = Counter(head for item in found for head in item.conflicts)
        conflicts = sum(bool(item.conflicts) for item in found)
        parts = [f"labels disagree in {conflicts:,}"] if conflicts else []
        _line(console, name, len(found), (*parts, *(f"{head} {rows:,}" for head, rows in heads.items())))
        places = findings.train.places
        ordered = sorted(found, key=lambda item: not item.conflicts)
        _examples(
            console,
            [
                f"{places[item.dropped]} as {places[item.kept]}, {item.resemblance:.2f}"
                f"{', disagree on ' + ' and '.join(item.conflicts) if item.conflicts else ''}"
                for item in ordered[: _EXAMPLES + 1]
            ],
        )


def _leaks(console: Console, findings: Findings) -> None:
    if not findings.held_out.records:
        return
    kinds = Counter(item.kind for item in findings.leaks)
    _line(console, "leaks", len(findings.leaks), (f"{kind} {rows:,}" for kind, rows in kinds.most_common()))
    train, held_out = findings.train.places, findings.held_out.places
    files = Counter(
        (train[item.train].rpartition(":")[0], held_out[item.held_out].rpartition(":")[0])
        for item in findings.leaks
    )
    for (source, target), rows in files.most_common():
        console.print(f"  {source} → {target}: {rows:,}", soft_wrap=True)
    _examples(
        console,
        [
            f"{train[item.train]} gives away {held_out[item.held_out]} ({item.kind})"
            for item in findings.leaks[: _EXAMPLES + 1]
        ],
    )


def _line(console: Console, name: str, count: int, parts: Iterable[str]) -> None:
    details = ", ".join(parts)
    told = Text.assemble((f"{name}: ", "dim"), (f"{count:,}", "yellow" if count else "green"))
    console.print(told.append(f" ({details})" if details else ""), soft_wrap=True)


def _examples(console: Console, places: Sequence[str]) -> None:
    for place in places[:_EXAMPLES]:
        console.print(f"  {place}", style="dim", soft_wrap=True)
    if len(places) > _EXAMPLES:
        console.print("  … (all with --json)", style="dim")


def _table(*headings: str) -> Table:
    table = Table(box=None, header_style="dim", padding=(0, 2, 0, 0))
    for heading in headings:
        number = heading in {"records", "annotated", "mean"}
        table.add_column(heading, justify="right" if number else "left", overflow="fold")
    return table


def _print(console: Console, table: Table) -> None:
    if table.row_count:
        console.print()
        console.print(table)
