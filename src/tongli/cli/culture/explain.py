"""``tongli culture explain``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from tongli.cli.culture.options import Into, Kinds, split_kinds
from tongli.cli.options import AsJson, File, Words, split_names

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tongli.core import Language
    from tongli.knowledge.claim import Claim
    from tongli.knowledge.claim_matcher import Match


def explain(
    words: Words = None,
    *,
    file: File = None,
    lang: Annotated[
        str | None,
        typer.Option(
            "--lang", metavar="TAG", help="Its language or audience (es, es-MX); identified when left out."
        ),
    ] = None,
    kind: Kinds = None,
    into: Into = "en",
    as_json: AsJson = False,
) -> None:
    """Find expressions and practices in a text, and explain them.

    A match is a place to look at, no verdict: where the words may be meant as they stand, it says so.
    """
    from tongli.cli.inputs import build_message
    from tongli.cli.terminal import dump
    from tongli.core import Settings
    from tongli.core.text import require_text
    from tongli.encoders.language import identify
    from tongli.knowledge.claim_matcher import reader

    limit = Settings.from_env().max_chars
    kinds = split_kinds(kind)
    message = build_message(words, file=file, lang=lang, author=None, audience=None, max_chars=limit)
    text = require_text(message.text, max_chars=limit)
    language = identify(text, declared=lang)
    found = [
        match
        for match in reader(lang or language.tag).find(text)
        if _is_told(match.claim) and (kinds is None or match.claim.kind in kinds)
    ]
    if as_json:
        dump(_told(text, language, found))
    else:
        _show(text, language, found, into=split_names(into))


def _is_told(claim: Claim) -> bool:
    """Whether to show a claim: formulas with a meaning too, of which nothing is to be reported otherwise."""
    from tongli.knowledge.claim import FIGURATIVE

    formula = claim.meaning is not None and claim.kind not in {*FIGURATIVE, "address", "honorific"}
    return formula or claim.action.detect != "silent"


def _told(text: str, language: Language, found: Sequence[Match]) -> dict[str, Any]:
    return {
        "language": {
            "tag": language.tag,
            "score": language.score,
            "declared": language.declared,
            "abstained": language.abstained,
        },
        "found": [
            {
                "span": list(match.span),
                "text": text[slice(*match.span)],
                "form": match.form,
                "literal_reading": bool(match.claim.meaning and match.claim.meaning.literal_use_possible),
                "claim": match.claim.to_dict(),
            }
            for match in found
        ],
    }


def _show(text: str, language: Language, found: Sequence[Match], *, into: Sequence[str]) -> None:
    from rich.text import Text

    from tongli.cli.culture.claim_view import claim_card
    from tongli.cli.culture.marked_text import marked
    from tongli.cli.terminal import language_name, stdout_console

    console = stdout_console()
    console.print(marked(text, found))
    console.print()
    sure = "declared" if language.declared else f"{language.score:.2f}"
    doubt = ", not sure: name it with --lang" if language.abstained else ""
    console.print(Text.assemble((language_name(language.tag), "bold"), (f"  {sure}{doubt}", "dim")))
    for match in found:
        title = Text.assemble(
            (f"“{' '.join(text[slice(*match.span)].split())}”", "bold underline"),
            f"  {match.claim.kind}  ",
            (f"{match.span[0]}–{match.span[1]}, {match.claim.id}", "dim"),
        )
        console.print()
        console.print(claim_card(match.claim, into=into, title=title))
    if not found:
        console.print("nothing found: that is no sign that there is nothing to know")
