"""Blind comparisons for people: two replies in random order, the key in a file of its own, and the score.

References:
    Clopper and Pearson (1934), "The use of confidence or fiducial limits illustrated in the case of the
    binomial", Biometrika 26(4).
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from random import Random
from typing import Any

from scipy.stats import binomtest  # type: ignore[import-untyped]

from tongli.core import InputError
from tongli.core.whole_file import write_whole
from tongli.learning.evaluate.markup import document
from tongli.learning.generate.replies import Reply

CHOICES = ("A", "B", "tie")
PAGE, ANSWERS = "replies.html", "answers.jsonl"

_TASK = (
    "Two replies to each message. Which would you rather get? Answer A, B or tie for every number, without "
    "asking which is from where."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """A message with two replies, in the order in which people see them.

    Attributes:
        id: of the message.
        message: what is answered.
        a, b: the replies.
        first_is_a: whether reply A is of the first model.
    """

    id: str
    message: str
    a: str
    b: str
    first_is_a: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """What people preferred.

    Attributes:
        wins, losses, ties: of the first model.
        rate: wins of wins and losses, nan without any.
        low, high: its 95 % interval of Clopper and Pearson.
        p: of no preference, two-sided exact binomial test.
        missing: comparisons that nobody answered.
    """

    wins: int
    losses: int
    ties: int
    rate: float
    low: float
    high: float
    p: float
    missing: int


def pair_up(first: Sequence[Reply], second: Sequence[Reply], *, seed: int) -> list[Comparison]:
    """Comparisons of the messages that both answered with different texts, shuffled.

    Raises:
        InputError: ``generate.compare`` without any, or when one id has two messages.
    """
    others = {one.id: one for one in second}
    chance = Random(seed)  # noqa: S311 - repeatable
    found = []
    for one in first:
        other = others.get(one.id)
        if other is None or not one.text or not other.text or one.text == other.text:
            continue
        if one.message != other.message:
            raise _no_pairs(f"two messages under the id {one.id}")
        texts = (one.text, other.text)
        first_is_a = chance.random() < 0.5
        a, b = texts if first_is_a else texts[::-1]
        found.append(Comparison(id=one.id, message=one.message, a=a, b=b, first_is_a=first_is_a))
    if not found:
        raise _no_pairs("files without a message that both answer, differently")
    chance.shuffle(found)
    return found


def save_comparisons(
    comparisons: Sequence[Comparison], *, folder: Path, key: Path, models: tuple[str, str]
) -> None:
    """Write ``replies.html``, to read, and ``answers.jsonl``, to fill in; and the key, which nobody may see.

    A line of answers has ``id``, ``message``, ``a``, ``b`` and ``choice``, still empty.

    Raises:
        OSError: cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    write_whole(folder / PAGE, _page(comparisons).encode())
    write_whole(folder / ANSWERS, _jsonl(comparisons).encode())
    sides = {one.id: "A" if one.first_is_a else "B" for one in comparisons}
    told = {"first": models[0], "second": models[1], "first_is": sides}
    write_whole(key, (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode())


def score_answers(answers: Path, *, key: Path) -> Score:
    """What people preferred; several answers to one message count each.

    Args:
        answers: JSON lines with ``id`` and ``choice`` (A, B, tie, or empty for none yet).
        key: as written beside the comparisons.

    Raises:
        InputError: ``generate.answers``.
    """
    sides = _key(key)
    counts: Counter[str] = Counter()
    answered = set()
    for number, (identity, choice) in enumerate(_answers(answers), start=1):
        if identity not in sides:
            raise _bad(f"{answers.name}: answer {number} is to a message that is not in {key.name}")
        if choice:
            answered.add(identity)
            counts["ties" if choice == "tie" else "wins" if choice == sides[identity] else "losses"] += 1
    return _score(counts, missing=len(sides) - len(answered))


def _score(counts: Mapping[str, int], *, missing: int) -> Score:
    wins, losses = counts.get("wins", 0), counts.get("losses", 0)
    if not wins + losses:
        nan = float("nan")
        rate, low, high, p = nan, nan, nan, nan
    else:
        test = binomtest(wins, wins + losses)
        interval = test.proportion_ci(method="exact")
        rate, low, high, p = wins / (wins + losses), interval.low, interval.high, test.pvalue
    return Score(
        wins=wins,
        losses=losses,
        ties=counts.get("ties", 0),
        rate=float(rate),
        low=float(low),
        high=float(high),
        p=float(p),
        missing=missing,
    )


def _jsonl(comparisons: Sequence[Comparison]) -> str:
    return "".join(
        json.dumps(
            {"id": one.id, "message": one.message, "a": one.a, "b": one.b, "choice": ""}, ensure_ascii=False
        )
        + "\n"
        for one in comparisons
    )


def _page(comparisons: Sequence[Comparison]) -> str:
    parts = [f"<p>{escape(_TASK)}</p>"]
    for number, one in enumerate(comparisons, start=1):
        parts.append(
            f"<section><h2>{number} <small>({escape(one.id)})</small></h2>"
            f'<blockquote dir="auto">{escape(one.message)}</blockquote>'
            f'<h3>A</h3><p dir="auto">{escape(one.a)}</p>'
            f'<h3>B</h3><p dir="auto">{escape(one.b)}</p></section>'
        )
    return document("Which reply is better?", "".join(parts))


def _key(path: Path) -> Mapping[str, str]:
    try:
        found: Any = json.loads(path.read_text(encoding="utf-8"))["first_is"]
    except (OSError, ValueError, KeyError, TypeError) as broken:
        raise _bad(f"{path.name}: {type(broken).__name__}") from broken
    if not isinstance(found, dict) or not set(found.values()) <= {"A", "B"}:
        raise _bad(f"{path.name}, which is no key")
    return found


def _answers(path: Path) -> list[tuple[str, str]]:
    try:
        lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
        found = [(str(line["id"]), str(line.get("choice") or "").strip()) for line in lines]
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as broken:
        raise _bad(f"{path.name}: {type(broken).__name__}") from broken
    wrong = [choice for _, choice in found if choice not in ("", *CHOICES)]
    if wrong:
        raise _bad(f"{path.name}: {len(wrong)} choices of another kind")
    return found


def _bad(received: str) -> InputError:
    return InputError(
        "generate.answers",
        received=received,
        allowed='JSON lines with "id" and "choice" (A, B or tie), and the key of these comparisons',
        fix="Correct the file, or name the key that was written with it.",
    )


def _no_pairs(received: str) -> InputError:
    return InputError(
        "generate.compare",
        received=received,
        allowed="replies of two models to the same dialogues",
        fix="Write both with `tongli learn generate write` from one file.",
    )
