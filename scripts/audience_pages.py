"""Write the page of each audience from its claims: docs/audiences/TAG.md.

    python scripts/audience_pages.py [FOLDER]

A page lists the practices of the audience and the pragmatic claims of its language, each with where it holds,
where it does not, and who says so. Idioms, proverbs and slang are counted.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from babel import Locale

from tongli.knowledge.claim import FIGURATIVE, KINDS, Claim
from tongli.knowledge.claim_files import SHIPPED

FOLDER = Path(__file__).parents[1] / "docs" / "audiences"
INTRODUCTION = """\
{claims} claims, of which {drafts} are drafts that no insider has reviewed. What follows is about language
and practice, never about what people are like, and holds for some people some of the time: read where it does
not. Figurative language is not listed here: {idiom} idioms, {proverb} proverbs, {slang} expressions of slang
(`tongli culture show {tag} --kind idiom`)."""
TITLES = {
    "culture-item": "Things an outsider may not know",
    "politeness": "Politeness",
    "honorific": "Honorifics",
    "address": "Forms of address",
    "norm": "Customs",
    "directness": "Directness",
    "taboo": "Topics and words that need care",
    "name-order": "Names",
    "calendar": "Calendar",
    "gesture": "Gestures",
    "symbol": "Colours, numbers, symbols",
}


def page(tag: str) -> str:
    """The page of an audience, in Markdown."""
    claims = SHIPPED.claims(tag)
    name = Locale.parse(tag, sep="-").get_display_name("en")
    counts = Counter(claim.kind for claim in claims.values())
    drafts = sum(claim.status == "draft" for claim in claims.values())
    lines = [
        f"# {tag}: {name}",
        "",
        "Written from the claims by `python scripts/audience_pages.py`: correct a claim, not the page.",
        "",
        INTRODUCTION.format(tag=tag, claims=len(claims), drafts=drafts, **counts),
    ]
    for kind in KINDS:
        if kind not in FIGURATIVE and counts[kind]:
            lines += ["", f"## {TITLES[kind]}", ""]
            lines += [line for claim in claims.values() if claim.kind == kind for line in told(claim)]
    return "\n".join(lines) + "\n"


def told(claim: Claim) -> Iterator[str]:
    """A claim as an item of a list."""
    strength = claim.strength
    yield f"- **{plain(claim.statement)}** `{claim.id}`"
    level = strength.level.replace("-", " ")
    yield f"    - {level}, confidence {strength.confidence}{scope(claim)}; {claim.status}"
    for counter in claim.counter:
        when = f" ({plain(counter.when)})" if counter.when else ""
        yield f"    - not always: {plain(counter.text)}{when}"
    yield f"    - source: {'; '.join(plain(item.source) for item in claim.evidence)}"


def scope(claim: Claim) -> str:
    """Where it holds, when it says so."""
    held = claim.scope
    parts: dict[str, Iterable[str]] = {
        "register": () if held.register == ("any",) else held.register,
        "medium": held.medium,
        "domain": held.domain,
        "relation": held.relation,
        "generation": held.generation,
        "region": held.region,
    }
    return "".join(f"; {name} {', '.join(map(plain, values))}" for name, values in parts.items() if values)


def plain(text: str) -> str:
    """Text without what Markdown would take for mark-up."""
    for mark in "\\`*_<>[]|":
        text = text.replace(mark, f"\\{mark}")
    return text


def main() -> None:
    """Write every page."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    for tag in SHIPPED.audiences:
        (folder / f"{tag}.md").write_text(page(tag), encoding="utf-8")


if __name__ == "__main__":
    main()
