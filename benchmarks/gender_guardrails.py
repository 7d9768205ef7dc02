"""Genders that nobody gave, and wrong ones, in what assistants write: our sentences and MCFM, by language.

    python benchmarks/gender_guardrails.py --data DATA [--json out.json]

MCFM's transcripts come without labels here, so two things are measured. On sentences written for this purpose
(``gender_guardrails/cases.tsv``; their author wrote the rules too, so the figures flatter): F1 of assumptions
where a person is undeclared, of misgendering where they declared another gender, and claims where they
declared this one. On those transcripts of MCFM in which nobody's gender is known and natives removed what
tells one: the share without any claim. Their other half, by hash of language and scenario, was for
development; the first draft of the rules was looked at on both.
"""

from __future__ import annotations

import csv
import gzip
import hashlib
import json
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from measurement import Target, arguments, hardware, report
from tongli.core import Agreement, Person
from tongli.empathy.gender.check import Finding, check

HERE = Path(__file__).parent / "gender_guardrails"
UNKNOWN = ("fashion", "shoes", "sports")
"""Scenarios in which nobody's gender is known."""
TAGS = {"ZH-S": "zh-Hans", "ZH-TR": "zh-Hant", "NO-NB": "nb", "EN-UK": "en-GB"}
GENDERS: Mapping[str, Agreement] = {"f": "feminine", "m": "masculine"}
WRONG = frozenset({"misgendering", "title", "agreement"})
DRAWS = 1000
SPEED_TEXT = (
    "Jackie is here. She said that Peter had kept his old coat, since the weather on the way to the harbour "
    "had been fine, and nobody in the small town expected rain that day. The shops were open until late. "
)


@dataclass(frozen=True, slots=True)
class Case:
    """A sentence about one person; ``gender`` is what its forms say, ``None`` for none."""

    lang: str
    gender: Agreement | None
    name: str
    text: str


def cases() -> list[Case]:
    """Our sentences."""
    with (HERE / "cases.tsv").open(encoding="utf-8") as file:
        rows = csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        return [Case(lang, GENDERS.get(gender), name, text) for lang, gender, name, text in rows]


def labels(case: Case, declared: Agreement | None) -> set[str]:
    """Labels of claims that count, where the person declared an agreement or nothing."""
    agreement = {} if declared is None else {case.lang: declared}
    found = check(case.text, lang=case.lang, people=[_person(case, agreement)], everyone=True)
    return counted(found)


def _person(case: Case, agreement: Mapping[str, Agreement]) -> Person:
    from tongli.knowledge.pronouns import parse_pronouns

    words = {"feminine": "she/her", "masculine": "he/him", "neutral": "they/them"}
    sets = {tag: parse_pronouns(words[gender]) for tag, gender in agreement.items() if tag == "en"}
    return Person(name=case.name, agreement=agreement, pronouns=sets)


def counted(found: Sequence[Finding]) -> set[str]:
    """Labels of claims that are not left alone."""
    return {item.claim.label or "" for item in found if not item.claim.abstained}


def outcomes(case: Case) -> dict[str, tuple[bool, bool]]:
    """Task → whether there is a claim, and whether there should be."""
    other: dict[Agreement, Agreement] = {"feminine": "masculine", "masculine": "feminine"}
    found = {"assumption": ("assumption" in labels(case, None), case.gender is not None)}
    if case.gender is None:
        found["misgendering"] = (bool(labels(case, "neutral") & WRONG), False)
    else:
        found["misgendering"] = (bool(labels(case, other[case.gender]) & WRONG), True)
        found["declared"] = (bool(labels(case, case.gender) & (WRONG | {"assumption"})), False)
    return found


def f1(pairs: Sequence[tuple[bool, bool]]) -> float:
    """Of claims, against whether there should be one."""
    right = sum(told and true for told, true in pairs)
    return 2 * right / max(1, sum(told for told, _ in pairs) + sum(true for _, true in pairs))


def interval(pairs: Sequence[tuple[bool, bool]]) -> list[float]:
    """95 % bootstrap interval of F1."""
    draw = np.random.default_rng(0)
    values = [f1([pairs[i] for i in draw.integers(0, len(pairs), len(pairs))]) for _ in range(DRAWS)]
    return [round(float(value), 4) for value in np.percentile(values, [2.5, 97.5])]


def ours() -> dict[str, Any]:
    """F1 of each task, over all sentences and by language."""
    told = [(case.lang, outcomes(case)) for case in cases()]
    result: dict[str, Any] = {"sentences": len(told)}
    for task in ("assumption", "misgendering"):
        pairs = [found[task] for _, found in told]
        langs = sorted({lang for lang, _ in told})
        result[task] = {
            "f1": round(f1(pairs), 4),
            "interval": interval(pairs),
            "by_language": {
                tag: round(f1([found[task] for lang, found in told if lang == tag]), 3) for tag in langs
            },
        }
    fine = [found["declared"][0] for _, found in told if "declared" in found]
    result["claims_on_declared_forms"] = round(sum(fine) / len(fine), 4)
    return result


def transcripts(data: Path) -> Iterator[dict[str, str]]:
    """Held-out transcripts in which nobody's gender is known."""
    with gzip.open(data / "gender-mcfm" / "transcripts.jsonl.gz", "rt", encoding="utf-8") as file:
        for line in file:
            record = json.loads(line)
            if record["scenario"] in UNKNOWN and is_held_out(record["language"], record["scenario"]):
                yield record


def is_held_out(language: str, scenario: str) -> bool:
    """Which half a transcript belongs to."""
    return hashlib.sha256(f"{language}{scenario}".encode()).digest()[0] % 2 == 1


def quiet(data: Path) -> dict[str, Any]:
    """Share of transcripts without an assumption, and the locales that have some."""
    noisy: dict[str, int] = {}
    count = 0
    for record in transcripts(data):
        count += 1
        lang = TAGS.get(record["language"], record["language"])
        if "assumption" in counted(check(record["text"], lang=lang, everyone=True)):
            noisy[record["language"]] = noisy.get(record["language"], 0) + 1
    return {"transcripts": count, "quiet": round(1 - sum(noisy.values()) / max(1, count), 4), "noisy": noisy}


def speed() -> float:
    """English words a second, with two people listed; the median of five."""
    people = [_named("Jackie", "neutral"), _named("Peter", "masculine")]
    text = SPEED_TEXT * 50
    times = []
    for _ in range(5):
        start = time.perf_counter()
        check(text, lang="en", people=people)
        times.append(time.perf_counter() - start)
    return len(text.split()) / sorted(times)[2]


def _named(name: str, gender: Agreement) -> Person:
    return _person(Case("en", None, name, ""), {"en": gender})


def main() -> None:
    parser = arguments(__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder of the data sets")
    options = parser.parse_args()
    machine = hardware()
    print(machine, flush=True)
    result = {"ours": ours(), "mcfm": quiet(options.data), "words_a_second": round(speed())}
    print(json.dumps(result, ensure_ascii=False, indent=1))
    targets = [
        Target(name="our sentences, assumption, F1", value=result["ours"]["assumption"]["f1"], limit=0.80),
        Target(
            name="our sentences, misgendering, F1", value=result["ours"]["misgendering"]["f1"], limit=0.50
        ),
        Target(name="English words a second", value=result["words_a_second"], limit=2000),
    ]
    report({"hardware": machine, **result}, targets=targets, path=options.json)


if __name__ == "__main__":
    main()
