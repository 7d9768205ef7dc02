"""Register: formal texts made informal and back, against the marked phrases of human rewrites.

    python benchmarks/formality_rewrite.py --data DATA [--model] [--original] [--part report] [--misses 5]

``formality_mt`` has texts in two registers, the phrases that differ marked in both. Rules and tables were
developed on the texts whose English source has a SHA-256 that begins below 128 (``develop``); figures are for
the rest (``report``). Four figures a language and direction:

* right: the marked phrases come out as the rewrite has them, and what lies between them is as in the text or
  as in the rewrite;
* exact: the whole text is as the rewrite, character for character;
* outside: texts that are not right and have an edit that touches no marked phrase. In a right text every
  change is one that the rewrite has too; that matters where a language adds a word, which no phrase marks.
* phrases: the rewrite's marked phrases, one by one, that are written as it has them;
* acts, and right of those: texts that leave no question to the writer, and how many of them are right.

``--original`` gives the English text that both registers translate, as a localiser has it.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any, Literal

import numpy as np

from measurement import Target, arguments, at_least_one, hardware, report
from tongli.core import Span
from tongli.core.edit import apply_edits
from tongli.generation.adapt.register import ReadTokens, shift

FILE = "formality_mt/train.jsonl.gz"
LIMIT = 0.85
Register = Literal["formal", "informal"]
WAYS: tuple[tuple[Register, Register], ...] = (("formal", "informal"), ("informal", "formal"))
Row = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """How one text came out."""

    lang: str
    to: Register
    text: str
    written: str
    expected: str
    right: bool
    exact: bool
    outside: bool
    asked: int
    spans: tuple[Span, ...]

    def phrases(self) -> list[bool]:
        """For every marked phrase of the rewrite, whether it is written so, by the longest common blocks."""
        blocks = SequenceMatcher(None, self.written, self.expected, autojunk=False).get_matching_blocks()
        return [
            any(block.b <= start and stop <= block.b + block.size for block in blocks)
            for start, stop in self.spans
        ]


def part(record: Row) -> str:
    """The side of the split that a text is on, by its English source."""
    return "develop" if hashlib.sha256(record["en"].encode()).digest()[0] < 128 else "report"


def records(data: Path, *, chosen: str, langs: Sequence[str] = ()) -> list[Row]:
    """Texts of one side."""
    with gzip.open(data / FILE, "rt", encoding="utf-8") as file:
        rows = [json.loads(line) for line in file]
    return [row for row in rows if part(row) == chosen and (not langs or row["lang"] in langs)]


def between(text: str, spans: Iterable[Span]) -> tuple[list[str], list[str]]:
    """What is marked, and the gaps around it; one gap more than marked phrases."""
    gaps, marked, end = [], [], 0
    for start, stop in sorted(spans):
        gaps.append(text[end:start])
        marked.append(text[start:stop])
        end = stop
    return [*gaps, text[end:]], marked


def squeezed(text: str) -> str:
    """Without white space, which marks do not place consistently, and with तुम्हें in its one spelling.

    The rewrites double its last sign throughout, which no reader of Hindi does.
    """
    return "".join(text.split()).replace("तुम्हेंं", "तुम्हें").replace("तुम्\u200dहें", "तुम्हें")


def is_right(written: str, *, source: list[str], target: list[str], marked: list[str]) -> bool:
    """Whether the marked phrases follow one another with nothing but known gaps between them."""
    whole = squeezed(written)
    if len(source) != len(target):
        source = target
    ends = {0}
    for index, (own, other) in enumerate(zip(source, target, strict=True)):
        follows = squeezed(marked[index]) if index < len(marked) else ""
        pieces = {squeezed(gap) + follows for gap in (own, other)}
        ends = {end + len(piece) for end in ends for piece in pieces if whole.startswith(piece, end)}
    return len(whole) in ends


def outcomes(
    rows: Iterable[Row], *, tokens: ReadTokens | None = None, original: bool = False
) -> Iterator[Outcome]:
    """Every text, both ways; ``tokens``: states of an encoder; ``original``: with the English text."""
    for row in rows:
        for source, to in WAYS:
            text, expected = row[source], row[to]
            spans = [tuple(span) for span in row[f"{source}_spans"]]
            told = row["en"] if original else None
            found = shift(text, lang=row["lang"], to=to, tokens=tokens, original=told)
            written = apply_edits(text, found.edits)
            gaps, _ = between(text, spans)
            target, marked = between(expected, row[f"{to}_spans"])
            right = is_right(written, source=gaps, target=target, marked=marked)
            yield Outcome(
                lang=row["lang"],
                to=to,
                text=text,
                written=written,
                expected=expected,
                right=right,
                exact=written == expected,
                outside=not right and any(is_outside(edit.span, spans) for edit in found.edits),
                asked=len(found.questions),
                spans=tuple((start, stop) for start, stop in row[f"{to}_spans"]),
            )


def is_outside(span: Span, marked: Sequence[Span]) -> bool:
    """Whether a change touches none of the marked phrases; an insertion touches at either end."""
    edge = 1 if span[0] == span[1] else 0
    return not any(span[0] < stop + edge and start < span[1] + edge for start, stop in marked)


def interval(values: Sequence[bool]) -> tuple[float, float, float]:
    """Share and its 95 % bootstrap interval (1,000 resamples, seed 0)."""
    seen = np.asarray(values, dtype=float)
    draws = np.random.default_rng(0).integers(0, len(seen), (1000, len(seen)))
    low, high = np.percentile(seen[draws].mean(axis=1), [2.5, 97.5])
    return float(seen.mean()), float(low), float(high)


def figures(found: Sequence[Outcome]) -> dict[str, Any]:
    """``lang`` → ``to`` → texts, right, exact, outside (share with interval) and questions a text."""
    result: dict[str, Any] = {}
    for lang in sorted({item.lang for item in found}):
        for _, to in WAYS:
            items = [item for item in found if (item.lang, item.to) == (lang, to)]
            result.setdefault(lang, {})[to] = {
                "texts": len(items),
                "right": interval([item.right for item in items]),
                "exact": interval([item.exact for item in items]),
                "outside": interval([item.outside for item in items]),
                "phrases": interval([right for item in items for right in item.phrases()] or [True]),
                "asked": sum(item.asked for item in items) / len(items),
                "acts": sum(not item.asked for item in items) / len(items),
                "right_of_those": interval([item.right for item in items if not item.asked] or [True]),
                "copying": sum(item.text == item.expected for item in items) / len(items),
            }
    return result


def show(result: dict[str, Any]) -> None:
    print(
        "lang to        texts  right               exact               outside"
        "             phrases             asked  copying   acts  right of those"
    )
    for lang, ways in result.items():
        for to, row in ways.items():
            shares = "  ".join(
                "{:5.1%} ({:5.1%}..{:5.1%})".format(*row[name])
                for name in ("right", "exact", "outside", "phrases")
            )
            acts = "{:6.1%}  {:5.1%} ({:5.1%}..{:5.1%})".format(row["acts"], *row["right_of_those"])
            line = f"{lang:4} {to:8} {row['texts']:6}  {shares}  {row['asked']:5.2f}"
            print(f"{line}  {row['copying']:6.1%}  {acts}")


def _encoder() -> ReadTokens:
    from tongli.encoders.text import TextEncoder

    return TextEncoder().tokens


def main() -> None:
    parser = arguments(__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder of the data sets")
    parser.add_argument(
        "--model", action="store_true", help="with the encoder, as `tongli adapt`; else rules alone"
    )
    parser.add_argument(
        "--original", action="store_true", help="with the English text that both registers translate"
    )
    parser.add_argument("--part", choices=("report", "develop"), default="report")
    parser.add_argument("--lang", nargs="*", default=[], help="only these languages")
    parser.add_argument("--to", choices=("formal", "informal"), help="misses of one direction only")
    parser.add_argument("--misses", type=at_least_one, help="texts to print that come out wrong")
    chosen = parser.parse_args()
    machine = hardware("regex")
    print(machine)
    rows = records(chosen.data, chosen=chosen.part, langs=chosen.lang)
    words = sum(len(row[source].split()) for row in rows for source, _ in WAYS)
    tokens = _encoder() if chosen.model else None
    list(outcomes(rows[:: max(1, len(rows) // 100)], tokens=tokens, original=chosen.original))
    start = time.process_time()
    found = list(outcomes(rows, tokens=tokens, original=chosen.original))
    speed = words / (time.process_time() - start)
    result = figures(found)
    show(result)
    print(f"{speed:,.0f} words per second, scoring included")
    wrong = [item for item in found if not item.right and chosen.to in (None, item.to)]
    for item in wrong[: chosen.misses or 0]:
        print(f"{item.lang} {item.to}", f"text     {item.text}", sep="\n  ")
        print(f"  written  {item.written}", f"expected {item.expected}", sep="\n  ")
    targets = [
        Target(name=f"right, {lang} to {to}", value=row["right"][0], limit=LIMIT)
        for lang, ways in result.items()
        for to, row in ways.items()
    ]
    told = {
        "hardware": asdict(machine),
        "part": chosen.part,
        "model": chosen.model,
        "original": chosen.original,
        "words_per_second": speed,
        "figures": result,
    }
    report(told, targets=targets, path=chosen.json)


if __name__ == "__main__":
    main()
