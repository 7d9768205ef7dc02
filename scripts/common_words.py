"""Count the words by which languages are told in short messages.

    python scripts/common_words.py --data DATA src/tongli/encoders/common_words.safetensors

The words are those that the training texts of all heads, which may ship and which ``DATA`` holds, write most
often in each language. Only shares are kept, no text. Languages whose script gives them away need none, and
those of too few words have none: nothing speaks against them either.
"""

from __future__ import annotations

import argparse
import sys
import tomllib
from collections import Counter, defaultdict
from pathlib import Path

from tongli.encoders.common_words import collect, save
from tongli.encoders.ngrams import MERGED as DIALECTS
from tongli.encoders.prose import words_to_read
from tongli.learning.tasks import TASKS, load

MOST = 2000
"""Words of a language."""
TIMES = 2
OURS = Path(__file__).with_suffix(".toml")
OUR_SHARE = 1e-3
UNSEEN = 1000
"""Added to a language's number of words, so that those with few texts do not speak too surely."""
MERGED = {"nb": "no", "arq": "ar", **DIALECTS}
LEFT_OUT = frozenset({"zh", "ja", "th", "ko", "ms"})
"""Told by their script, and Malay, of whose words nearly all are Indonesian too."""


def count(data: Path) -> dict[str, Counter[str]]:
    """Language → word in lower case → times."""
    texts = {
        (example.text, example.lang) for task in TASKS.values() for example in load(task.train, data=data)
    }
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for text, tag in sorted(texts):
        primary = tag.partition("-")[0]
        found[MERGED.get(primary, primary)].update(words_to_read(text).lower().replace("’", "'").split())
    for tag in LEFT_OUT:
        found.pop(tag, None)
    return found


def shares(words: Counter[str], written: str) -> dict[str, float]:
    """The most common ones, and those that we wrote down, with their shares."""
    total = words.total() + UNSEEN
    ours = dict.fromkeys(written.lower().split(), OUR_SHARE)
    counted = {word: times / total for word, times in words.most_common(MOST) if times >= TIMES}
    return {word: max(ours.get(word, 0.0), counted.get(word, 0.0)) for word in {**ours, **counted}}


def main() -> None:
    """Count, and write the file."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("target", type=Path)
    options = parser.parse_args()
    counted = count(options.data)
    written = tomllib.loads(OURS.read_text(encoding="utf-8"))["words"]
    words = collect({tag: shares(counted[tag], written.get(tag, "")) for tag in sorted({*counted, *written})})
    save(words, options.target)
    size = options.target.stat().st_size
    sys.stdout.write(f"{len(words.keys):,} entries, {len(words.languages)} languages, {size:,} bytes\n")


if __name__ == "__main__":
    main()
