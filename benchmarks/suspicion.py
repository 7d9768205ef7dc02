"""Expressions that no claim knows: what is suspected in sentences that nothing was learnt from, to be judged.

    python benchmarks/suspicion.py --reserve reserve.jsonl [--limit N] [--show N] [--json out.json]

``--reserve`` is written by ``benchmarks/suspicion_fit.py``. What a claim finds as well is counted as right;
the others are printed, the surest first: whether they are expressions, a person says.
"""

from __future__ import annotations

import json
import random
from pathlib import Path

from measurement import arguments, at_least_one, hardware, report, tell
from tongli.channels.suspicion import Suspicions
from tongli.core import Language, Message, Reading
from tongli.encoders.text import TextEncoder
from tongli.knowledge.claim import FIGURATIVE
from tongli.knowledge.claim_matcher import Matcher, matcher

LANG = "en"
BATCH = 128


def suspected(texts: list[str], suspicions: Suspicions) -> list[tuple[float, str, int, int]]:
    """Score, text, start and end of each suspicion, without regard to what claims know."""
    readings = [Reading(message=Message(text), language=Language(tag=LANG, score=1.0)) for text in texts]
    return [
        (claim.score, reading.message.text, *claim.evidence[0].span)
        for reading in suspicions(readings)
        for claim in reading.claims
    ]


def is_known(text: str, start: int, end: int, found: Matcher) -> bool:
    """Whether an idiom, proverb or slang of the claims touches a place."""
    matches = [match for match in found.find(text) if match.claim.kind in FIGURATIVE]
    return any(match.span[0] < end and start < match.span[1] for match in matches)


def main() -> None:
    parser = arguments(__doc__)
    parser.add_argument("--reserve", type=Path, required=True, help="JSONL of sentences")
    parser.add_argument("--limit", type=at_least_one, default=5000, help="sentences to read")
    parser.add_argument("--show", type=at_least_one, default=50, help="suspicions to print")
    chosen = parser.parse_args()
    machine = hardware()
    print(machine)
    kept = [json.loads(line) for line in chosen.reserve.read_text("utf-8").splitlines()]
    texts = random.Random(0).sample(kept, min(chosen.limit, len(kept)))
    suspicions, found = Suspicions(TextEncoder()), matcher(LANG)
    rows = []
    for start in range(0, len(texts), BATCH):
        rows += suspected(texts[start : start + BATCH], suspicions)
        tell(f"{start + BATCH:,} of {len(texts):,} sentences")
    known = [row for row in rows if is_known(*row[1:], found)]
    print(f"{len(texts):,} sentences, {len(rows)} suspicions, of which claims know {len(known)}; the others:")
    for score, text, start, end in sorted(set(rows) - set(known), reverse=True)[: chosen.show]:
        print(f"{score:.2f}  [{text[start:end]}]  {text}")
    counts = {"sentences": len(texts), "suspected": len(rows), "known": len(known)}
    report({"hardware": machine, **counts}, targets=[], path=chosen.json)


if __name__ == "__main__":
    main()
