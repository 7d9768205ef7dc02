"""Person names against CLDR's own test cases: the share that comes out exactly as expected.

    python benchmarks/person_names.py --data DATA [--misses 20] [--json out.json]

Every case is a name, a locale and one or more styles. A case counts once for each style, as in CLDR's files,
and is also counted whole, where all its styles have to be right. The naive figure writes given name and
surname with a blank between them.
"""

from __future__ import annotations

import gzip
import json
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from measurement import Target, arguments, at_least_one, hardware, report
from tongli.knowledge.person_name_format import format_name
from tongli.knowledge.person_name_table import source
from tongli.knowledge.person_names import NameFields, NameStyle

CASES = Path("cldr_person_name_tests", "dev.jsonl.gz")
WORST = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """One name in one style: what was expected, what came out, and what the naive way gives."""

    case: int
    locale: str
    style: str
    expected: str
    written: str
    naive: str

    @property
    def exact(self) -> bool:
        """Whether nothing differs."""
        return self.written == self.expected


def cases(data: Path) -> list[dict[str, Any]]:
    with gzip.open(data / CASES, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def naive(values: dict[str, str]) -> str:
    parts = (values.get("given"), values.get("surname") or values.get("surname-core"))
    return " ".join(part for part in parts if part)


def outcomes(records: Iterable[dict[str, Any]]) -> Iterator[Outcome]:
    for number, record in enumerate(records):
        values = dict(record["name"])
        name = NameFields.of(values, locale=values.pop("locale", None))
        for style in record["params"]:
            yield Outcome(
                case=number,
                locale=record["locale"],
                style=style,
                expected=record["expected"],
                written=format_name(name, record["locale"], NameStyle.parse(style)),
                naive=naive(values),
            )


def shares(found: list[Outcome]) -> dict[str, float]:
    """Locale → share of its outcomes that are exact, the worst first."""
    total = Counter(item.locale for item in found)
    exact = Counter(item.locale for item in found if item.exact)
    return dict(sorted(((tag, exact[tag] / count) for tag, count in total.items()), key=lambda pair: pair[1]))


def figures(found: list[Outcome], *, seconds: float) -> dict[str, Any]:
    whole = {item.case for item in found}
    broken = {item.case for item in found if not item.exact}
    return {
        "names": len(found),
        "exact": sum(item.exact for item in found) / len(found),
        "naive": sum(item.naive == item.expected for item in found) / len(found),
        "cases": len(whole),
        "cases_exact": 1 - len(broken) / len(whole),
        "by_locale": shares(found),
        "per_second": round(len(found) / seconds),
    }


def show(result: dict[str, Any], found: list[Outcome], *, misses: int) -> None:
    print(f"exact: {result['exact']:.2%} of {result['names']:,} names; naive {result['naive']:.2%}")
    print(f"all styles of a case: {result['cases_exact']:.2%} of {result['cases']:,} cases")
    print(f"{result['per_second']:,} names per second")
    short = {tag: share for tag, share in list(result["by_locale"].items())[:WORST] if share < 1}
    print(f"{len(result['by_locale'])} locales, not exact:", end=" ")
    print(", ".join(f"{tag} {share:.1%}" for tag, share in short.items()) or "none")
    wrong = [item for item in found if not item.exact]
    for item in wrong[:misses]:
        print(f"  {item.locale} {item.style}: {item.written} instead of {item.expected}")


def main() -> None:
    parser = arguments(__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder of the data sets")
    parser.add_argument("--misses", type=at_least_one, default=20, help="names to print that come out wrong")
    chosen = parser.parse_args()
    machine = hardware("babel", "regex")
    print(machine)
    print(f"patterns of {source()}")
    records = cases(chosen.data)
    start = time.process_time()
    found = list(outcomes(records))
    result = figures(found, seconds=time.process_time() - start)
    show(result, found, misses=chosen.misses)
    target = Target(name="person names, exact", value=result["exact"], limit=0.99)
    told = {"hardware": asdict(machine), "source": source(), **result}
    report(told, targets=[target], path=chosen.json)


if __name__ == "__main__":
    main()
