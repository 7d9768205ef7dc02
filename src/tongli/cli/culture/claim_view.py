"""A claim, for people to look at: never without its source, its strength and its limits."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from tongli.cli.terminal import language_name
from tongli.knowledge.claim import Claim, Evidence, Scope

_CONFIDENCE = {"high": "green", "medium": "yellow", "low": "red"}


def claim_card(claim: Claim, *, into: Sequence[str] = (), title: Text | None = None) -> RenderableType:
    """Everything about a claim, a line each."""
    table = _grid()
    for name, told in _rows(claim, into):
        table.add_row(name, told)
    head = title or Text.assemble((claim.kind, "bold"), "  ", (claim.id, "dim"))
    return Group(head, Padding.indent(table, 2))


def claim_lines(claim: Claim) -> RenderableType:
    """A claim in a few lines."""
    table = _grid()
    for item in claim.counter:
        table.add_row("but", _counter(item.text, item.when))
    table.add_row("source", Text(sources(claim), "dim"))
    head = Text.assemble(claim.statement, "  ", (f"{claim.id}, {claim.strength.level}", "dim"))
    return Group(head, Padding.indent(table, 2))


def sources(claim: Claim) -> str:
    """Who says so."""
    return "; ".join(map(_source, claim.evidence))


def literal_reading(claim: Claim) -> Text:
    """Whether the words may be meant as they stand."""
    if claim.meaning is not None and claim.meaning.literal_use_possible:
        return Text("possible: only the context tells", "yellow")
    return Text("not to be expected")


def _grid() -> Table:
    table = Table.grid(padding=(0, 2))
    table.add_column(style="dim", no_wrap=True)
    table.add_column(overflow="fold")
    return table


def _rows(claim: Claim, into: Sequence[str]) -> Iterable[tuple[str, Text]]:
    if claim.meaning is not None:
        yield "means", Text(claim.meaning.sense)
        if claim.literal_gloss is not None:
            yield "word for word", Text(claim.literal_gloss)
        yield "literal reading", literal_reading(claim)
        for lang in into:
            found = claim.meaning.equivalents_in(lang)
            if found:
                told = ", ".join(f"{item.form} ({item.match})" for item in found)
                yield f"in {language_name(lang)}", Text(told)
    yield "claim", Text(claim.statement)
    if scope := _scope(claim.scope):
        yield "where", Text(scope)
    yield "strength", _strength(claim)
    for item in claim.counter:
        yield "but", _counter(item.text, item.when)
    for source in claim.evidence:
        yield "source", Text(_source(source))


def _strength(claim: Claim) -> Text:
    confidence = claim.strength.confidence
    told = Text(f"{claim.strength.level}, ")
    told.append(f"{confidence} confidence", _CONFIDENCE[confidence])
    if claim.strength.agreement is not None:
        told.append(f", {claim.strength.agreement:.0%} of those asked agree")
    state = "reviewed" if claim.status == "reviewed" else f"{claim.status}, not reviewed by an insider"
    return told.append(f"; {state}", "dim")


def _scope(scope: Scope) -> str:
    parts = [f"{', '.join(scope.register)} register"] if scope.register != ("any",) else []
    for values in (scope.region, scope.medium, scope.domain, scope.relation, scope.generation, scope.group):
        parts += [", ".join(values)] if values else []
    if scope.period is not None:
        last = "" if scope.period.last is None else f" to {scope.period.last}"
        parts.append(f"since {scope.period.first}{last}" if not last else f"{scope.period.first}{last}")
    return "; ".join(parts)


def _counter(text: str, when: str) -> Text:
    return Text(text).append(f" ({when})" if when else "", "dim")


def _source(item: Evidence) -> str:
    details = ", ".join(filter(None, (item.type, item.date, item.licence)))
    return f"{item.source} ({details})" + (f": {item.note}" if item.note else "")
