"""How fast ``tongli adapt`` works without the model: words per second, against the length of the text.

    python benchmarks/adapt_speed.py [--words 20000] [--repeats 5] [--json out.json]

Texts are synthetic: common words in sentences of a dozen, an expression in about a hundred words, and in
every fifth sentence a figure (a date, an amount, a measure, a number); one paragraph, and ten times the same.
Measured is all that happens to a text but the identification of its language, the looks at the outcome
included, for readers of another language; with a register where the language has one. In languages without
blanks two characters count as a word. One thread; processor time, so that other work on the machine counts
little.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from claim_matching import rates, usual
from measurement import Target, arguments, at_least_one, hardware, report, spread, tell
from tongli.core import Edit
from tongli.generation.adapt import adapt
from tongli.generation.adapt.politeness import knows_register
from tongli.knowledge.claim_files import SHIPPED
from tongli.knowledge.claim_streams import is_spaced

SENTENCE = 12
FIGURES = ("12/25/2025", "$50", "5 km", "70 °F", "1.234,56", "2,345.60", "03/04/2025", "€ 9,90", "v2.5")


def text(lang: str, words: int, *, rng: random.Random) -> str:
    """Sentences of a dozen words, figures now and then."""
    flat = usual(lang, words, rng=rng)
    parts = flat.split() if is_spaced(lang) else [flat[at : at + 2] for at in range(0, len(flat), 2)]
    glue = " " if is_spaced(lang) else ""
    sentences = [glue.join(parts[at : at + SENTENCE]) for at in range(0, len(parts), SENTENCE)]
    for at in range(0, len(sentences), 5):
        sentences[at] += f" {rng.choice(FIGURES)}"
    return ".\n".join(sentences)


def pipeline(lang: str) -> Callable[[str], tuple[Edit, ...]]:
    """Edits of a text for readers far away."""
    audience = "en-US" if lang == "ja" else "ja-JP"
    wish = ":register=formal" if knows_register(lang) else ""
    return lambda raw: adapt(raw, to=audience + wish, lang=lang).edits


def measure(lang: str, *, words: int, repeats: int) -> dict[str, Any]:
    short = text(lang, words // 10, rng=random.Random(0))
    long = ".\n\n".join([short] * 10)
    found = rates(
        {"usual": (pipeline(lang), long), "tenth": (pipeline(lang), short)}, lang=lang, repeats=repeats
    )
    kept = spread([one / other for one, other in zip(found["usual"], found["tenth"], strict=True)])
    usually = spread(found["usual"])
    tell(f"{lang}: {usually} words per second, {kept} of that of a tenth of the text")
    return {"usual": usually, "kept": kept, "edits": len(pipeline(lang)(long))}


def main() -> None:
    parser = arguments(__doc__)
    parser.add_argument("--words", type=at_least_one, default=20_000, help="of each text")
    parser.add_argument("--repeats", type=at_least_one, default=5)
    chosen = parser.parse_args()
    machine = hardware("pyahocorasick", "babel")
    print(machine)
    found = {lang: measure(lang, words=chosen.words, repeats=chosen.repeats) for lang in SHIPPED.languages}
    targets = [
        Target(
            name="words per second, slowest language",
            value=min(item["usual"].median for item in found.values()),
            limit=2_000,
        ),
        Target(
            name="speed kept with ten times the text",
            value=min(item["kept"].median for item in found.values()),
            limit=0.7,
        ),
    ]
    report({"hardware": asdict(machine), "languages": found}, targets=targets, path=chosen.json)


if __name__ == "__main__":
    main()
