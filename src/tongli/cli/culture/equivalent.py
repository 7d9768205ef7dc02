"""``tongli culture equivalent``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from tongli.cli.options import AsJson, Model, split_names

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.text import Text

    from tongli.applications.equivalents import Answer, Equivalents, Known, Near, Query
    from tongli.applications.same_gloss import Alike
    from tongli.knowledge.claim import Claim


def equivalent(
    words: Annotated[
        list[str] | None,
        typer.Argument(metavar="EXPRESSION", help="An expression, or a claim's id.", show_default=False),
    ] = None,
    *,
    into: Annotated[
        str, typer.Option("--into", metavar="A,B", help="Languages or audiences to find it in.")
    ] = "en",
    lang: Annotated[
        str | None, typer.Option("--lang", metavar="TAG", help="The expression's own language.")
    ] = None,
    sense: Annotated[
        str | None,
        typer.Option("--sense", metavar="TEXT", help="Instead of an expression: a meaning, in English."),
    ] = None,
    limit: Annotated[
        int,
        typer.Option(
            "--limit",
            metavar="N",
            min=0,
            help="Expressions to show of those with the same gloss, and of the nearest.",
        ),
    ] = 3,
    model: Model = "embedded",
    as_json: AsJson = False,
) -> None:
    """Find what one says in another language: known equivalents, those with the same gloss, the nearest.

    The gloss is the meaning in English. What is only near says how sure that is and what speaks for it;
    nothing is offered below that.
    """
    from tongli.applications.equivalents import Equivalents
    from tongli.cli.terminal import dump, working
    from tongli.core import InputError
    from tongli.pipeline import Tongli

    text = " ".join(words or ()).strip()
    if bool(text) == bool(sense and sense.strip()):
        raise InputError(
            "equivalent.query",
            received="both an expression and a meaning" if text else "no expression",
            allowed="an expression, or --sense with a meaning in English",
            fix="Give one of the two.",
        )
    tongli = Tongli(model=model)
    with working("Comparing senses; the first time this takes a minute"):
        finder = Equivalents(tongli.sentences, encoder=tongli.encoder.id, cache=tongli.settings.cache)
        query = finder.look_up(text, lang=lang) if text else None
        answers = [
            finder.into(query, tag, limit=limit)
            if query is not None
            else finder.of_sense(sense or "", tag, limit=limit)
            for tag in split_names(into) or ("en",)
        ]
    if as_json:
        dump(_told(query, answers, finder))
    else:
        _show(query, answers, finder)


def _told(query: Query | None, answers: Sequence[Answer], finder: Equivalents) -> dict[str, Any]:
    return {
        "claims": [claim.id for claim in query.claims] if query else [],
        "own": bool(query and query.own),
        "calibrated": finder.calibrated,
        "answers": [
            {
                "lang": answer.lang,
                "abstained": answer.abstained,
                "known": [_known(item) for item in answer.known],
                "alike": [_alike(item) for item in answer.alike],
                "near": [_near(item) for item in answer.near],
            }
            for answer in answers
        ],
    }


def _known(item: Known) -> dict[str, Any]:
    return {
        "form": item.form,
        "match": item.match,
        "about": item.about or None,
        "claim": item.claim.id,
        "evidence": item.claim.to_dict()["evidence"],
    }


def _alike(item: Alike) -> dict[str, Any]:
    return {"form": item.form, "said": item.said, "claim": item.claim.to_dict()}


def _near(item: Near) -> dict[str, Any]:
    return {
        "form": item.form,
        "wording": item.wording,
        "chance": round(item.chance, 4),
        "sentence": round(item.sentence, 4),
        "graph": round(item.graph, 4),
        "words": list(item.grounds.words),
        "emotions": list(item.grounds.emotions),
        "path": list(item.grounds.path),
        "claim": item.claim.to_dict(),
    }


def _show(query: Query | None, answers: Sequence[Answer], finder: Equivalents) -> None:
    from rich.text import Text

    from tongli.cli.terminal import language_name, stdout_console

    console = stdout_console()
    if query is not None and query.claims[0].meaning is not None:
        claim = query.claims[0]
        how = "" if query.own else "in the sense of "
        console.print(
            Text.assemble((f"{how}{claim.id}", "bold"), f"  {claim.meaning.sense if claim.meaning else ''}")
        )
    if not finder.calibrated:
        console.print(Text("The chances were fitted with another encoder: take them as an order.", "yellow"))
    for answer in answers:
        console.print()
        console.print(Text(language_name(answer.lang), "bold"))
        for item in answer.known:
            _lines(Text.assemble((item.form, "green"), f"  known, {item.match}"), [("source", _source(item))])
        for alike in answer.alike:
            _lines(Text.assemble((alike.form, "green"), "  same gloss"), _means(alike.claim))
        for near in answer.near:
            title = Text.assemble((near.form, "yellow"), f"  {near.wording}, {near.chance:.2f}")
            _lines(title, _grounds(near))
        if answer.abstained:
            console.print("  nothing known, and nothing near enough: plain words will serve better")


def _lines(title: Text, rows: Sequence[tuple[str, str]]) -> None:
    from rich.padding import Padding
    from rich.table import Table

    from tongli.cli.terminal import stdout_console

    console = stdout_console()
    table = Table.grid(padding=(0, 2))
    table.add_column(style="dim", no_wrap=True)
    table.add_column(overflow="fold")
    for name, told in rows:
        table.add_row(name, told)
    console.print(Padding.indent(title, 2))
    console.print(Padding.indent(table, 4))


def _source(item: Known) -> str:
    from tongli.cli.culture.claim_view import sources

    return f"{item.claim.id}: {sources(item.claim)}"


def _grounds(item: Near) -> list[tuple[str, str]]:
    rows = [
        ("shared words", ", ".join(item.grounds.words)),
        ("emotions", ", ".join(item.grounds.emotions)),
        ("path", " → ".join(item.grounds.path)),
        ("signals", f"gloss {item.sentence:+.1f}, graph {item.graph:+.1f}"),
    ]
    means, *source = _means(item.claim)
    return [means, *((name, told) for name, told in rows if told), *source]


def _means(claim: Claim) -> list[tuple[str, str]]:
    from tongli.cli.culture.claim_view import sources

    return [
        ("means", claim.meaning.sense if claim.meaning else ""),
        ("register", ", ".join(claim.scope.register)),
        ("source", f"{claim.id}: {sources(claim)}"),
    ]
