"""What the checks of a translation catch: faults planted in good translations, and false alarms on these.

    python benchmarks/planted_translations.py [--misses] [--json out.json]

Five English sentences in seven languages, each as a good translation and with ten kinds of faults: another
number, another name, a mark that is not the source's (placeholder, tag, link, hashtag), a date made up, a
half left out, the source itself, the translation of something else, the opposite of what is said, a gender
that the source or its author says otherwise, a reader addressed casually where formal is asked for. A draft
goes the way of an engine's: a fault counts as caught when a person must look, or the fault was mended; a good
translation that is held back or changed is a false alarm. All texts were written for this purpose.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from planted_report import measure
from tongli import Message, Tongli
from tongli.core import Draft, Person, Provenance, TranslationBrief
from tongli.generation.translate import Translation

TEXTS = Path(__file__).parent / "planted" / "translations.toml"
WRITTEN = ("negated", "gendered", "casual")
"""Kinds of faults that no rule can plant."""

_STRANGER = "Kira Vale"
_HALF = {"ja": "。", "zh": "；"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A source and a translation; ``kind`` is the fault, ``None`` for a good one."""

    lang: str
    kind: str | None
    source: Mapping[str, Any]
    draft: str


class Given:
    """An engine that has one draft for one text, and no second one after it failed."""

    name = "given"
    follows = True

    def __init__(self, text: str, draft: str) -> None:
        self._text, self._draft = text, draft

    def pairs(self) -> None:
        """No promise."""

    def translate(
        self,
        texts: Sequence[str],
        *,
        source: str,
        target: str,
        n: int = 1,
        brief: TranslationBrief | None = None,
    ) -> list[list[Draft]]:
        """The draft, the first time."""
        del source, n
        draft = Draft(text=self._draft, lang=target, provenance=Provenance(engine=self.name))
        failed = brief is not None and bool(brief.failed)
        return [[draft] if text == self._text and not failed else [] for text in texts]


def cases(path: Path = TEXTS) -> Iterator[Case]:
    """Every translation as it is, and with each fault."""
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    sources = data.pop("sources")
    for lang, told in data.items():
        for at, (source, own) in enumerate(zip(sources, told, strict=True)):
            faulty = _planted(own["good"], source, lang=lang, other=told[at - 1]["good"])
            faulty |= {kind: own[kind] for kind in WRITTEN if kind in own}
            for kind, draft in ((None, own["good"]), *faulty.items()):
                yield Case(lang=lang, kind=kind, source=source, draft=draft)


def _planted(good: str, source: Mapping[str, Any], *, lang: str, other: str) -> dict[str, str]:
    name = {"name": good.replace(source["name"], _STRANGER)} if "name" in source else {}
    first, _, rest = good.partition(_HALF.get(lang, ";"))
    cut = first if rest else good[: len(good) // 2]
    return name | {
        "number": good.replace(*source["number"], 1),
        "mark": good.replace(*source["mark"], 1),
        "made up": f"{good} (14.03.2031)",
        "left out": cut,
        "untranslated": source["text"],
        "away": other,
    }


def translated(case: Case, tongli: Tongli) -> Translation:
    """What comes out when an engine hands in the draft, the reader to be addressed formally."""
    name = case.source.get("name")
    mentioned = (Person(name=name),) if name else ()
    message = Message(case.source["text"], lang="en", mentioned=mentioned)
    brief = TranslationBrief(address="formal", agreement=case.source.get("author"))
    return tongli.translate([message], case.lang, Given(message.text, case.draft), briefs=[brief])[0]


def stopped(case: Case, found: Translation) -> bool:
    """The draft did not go out as it was."""
    return found.needs_person or found.text != case.draft


def mended(case: Case, found: Translation) -> bool:
    """It went out, in better words."""
    return stopped(case, found) and not found.needs_person


def told(case: Case, found: Translation) -> str:
    """A case with what failed."""
    checks = found.verdict.checks if found.verdict else ()
    failed = {check.name: check.detail for check in checks if check.passed is False}
    return f"{case.lang} {case.kind}: {case.draft} → {found.text} {failed}"


def main() -> None:
    """Measure and print."""
    measure(
        __doc__,
        judge=lambda tongli: [(case, translated(case, tongli)) for case in cases()],
        stopped=stopped,
        mended=("of these mended", mended),
        told=told,
    )


if __name__ == "__main__":
    main()
