"""The prompts, as versioned files: a released file never changes, a better prompt gets the next number.

A message always travels as data: as one JSON string for large models (nothing in it can close the string),
as a turn of its own for small ones.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from tongli.core import Check, Plan, Verdict
from tongli.core.text import clean

CHAT = "chat.v1"
SMALL = "small.v1"
WRITE = "write.v1"
VOICE = "voice.v1"
REPAIR = "repair.v1"
SMALL_REPAIR = "small_repair.v1"
_DEMANDS = "checks.v1"
_THOUGHT = re.compile(r"<think>.*?</think>", re.DOTALL)
_FENCE = re.compile(r"^```(?:json)?\s*\n(.*)\n```$", re.DOTALL)
_WRAPPER = re.compile(r'\{\s*"reply"\s*:')
_LONGEST_CHAT, _LONGEST_SMALL = 20_000, 3_000

Turn = dict[str, str]
"""``{"role": …, "content": …}`` of the chat protocol."""

_SMALL_FEELINGS = {"anger": "anger", "disgust": "anger", "sadness": "sadness", "fear": "fear", "joy": "joy"}


@cache
def load(name: str) -> str:
    """The text of a prompt file, without its extension; raises ``FileNotFoundError`` for an unknown name."""
    return (files("tongli.generation.engines") / "prompts" / f"{name}.txt").read_text(encoding="utf-8")


def chat(plan: Plan, message: str) -> list[Turn]:
    """Turns for an instruction-following model: our rules, then one JSON object of plan and message.

    Left out on purpose: ``plan.avoid`` (it may hold names a person never wants to see spread) and
    ``plan.pronouns`` (a reply speaks to its reader, not about them). The checks see both.
    """
    request = {"plan": _plan(plan), "message": clean(message)[0][:_LONGEST_CHAT]}
    return [
        {"role": "system", "content": load(CHAT)},
        {"role": "user", "content": json.dumps(request, ensure_ascii=False)},
    ]


def small(plan: Plan, message: str) -> list[Turn]:
    """Turns for a very small English model: two authored examples that fit the feeling, then the message."""
    prompt = _small()
    turns = [{"role": "system", "content": prompt.system}]
    for asked, answered in prompt.examples[_SMALL_FEELINGS.get(plan.feeling or "", "calm")]:
        turns += [{"role": "user", "content": asked}, {"role": "assistant", "content": answered}]
    return [*turns, {"role": "user", "content": " ".join(clean(message)[0][:_LONGEST_SMALL].split())}]


def task(name: str, request: Mapping[str, object]) -> list[Turn]:
    """Turns for a task of its own: the rules of prompt ``name``, then one JSON object."""
    told = json.dumps(request, ensure_ascii=False, default=str)
    return [{"role": "system", "content": load(name)}, {"role": "user", "content": clean(told)[0]}]


def repair(turns: Sequence[Turn], failed: Verdict) -> list[Turn]:
    """The turns of a draft, the draft, and what was wrong with it.

    A check's finding quotes the draft alone; strings to avoid are never named, since ``avoid`` counts them.
    """
    wrong = failed.failed
    request = {
        "failed": [{"check": check.name, "found": check.detail} for check in wrong],
        "checks": {check.name: _demand(check) for check in wrong},
    }
    return [
        *turns,
        {"role": "assistant", "content": json.dumps({"reply": failed.draft.text}, ensure_ascii=False)},
        {"role": "user", "content": f"{load(REPAIR)}\n{json.dumps(request, ensure_ascii=False)}"},
    ]


def small_repair(turns: Sequence[Turn], failed: Verdict) -> list[Turn]:
    """The same for a very small model: the first thing that was wrong, in one sentence."""
    demand = load(SMALL_REPAIR).strip().format(demand=_demand(failed.failed[0]))
    return [
        *turns,
        {"role": "assistant", "content": failed.draft.text},
        {"role": "user", "content": demand},
    ]


def _demand(check: Check) -> str:
    return _demands().get(check.name, "Correct what the check found.")


@cache
def _demands() -> dict[str, str]:
    text = (files("tongli.generation.engines") / "prompts" / f"{_DEMANDS}.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def reply_of(content: str) -> str:
    """The reply that a model answered, out of its JSON wrapper if it has one, also amid other words."""
    content = _THOUGHT.sub("", content).strip()
    fenced = _FENCE.match(content)
    content = fenced[1].strip() if fenced else content
    start = _WRAPPER.search(content)
    try:
        wrapped = json.JSONDecoder().raw_decode(content, start.start())[0] if start else json.loads(content)
    except (ValueError, RecursionError):
        return content
    reply = wrapped.get("reply") if isinstance(wrapped, dict) else None
    return reply.strip() if isinstance(reply, str) else ""


@cache
def sentences() -> frozenset[str]:
    """Every line of every prompt that a draft could parrot, in lower case."""
    small_lines = [turn for pairs in _small().examples.values() for pair in pairs for turn in pair]
    lines = [*load(CHAT).splitlines(), _small().system, *small_lines]
    return frozenset(line.strip().lower() for line in lines if len(line.split()) >= 6)


@dataclass(frozen=True, slots=True)
class _Small:
    system: str
    examples: dict[str, list[tuple[str, str]]]


@cache
def _small() -> _Small:
    head, *sections = load(SMALL).split("\n[")
    examples: dict[str, list[tuple[str, str]]] = {}
    for section in sections:
        feeling, _, body = section.partition("]\n")
        lines = [line[2:] for line in body.splitlines() if line]
        examples[feeling] = list(zip(lines[::2], lines[1::2], strict=True))
    return _Small(head.strip(), examples)


def _plan(plan: Plan) -> dict[str, object]:
    return {
        "lang": plan.culture.lang,
        "locale": plan.culture.locale,
        "register": plan.culture.register,
        "address": plan.culture.address,
        "salutation": plan.culture.salutation,
        "acts": list(plan.acts),
        "feeling": plan.feeling,
        "intensity": round(plan.intensity, 1),
        "strategy": plan.strategy,
        "agreement": plan.agreement,
        "keep": list(plan.keep),
        "max_chars": plan.max_chars,
    }
