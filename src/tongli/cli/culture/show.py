"""``tongli culture show``."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated

import typer

from tongli.cli.culture.options import Into, Kinds, split_kinds
from tongli.cli.options import AsJson, split_names

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tongli.knowledge.claim import Claim


def show(
    name: Annotated[
        str, typer.Argument(metavar="AUDIENCE", help="An audience or language (ja-JP, ja), or a claim's id.")
    ],
    *,
    kind: Kinds = None,
    into: Into = "en",
    as_json: AsJson = False,
) -> None:
    """Show what is known about an audience or a claim.

    Without --kind, idioms, proverbs and slang are only counted.
    """
    from tongli.cli.terminal import dump
    from tongli.knowledge.claim import FIGURATIVE
    from tongli.knowledge.claim_files import KNOWN
    from tongli.knowledge.tags import fallbacks

    owner, _, slug = name.partition(".")
    tag = fallbacks(owner)[0]
    claims = KNOWN.claims(tag)
    if slug:
        found: list[Claim] = [_named(name, tag)]
    else:
        kinds = split_kinds(kind)
        found = [
            claim
            for claim in claims.values()
            if (claim.kind not in FIGURATIVE if kinds is None else claim.kind in kinds)
        ]
    if as_json:
        counts = _counts(claims.values())
        told = [claim.to_dict() for claim in found]
        dump({"audience": tag, "inherits": KNOWN.lineage(tag), "counts": counts, "claims": told})
    elif slug:
        _show_card(found[0], into=split_names(into))
    else:
        _show_list(tag, found, _counts(claims.values()))


def _named(name: str, tag: str) -> Claim:
    from tongli.core import InputError, shorten
    from tongli.knowledge.claim_files import claims

    claim = claims(tag).get(name)
    if claim is None:
        raise InputError(
            "claims.id",
            received=f"the id {shorten(name)}",
            allowed=f"the id of a claim about {tag}",
            fix="Look it up: tongli culture search WORDS.",
        )
    return claim


def _counts(claims: Iterable[Claim]) -> dict[str, int]:
    from collections import Counter

    from tongli.knowledge.claim import KINDS

    counted = Counter(claim.kind for claim in claims)
    return {kind: counted[kind] for kind in KINDS if counted[kind]}


def _show_card(claim: Claim, *, into: Sequence[str]) -> None:
    from tongli.cli.culture.claim_view import claim_card
    from tongli.cli.terminal import stdout_console

    stdout_console().print(claim_card(claim, into=into))


def _show_list(tag: str, claims: Sequence[Claim], counts: dict[str, int]) -> None:
    from rich.text import Text

    from tongli.cli.culture.claim_view import claim_lines
    from tongli.cli.terminal import language_name, stdout_console

    console = stdout_console()
    told = ", ".join(f"{kind} {number}" for kind, number in counts.items())
    console.print(Text.assemble((language_name(tag), "bold"), f"  {told}"))
    for kind in counts:
        group = [claim for claim in claims if claim.kind == kind]
        if group:
            console.print()
            console.print(Text(kind, "bold"))
        for claim in group:
            console.print(claim_lines(claim))
    hidden = sum(counts.values()) - len(claims)
    if hidden:
        console.print()
        console.print(Text(f"{hidden} more with --kind: {', '.join(counts)}", "dim"), soft_wrap=True)
