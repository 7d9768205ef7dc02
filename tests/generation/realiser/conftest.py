"""Plans for the realiser, and every reply a language can be asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import product
from typing import Any

import pytest

from tongli.core import CultureContext, Language, Message, Plan, Reading
from tongli.generation.realiser import Realiser
from tongli.knowledge.schemes import EKMAN6

Planner = Callable[..., Plan]

ACTS = {
    None: ("acknowledge", "thank", "comfort", "ask", "next_step", "close"),
    "joy": ("acknowledge", "name_feeling", "celebrate", "thank", "ask", "next_step", "close"),
    "surprise": ("acknowledge", "name_feeling", "comfort", "ask", "next_step", "close"),
}
SETBACK = ("acknowledge", "name_feeling", "take_responsibility", "comfort", "thank", "next_step", "close")
READING = Reading(message=Message(text="-"), language=Language(tag="und", score=0.0))


def make_plan(lang: str = "en", feeling: str | None = "anger", **options: Any) -> Plan:
    culture = CultureContext(
        lang=lang,
        locale=options.pop("locale", lang),
        register=options.pop("register", "neutral"),
        address=options.pop("address", "formal"),
        salutation=options.pop("salutation", ""),
    )
    options.setdefault("acts", ACTS.get(feeling, SETBACK))
    options.setdefault("max_chars", 2000)
    return Plan(culture=culture, feeling=feeling, **options)


def every_plan(lang: str, **options: Any) -> Iterator[Plan]:
    """Every feeling, none included, in every band, register and form of address."""
    dimensions = product(
        (None, *EKMAN6), (0.2, 1.0, 2.0, 3.0), ("formal", "neutral", "informal"), ("formal", "informal")
    )
    for feeling, intensity, register, address in dimensions:
        yield make_plan(lang, feeling, intensity=intensity, register=register, address=address, **options)


@pytest.fixture
def plan() -> Planner:
    return make_plan


@pytest.fixture
def plans() -> Callable[..., Iterator[Plan]]:
    return every_plan


@pytest.fixture
def write() -> Callable[..., list[str]]:
    realiser = Realiser()
    return lambda plan, n=1: [draft.text for draft in realiser.draft(plan, READING, n=n)]
