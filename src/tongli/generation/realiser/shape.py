"""The one shape of every phrase file, and which pool of wordings a plan asks for."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import product
from types import MappingProxyType
from typing import get_args

from tongli.core import Plan, Register
from tongli.knowledge.needs import NEGATIVE
from tongli.knowledge.schemes import EKMAN6

BANDS = ("low", "mid", "high")
"""Intensity bands: below 1.5, below 2.5, and from 2.5 to 3."""

FAINT = 0.3
"""Intensity below which a painful feeling is named as a slight one.

Measured intensities lie near the middle: people who write that they are furious come out between 0.3 and 1.4.
A feeling that was decided must not be belittled, so the words for slight ones wait until it is surely faint.
"""

REGISTERS: tuple[Register, ...] = get_args(Register)

ACTS = (
    "acknowledge",
    "name_feeling",
    "take_responsibility",
    "condole",
    "comfort",
    "celebrate",
    "welcome",
    "thank",
    "ask",
    "next_step",
    "close",
)


def _pools() -> dict[str, int]:
    pools = {f"greeting.{register}.{who}": 1 for register, who in product(REGISTERS, ("named", "nameless"))}
    pools |= {f"acknowledge.{register}": 3 for register in REGISTERS}
    pools |= {f"reference.{kind}": 2 for kind in ("number", "link", "details")}
    pools |= {f"name_feeling.{feeling}.{band}": 3 for feeling, band in product(EKMAN6, BANDS)}
    pools |= {f"take_responsibility.{band}": 2 for band in BANDS}
    moods = ("fear", "sadness", "upset", "other")
    pools |= {f"comfort.{mood}.{force}": 2 for mood, force in product(moods, ("usual", "high"))}
    pools |= {"condole.usual": 2, "welcome.usual": 2}
    pools |= {f"celebrate.{band}": 2 for band in BANDS}
    pools |= {"thank.glad": 2, "thank.other": 3, "ask.glad": 2, "ask.other": 3}
    pools |= {"next_step.glad": 2, "next_step.look": 3, "next_step.need": 2}
    pools |= {f"close.{register}": 2 for register in REGISTERS}
    pools |= {f"signoff.{register}": 1 for register in REGISTERS}
    return pools


POOLS: Mapping[str, int] = MappingProxyType(_pools())
"""Dotted name of a pool → how many wordings it needs at least."""


def band(intensity: float) -> str:
    """The band of an intensity in 0..3."""
    return BANDS[(intensity >= 1.5) + (intensity >= 2.5)]


def pool_of(act: str, plan: Plan) -> str:
    """The pool that words an act under a plan."""
    register, level = plan.culture.register, band(plan.intensity)
    mood = "glad" if plan.feeling == "joy" else "other"
    step = {"question": "need", "inform": "look"}.get(plan.strategy, "glad" if mood == "glad" else "look")
    keys = {
        "greeting": f"{register}.{'named' if plan.culture.salutation else 'nameless'}",
        "acknowledge": register,
        "name_feeling": f"{plan.feeling}.{_named(plan, level)}",
        "take_responsibility": level,
        "condole": "usual",
        "welcome": "usual",
        "comfort": f"{_comforted(plan.feeling)}.{'high' if level == 'high' else 'usual'}",
        "celebrate": level,
        "thank": mood,
        "ask": mood,
        "next_step": step,
        "close": register,
        "signoff": register,
    }
    return f"{act}.{keys[act]}"


def _named(plan: Plan, level: str) -> str:
    """The band in which a feeling is named."""
    return "mid" if level == "low" and plan.feeling in NEGATIVE and plan.intensity >= FAINT else level


def _comforted(feeling: str | None) -> str:
    if feeling in {"anger", "disgust"}:
        return "upset"
    return feeling if feeling in ("fear", "sadness") else "other"
