"""How fast ``tongli lint`` reads: words per second, against the length of the text and the number of claims.

    python benchmarks/lint_speed.py [--words 50000] [--repeats 5] [--json out.json]

Texts are synthetic Markdown: common words in lines of twelve, an expression in about a hundred words, a link
and an ignored line now and then. Measured is all that happens to a text but the identification of its
language: blanking code and links, finding claims for audiences, mixed levels of address, comments. Then the
text is cut to a tenth, the claims are made twenty times as many with invented expressions, and the audiences
are all that there are. In languages without blanks two characters count as a word. One thread; processor
time, so that other work on the machine counts little.
"""

from __future__ import annotations

import random
from dataclasses import asdict
from typing import Any

from claim_matching import enlarged, rates, usual
from measurement import Target, arguments, at_least_one, hardware, report, spread, tell
from tongli.applications.lint.config import LintConfig
from tongli.applications.lint.files import document
from tongli.applications.lint.mixing import find_mix
from tongli.applications.lint.rules import Finding, Linter
from tongli.knowledge.catalogue import Entry, catalogue
from tongli.knowledge.claim_files import SHIPPED
from tongli.knowledge.claim_streams import is_spaced

READERS = ("de-DE", "ja-JP")
LINE = 12


def text(lang: str, words: int, *, rng: random.Random) -> str:
    """Lines of a dozen words."""
    flat = usual(lang, words, rng=rng)
    parts = flat.split() if is_spaced(lang) else [flat[at : at + 2] for at in range(0, len(flat), 2)]
    glue = " " if is_spaced(lang) else ""
    lines = [glue.join(parts[at : at + LINE]) for at in range(0, len(parts), LINE)]
    for at in range(0, len(lines), 40):
        lines[at] += " [x](https://example.org/a) <!-- tongli: ignore -->"
    return ".\n".join(lines)


def pipeline(linter: Linter, lang: str) -> Any:
    """Everything but the identification of the language."""
    config = LintConfig(audiences=READERS)

    def lint(raw: str) -> list[Finding]:
        made = document("x.md", raw, markdown=True)
        found = [item for item in linter.find(made.prose) if config.wants(item.claim)]
        found += find_mix(made.prose, lang)
        return [item for item in found if not made.told.hide(made.place(item.span[0])[0], item.claim)]

    return lint


def measure(lang: str, *, words: int, repeats: int) -> dict[str, Any]:
    rng = random.Random(0)
    long = text(lang, words, rng=rng)
    short = text(lang, words // 10, rng=rng)
    entries = {reader: catalogue(lang, reader) for reader in READERS}
    everybody = {reader: catalogue(lang, reader) for reader in SHIPPED.audiences}
    invented = {
        claim.id: Entry(claim, "expression", lang)
        for claim in enlarged(lang, rng=rng)
        if claim.id not in SHIPPED.claims(lang)
    }
    larger = {reader: {**known, **invented} for reader, known in entries.items()}
    usually = pipeline(Linter(lang, entries), lang)
    contenders = {
        "usual": (usually, long),
        "tenth": (usually, short),
        "larger": (pipeline(Linter(lang, larger), lang), long),
        "everybody": (pipeline(Linter(lang, everybody), lang), long),
    }
    found = rates(contenders, lang=lang, repeats=repeats)
    spreads = {name: spread(values) for name, values in found.items()}
    kept = {
        over: spread([one / other for one, other in zip(found[over], found[under], strict=True)])
        for over, under in (("usual", "tenth"), ("larger", "usual"))
    }
    tell(f"{lang}: {spreads['usual']} words per second")
    claims = {name for known in entries.values() for name in known}
    return {"claims": len(claims), "findings": len(usually(long)), "kept": kept, **spreads}


def show(found: dict[str, dict[str, Any]]) -> None:
    headings = ("claims", "usual", "1/10 text", "20x claims", f"{len(SHIPPED.audiences)} readers")
    print("\n      " + "".join(f"{name:>12}" for name in headings) + "   words per second")
    for lang, figures in found.items():
        rates = (figures[name].median for name in ("usual", "tenth", "larger", "everybody"))
        print(f"{lang:6}" + "".join(f"{cell:12,.0f}" for cell in (figures["claims"], *rates)))


def main() -> None:
    parser = arguments(__doc__)
    parser.add_argument("--words", type=at_least_one, default=50_000, help="of each text")
    parser.add_argument("--repeats", type=at_least_one, default=5)
    chosen = parser.parse_args()
    machine = hardware("pyahocorasick")
    print(machine)
    found = {lang: measure(lang, words=chosen.words, repeats=chosen.repeats) for lang in SHIPPED.languages}
    show(found)

    kept = {name: min(item["kept"][name].median for item in found.values()) for name in ("usual", "larger")}
    targets = [
        Target(
            name="words per second, slowest language",
            value=min(item["usual"].median for item in found.values()),
            limit=20_000,
        ),
        Target(name="speed kept with ten times the text", value=kept["usual"], limit=0.7),
        Target(name="speed kept with 20 times the claims", value=kept["larger"], limit=0.7),
    ]
    report({"hardware": asdict(machine), "languages": found}, targets=targets, path=chosen.json)


if __name__ == "__main__":
    main()
