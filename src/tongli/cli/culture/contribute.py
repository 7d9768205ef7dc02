"""``tongli culture contribute``."""

from __future__ import annotations

from typing import Annotated

import typer

from tongli.cli.options import AsJson

CHECKLIST = (
    "The statement is about an expression, a form or a practice; nobody's nationality is its subject.",
    "Somebody who grew up with it would agree; if many would not, strength.level is contested.",
    "There is a source: a dictionary entry, a standard, a count, or an insider named in reviewed_by.",
    "A counter-example tells who, when or where it does not hold (norms, politeness, directness, taboo).",
    "The forms find what people really write, in all inflections, and nothing else; no common word is one.",
    "literal_use_possible is true if the same words may be meant as they stand.",
    "Equivalents are what a native speaker would say; plain wording is better than a forced image.",
    "Slang has a generation, a period, and a review_by within a year.",
    "Nothing is copied from a dictionary or data set whose licence does not allow it.",
)


def contribute(
    *,
    kind: Annotated[str, typer.Option("--kind", metavar="KIND", help="Of claim: idiom, norm, …")] = "idiom",
    lang: Annotated[
        str, typer.Option("--lang", metavar="TAG", help="Language or audience that it holds for.")
    ] = "en",
    as_json: AsJson = False,
) -> None:
    """Print a claim to fill in, and a checklist."""
    import datetime as dt
    import json

    from tongli.cli.culture.options import split_kinds
    from tongli.cli.terminal import dump, stdout_console
    from tongli.knowledge.claim_template import template
    from tongli.knowledge.tags import fallbacks

    month = dt.datetime.now(dt.UTC).strftime("%Y-%m")
    chosen = split_kinds(kind) or ("idiom",)
    tag = fallbacks(lang)[0]
    claim = template(chosen[0], tag, month=month)
    if as_json:
        dump(claim)
        return
    console = stdout_console()
    console.print(json.dumps(claim, ensure_ascii=False, indent=1), soft_wrap=True)
    console.print()
    for number, item in enumerate(CHECKLIST, start=1):
        console.print(f"{number}. {item}", soft_wrap=True)
    console.print()
    folder = "cultures" if "-" in tag else "languages"
    console.print("Write it on one line of a .jsonl file (--json does), then: tongli culture lint FILE")
    console.print(f"To use it, put the file into DIR/{folder}/{tag}/ and set TONGLI_CLAIMS=DIR.")
