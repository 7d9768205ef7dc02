"""Texts to learn from what an unknown idiom looks like: sentences in which our own claims find expressions.

    python benchmarks/suspicion_fit.py --data DATA --out idioms.jsonl [--reserve reserve.txt]
    tongli learn tag idioms.jsonl -o FOLDER --name suspect

Distant supervision: a sentence of GoEmotions, XED or BRIGHTER (English) in which exactly one idiom or proverb
without a literal reading is found is marked there; sentences in which nothing is found are unmarked. All
sentences of an expression form one group, so that what is tested on are expressions that were never learnt.
A tenth of all sentences, by hash, is written to ``--reserve`` and learnt from by nothing: there
``benchmarks/suspicion.py`` measures.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import random
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from tongli.knowledge.claim_files import SHIPPED
from tongli.knowledge.claim_matcher import Match, Matcher

LANG = "en"
SETS = {"goemotions": "Apache-2.0", "xed": "CC-BY-4.0", "brighter": "CC-BY-4.0"}
SHORTEST, LONGEST = 15, 300
EACH, UNMARKED = 8, 16_000
KINDS = frozenset({"idiom", "proverb"})


def sentences(data: Path) -> dict[str, str]:
    """Sentence → the set that it is from."""
    found = {}
    for name in SETS:
        for path in sorted((data / name).glob("*.jsonl.gz")):
            with gzip.open(path, "rt", encoding="utf-8") as file:
                for record in map(json.loads, file):
                    if record.get("lang") == LANG and SHORTEST < len(record["text"]) < LONGEST:
                        found.setdefault(record["text"], name)
    return found


def is_reserved(text: str) -> bool:
    """Whether a sentence is kept for measuring."""
    return int(hashlib.sha1(text.encode(), usedforsecurity=False).hexdigest(), 16) % 10 == 0


def is_sure(found: list[Match]) -> bool:
    """Whether matches are of one expression that only has one reading, and no set phrase."""
    claims = [match.claim for match in found]
    literal = any(claim.meaning is None or claim.meaning.literal_use_possible for claim in claims)
    return len({claim.id for claim in claims}) == 1 and not literal and claims[0].action.adapt != "keep"


def records(known: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    """Marked and unmarked sentences, each with its group and licence."""
    matcher = Matcher((c for c in SHIPPED.own(LANG).values() if c.kind in KINDS), lang=LANG)
    marked: dict[str, list[tuple[str, list[Match]]]] = defaultdict(list)
    plain = []
    for text in known:
        found = matcher.find(text)
        if not found:
            plain.append(text)
        elif is_sure(found):
            marked[found[0].claim.id].append((text, found))
    draw = random.Random(0)
    for group, items in marked.items():
        for text, found in draw.sample(items, min(EACH, len(items))):
            yield record(text, known[text], group=group, spans=[[*match.span, "idiom"] for match in found])
    for text in draw.sample(plain, min(UNMARKED, len(plain))):
        yield record(text, known[text], group=text, spans=[])


def record(text: str, source: str, *, group: str, spans: list[list[Any]]) -> dict[str, Any]:
    name = hashlib.sha1(text.encode(), usedforsecurity=False).hexdigest()[:12]
    told = {"id": name, "text": text, "lang": LANG, "spans": spans, "group": group}
    return {**told, "source": source, "licence": SETS[source]}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="folder of the public sets")
    parser.add_argument("--out", type=Path, required=True, help="JSONL to write")
    parser.add_argument("--reserve", type=Path, help="JSONL of what is kept for measuring")
    chosen = parser.parse_args()
    known = sentences(chosen.data)
    learnt = {text: source for text, source in known.items() if not is_reserved(text)}
    with chosen.out.open("w", encoding="utf-8") as file:
        file.writelines(json.dumps(item, ensure_ascii=False) + "\n" for item in records(learnt))
    if chosen.reserve is not None:
        kept = (json.dumps(text, ensure_ascii=False) + "\n" for text in known if is_reserved(text))
        chosen.reserve.write_text("".join(kept), encoding="utf-8")


if __name__ == "__main__":
    main()
