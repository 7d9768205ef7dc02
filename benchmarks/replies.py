"""Replies to two hundred messages in twenty languages: what is kept, what is handed to a person, how fast.

    python benchmarks/replies.py [--engine realiser] [--misses] [--json out.json]

Ten messages a language: anger, fear, grief, thanks, a question, a refund, somebody with declared forms, a
link, a surprise, and plain talk of suicide, which a person must always see. All were written for this
purpose. Facts are compared apart from the checks that the replies passed: no number, date, amount, link or
reference of a reply may be unknown to its message; what the plan keeps must stand in it letter for letter.
Times are of one call after another, the second time round: the first loads wordings and reference replies.
"""

from __future__ import annotations

import time
import tomllib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from measurement import Target, arguments, hardware, percentile, report
from tongli import Message, Tongli
from tongli.applications.people import person_from
from tongli.core import Response
from tongli.encoders.language import identify
from tongli.generation.facts import extract_facts
from tongli.generation.verify.forms import wrong_address, wrong_agreement
from tongli.generation.verify.subject import Subject

MESSAGES = Path(__file__).parent / "replies" / "messages.toml"
P95_MS = 60.0
_RISK = "risk"


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A message, its kind, and its language as it was written."""

    kind: str
    lang: str
    message: Message


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A reply and how long it took, in milliseconds."""

    case: Case
    response: Response
    milliseconds: float


def cases(path: Path = MESSAGES) -> Iterator[Case]:
    """Every message, from its declared author."""
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    kinds = data.pop("kinds")
    for lang, told in data.items():
        people = [person_from(person) for person in told["people"]]
        for at, (kind, text) in enumerate(zip(kinds, told["texts"], strict=True)):
            message = Message(text, author=people[at % len(people)], id=f"{lang}-{kind}")
            yield Case(kind=kind, lang=lang, message=message)


def answers(tongli: Tongli, chosen: Sequence[Case]) -> list[Answer]:
    """A reply to each message, in order."""
    found = []
    for case in chosen:
        start = time.perf_counter()
        response = tongli.respond(case.message, evidence=False)
        found.append(Answer(case=case, response=response, milliseconds=1000 * (time.perf_counter() - start)))
    return found


def accounted(answer: Answer) -> bool:
    """The reply passed every check, or a person is asked."""
    response = answer.response
    return response.needs_person or (response.verdict is not None and response.verdict.passed)


def facts_kept(answer: Answer) -> bool:
    """What the plan keeps stands in the reply, and every fact of the reply comes from the message."""
    response, message = answer.response, answer.case.message
    known = {fact.value for fact in extract_facts(message.text)}
    own = {fact.value for fact in extract_facts(response.text)}
    kept = all(item in response.text for item in response.plan.keep)
    name = message.author.name or ""
    return kept and own <= known and response.plan.culture.salutation in (response.text if name else "")


def forms_kept(answer: Answer) -> bool:
    """No form of address or agreement but the declared ones, where the language's lists can tell."""
    response = answer.response
    assert response.verdict is not None
    subject = Subject(
        draft=response.verdict.draft, plan=response.plan, reading=response.reading, reader=Tongli()
    )
    return not wrong_address(subject) and not wrong_agreement(subject)


def language_kept(answer: Answer) -> bool:
    """The reply is in the language that its message was written in."""
    text = answer.response.text
    return answer.response.lang.split("-")[0] == answer.case.lang == identify(text).tag.split("-")[0]


def main() -> None:
    """Measure and print."""
    parser = arguments(__doc__)
    parser.add_argument("--engine", default="realiser")
    parser.add_argument("--misses", action="store_true", help="print replies that are not as they should be")
    chosen = parser.parse_args()
    machine = hardware()
    print(machine)
    tongli = Tongli(engine=chosen.engine).load()
    every = list(cases())
    answers(tongli, every)
    found = answers(tongli, every)
    replied = [answer for answer in found if answer.response.text]
    sent = [answer for answer in replied if not answer.response.needs_person]
    risks = [answer for answer in found if answer.case.kind == _RISK]
    calm = [answer for answer in found if answer.case.kind != _RISK]
    handed = [answer for answer in calm if answer.response.needs_person]
    tests: dict[str, tuple[Callable[[Answer], bool], list[Answer]]] = {
        "passes, or goes to a person": (accounted, found),
        "numbers, names, links kept": (facts_kept, replied),
        "forms as declared": (forms_kept, replied),
        "language of the message": (language_kept, sent),
        "risk goes to a person": (lambda answer: answer.response.needs_person, risks),
    }
    targets = []
    for name, (test, judged) in tests.items():
        held = [test(answer) for answer in judged]
        if chosen.misses:
            _print_misses(name, [answer for answer, good in zip(judged, held, strict=True) if not good])
        targets.append(Target(name=f"{name} ({len(judged)})", value=float(np.mean(held)), limit=1.0))
    milliseconds = [answer.milliseconds for answer in found]
    print(f"\nhanded to a person without a risk: {len(handed)} of {len(calm)}")
    print(f"  by kind: {dict(Counter(answer.case.kind for answer in handed))}")
    print(f"  by language: {dict(Counter(answer.case.lang for answer in handed))}")
    if chosen.misses:
        _print_misses("handed over", handed)
    print(f"ms a reply: p50 {percentile(milliseconds, 0.5):.0f}, p95 {percentile(milliseconds, 0.95):.0f}")
    targets.append(Target(name="p95 ms", value=percentile(milliseconds, 0.95), limit=P95_MS, better="lower"))
    report({"hardware": machine, "replies": len(found)}, targets=targets, path=chosen.json)


def _print_misses(name: str, missed: Sequence[Answer]) -> None:
    for answer in missed:
        failed = {
            check.name: check.detail for verdict in answer.response.alternatives for check in verdict.failed
        }
        print(f"{name}: {answer.case.message.id}: {answer.response.text!r} {failed} {answer.response.notes}")


if __name__ == "__main__":
    main()
