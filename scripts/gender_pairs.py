"""Word pairs, masculine and feminine, that the lists of a Romance language lack, from two data sets.

    python scripts/gender_pairs.py DATA

reads ``gender-mtgeneval`` (Currey et al. 2022, CC BY-SA 3.0) and ``gender-gate`` (Rarrick et al. 2023,
MIT) under DATA and writes ``src/tongli/knowledge/gender/LANG/pairs.tsv``: forms only, never sentences.
Only the records that :func:`ours` accepts are read; benchmarks/ reports on the others.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

LANGS = ("es", "fr", "it", "pt")
TARGET = Path(__file__).parents[1] / "src/tongli/knowledge/gender"
_BEFORE_NOUN = frozenset(
    [
        "como",
        "comme",
        "come",
        "de",
        "d'",
        "en",
        "da",
        "as",
        "un",
        "una",
        "une",
        "um",
        "uma",
        "el",
        "la",
        "le",
        "il",
        "lo",
        "l'",
        "o",
        "a",
        "los",
        "las",
        "les",
        "i",
        "gli",
        "os",
        "as",
        "des",
        "del",
        "della",
        "du",
        "do",
        "del",
        "al",
        "au",
        "ao",
        "dei",
        "delle",
        "dos",
        "das",
        "su",
        "sa",
        "son",
        "suo",
        "sua",
        "seu",
        "sua",
        "mi",
        "mon",
        "ma",
    ]
)
_AGENT = re.compile(r"(?:dor|tor|sor|eur|tore|ier|eiro|ero|iere|iste|ista|logo|afo|ólogo)(?:e?s|i)?$")
_VERB = re.compile(r"(?:-(?:l?[oa]s?|il|elle)|[rn]d?o?l[oai]s?|l[oi]|gli)$")
_WORD = re.compile(r"^[^\W\d_]+(?:-[^\W\d_]+)*$")

Pair = tuple[str, str, str, str]
"""Kind, number, masculine, feminine."""


def ours(key: str) -> bool:
    """Whether a record belongs to the half that forms may be taken from: SHA-1 of its id is even."""
    return int(hashlib.sha1(key.encode(), usedforsecurity=False).hexdigest(), 16) % 2 == 0


def pairs(data: Path, lang: str) -> Iterator[Pair]:
    """Pairs of one language in the half that is ours."""
    for record in _rows(data / f"gender-mtgeneval/pairs_{lang}.jsonl.gz"):
        left = re.split(r"</?M>", record["m_annotated"])
        right = re.split(r"</?F>", record["f_annotated"])
        if len(left) == len(right):
            for at in range(1, len(left), 2):
                yield from aligned(left[at], right[at], left[at - 1])
    gate = data / f"gender-gate/gate_{lang}_dev.jsonl.gz"
    for record in _rows(gate) if gate.exists() else ():
        for one, two in zip(
            re.split(r"[=;]", record["kw_m"]), re.split(r"[=;]", record["kw_f"]), strict=False
        ):
            yield from aligned(
                one.replace("[", "").replace("]", ""), two.replace("[", "").replace("]", ""), ""
            )


def aligned(masculine: str, feminine: str, before: str) -> Iterator[Pair]:
    """Words that differ in two stretches of the same length."""
    left, right = _words(masculine), _words(feminine)
    if len(left) != len(right):
        return
    previous = (_words(before) or [""])[-1]
    for one, two in zip(left, right, strict=True):
        shared = len(one) >= 4 and one[:3] == two[:3]
        if one != two and shared and _WORD.match(one) and _WORD.match(two):
            number = "p" if two.endswith("s") or (one.endswith("i") and two.endswith(("e", "i"))) else "s"
            noun = previous in _BEFORE_NOUN or _AGENT.search(one)
            yield ("noun" if noun else "adj"), number, one, two
        previous = one


def _words(text: str) -> list[str]:
    return [word.strip(".,;:()«»\"“”'!?") for word in text.lower().replace("'", "' ").split()]


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        yield from (record for line in file if ours((record := json.loads(line))["id"]))


def main() -> None:
    """Write a table for each language."""
    from tongli.empathy.gender.romance.lexicon import lexicon

    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("data", type=Path, help="folder of the data sets")
    options = parser.parse_args()
    for lang in LANGS:
        target = TARGET / lang / "pairs.tsv"
        head = "# Source: scripts/gender_pairs.py, from MT-GenEval (CC BY-SA 3.0) and GATE (MIT).\n"
        target.write_text(head, encoding="utf-8")
        lexicon.cache_clear()
        known = lexicon(lang)
        new = {
            pair
            for pair in pairs(options.data, lang)
            if not any(form.feminine == pair[3] or form.kind != "adj" for form in known.read(pair[2]))
            and not _VERB.search(pair[2])
            and pair[2] not in known.sets["never"]
            and pair[3] not in known.sets["never"]
        }
        target.write_text(head + "".join("\t".join(pair) + "\n" for pair in sorted(new)), encoding="utf-8")
        sys.stdout.write(f"{target}: {len(new)} pairs\n")


if __name__ == "__main__":
    main()
