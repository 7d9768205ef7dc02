"""What the checks of a draft catch: faults planted in good replies, and false alarms on the replies.

    python benchmarks/planted_faults.py [--misses] [--json out.json]

Forty replies in eight languages to angry, frightened, grateful and grieving messages, each judged as it is
and with twelve kinds of faults: a changed number, a made-up date, a foreign link, a reference left out,
another language, too casual for a formal plan, a gendered form that nobody declared, an insult, a
generalisation about people, words about something else, traces of a machine, the opposite of what happened.
A fault counts as caught when the draft does not pass, whichever check said so; the share that the check meant
for it caught is printed beside. All texts were written for this purpose; the words of denial and the patterns
of generalisations were developed on them.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from planted_report import measure
from tongli import Message, Tongli
from tongli.applications.verify import judge
from tongli.core import Verdict

DRAFTS = Path(__file__).parent / "planted" / "drafts.toml"
PLAN = {"register": "formal", "address": "formal"}
MEANT = {
    "number": "facts",
    "date": "facts",
    "link": "facts",
    "left out": "facts",
    "language": "language",
    "casual": "register",
    "gendered": "forms",
    "insult": "toxicity",
    "stereotype": "stereotypes",
    "away": "meaning",
    "machine": "artefact",
    "negated": "negation",
}
"""Kind of fault → the check that is there for it."""

_REFERENCE = re.compile(r"\d[\w-]*\d|\d[\w-]*-\w|\d+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A message and a draft; ``kind`` is the fault, ``None`` for a good reply."""

    lang: str
    kind: str | None
    message: str
    draft: str
    keep: tuple[str, ...]


def cases(path: Path = DRAFTS) -> Iterator[Case]:
    """Every reply as it is, and with each fault."""
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    languages = list(data)
    for lang, told in data.items():
        other = data[languages[languages.index(lang) - 1]]["replies"]
        for at, reply in enumerate(told["replies"]):
            message, draft = reply["message"], reply["draft"]
            found = _REFERENCE.search(message)
            reference = found[0] if found else ""
            faulty = _planted(draft, told=told, reply=reply, reference=reference, foreign=other[at]["draft"])
            for kind, text in ((None, draft), *faulty.items()):
                yield Case(lang=lang, kind=kind, message=message, draft=text, keep=(reference,))


def _planted(
    draft: str, *, told: Mapping[str, Any], reply: Mapping[str, Any], reference: str, foreign: str
) -> dict[str, str]:
    join = "" if told["date"].endswith("。") else " "
    wrong = reference.replace(reference[0], str((int(reference[0]) + 5) % 10), 1)
    return {
        "number": draft.replace(reference, f"{reference} / {wrong}"),
        "date": f"{draft}{join}{told['date']}",
        "link": f"{draft}{join}https://help-centre.example.org/x9",
        "left out": draft.replace(reference, ""),
        "language": foreign,
        "casual": reply["casual"],
        "gendered": reply["gendered"],
        "insult": f"{draft}{join}{told['insult']}",
        "stereotype": f"{draft}{join}{told['stereotype']}",
        "away": f"{reference}: {told['away']}",
        "negated": reply["negated"],
        "machine": f"{told['machine']}{join}{draft}",
    }


def _judged(case: Case, tongli: Tongli) -> Verdict:
    demands = {**PLAN, "keep": list(case.keep)}
    return judge(case.draft, message=Message(case.message, lang=case.lang), tongli=tongli, demands=demands)


def _failed(verdict: Verdict) -> list[str]:
    return [check.name for check in verdict.checks if check.passed is False]


def stopped(case: Case, verdict: Verdict) -> bool:  # noqa: ARG001 - as the other benchmark asks
    """The draft was refused."""
    return not verdict.passed


def meant(case: Case, verdict: Verdict) -> bool:
    """The check that is meant for the fault refused it."""
    return MEANT[case.kind or ""] in _failed(verdict)


def told(case: Case, verdict: Verdict) -> str:
    """A case with what failed."""
    failed = {check.name: check.detail for check in verdict.checks if check.passed is False}
    return f"{case.lang} {case.kind}: {case.draft} {failed}"


def main() -> None:
    """Measure and print."""
    measure(
        __doc__,
        judge=lambda tongli: [(case, _judged(case, tongli)) for case in cases()],
        stopped=stopped,
        mended=("by the check meant for it", meant),
        told=told,
    )


if __name__ == "__main__":
    main()
