"""A plan as plain data that a person edits, and back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any, get_args

from tongli.core import Address, InputError, Plan, Register, TongliError, shorten
from tongli.generation.channels import channel
from tongli.generation.realiser.shape import ACTS
from tongli.knowledge.needs import STRATEGIES
from tongli.knowledge.schemes import EKMAN6

SELF_DISCLOSE = "self_disclose"
"""The strategy of telling one's own experience, which only a person has."""

_CULTURE = ("locale", "register", "address", "salutation")
_STRINGS = ("keep", "avoid", "notices")
_LANGUAGE = "lang"
"""Decided before a plan is made: see :func:`edited`."""


def plan_data(plan: Plan, *, private: bool = False) -> dict[str, Any]:
    """A plan as JSON and TOML can hold it, which :func:`edited` takes back.

    Declared pronouns and agreement are not part of it: they come from the person, never from a file.

    Args:
        plan: what an answer must do.
        private: with the strings to avoid, which somebody may have left behind.
    """
    culture = plan.culture
    data: dict[str, Any] = {_LANGUAGE: culture.lang}
    data |= {key: getattr(culture, key) for key in _CULTURE}
    data |= {"acts": list(plan.acts), "feeling": plan.feeling or "none", "intensity": plan.intensity}
    data |= {"strategy": plan.strategy, "keep": list(plan.keep)}
    data |= {"avoid": list(plan.avoid)} if private else {}
    data |= {"notices": list(plan.notices), "signoff": plan.signoff, "channel": plan.channel}
    return {**data, "max_chars": plan.max_chars, "seed": plan.seed}


def edited(plan: Plan, changes: Mapping[str, Any]) -> Plan:
    """The plan with changes, each checked; what they leave out stays.

    ``lang`` is checked by whoever reads the message, since a plan is made for a language from the start.

    Raises:
        InputError: ``plan.value`` for a key that is unknown or a value of another kind. Values are told by
            their kind alone: they may be private.
    """
    culture: dict[str, Any] = {}
    own: dict[str, Any] = {}
    for key, value in changes.items():
        check = _CHECKS.get(key)
        if check is None or not check(value):
            raise _bad(f"a {shorten(key)} that is {_kind(value)}" if check else f"the key {shorten(key)}")
        if key in _CULTURE:
            culture[key] = value
        elif key != _LANGUAGE:
            own[key] = _frozen(key, value)
    return replace(plan, culture=replace(plan.culture, **culture), **own)


def is_strings(value: object) -> bool:
    """A list or tuple of strings, none empty."""
    return isinstance(value, list | tuple) and all(isinstance(item, str) and item for item in value)


def is_channel(value: object) -> bool:
    """The id of a channel, or nothing."""
    if not isinstance(value, str):
        return False
    try:
        return not value or bool(channel(value))
    except TongliError:
        return False


def is_size(value: object) -> bool:
    """A whole number of at least 1."""
    return isinstance(value, int) and not isinstance(value, bool) and value > 0


def one_of(*choices: str) -> Callable[[object], bool]:
    """A check that a value is one of some strings."""
    return lambda value: isinstance(value, str) and value in choices


def some_of(*choices: str) -> Callable[[object], bool]:
    """A check that a value is a list of some strings."""
    return lambda value: is_strings(value) and set(value) <= set(choices)  # type: ignore[call-overload]


def _is_level(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= 3


def _is_seed(value: object) -> bool:
    return value == 0 or is_size(value)


def _is_text(value: object) -> bool:
    return isinstance(value, str)


_CHECKS: Mapping[str, Callable[[object], bool]] = MappingProxyType(
    {
        _LANGUAGE: _is_text,
        "locale": _is_text,
        "register": one_of(*get_args(Register)),
        "address": one_of(*get_args(Address)),
        "salutation": _is_text,
        "acts": some_of(*ACTS),
        "feeling": one_of(*EKMAN6, "none"),
        "intensity": _is_level,
        "strategy": one_of(*STRATEGIES, SELF_DISCLOSE),
        **dict.fromkeys(_STRINGS, is_strings),
        "signoff": _is_text,
        "channel": is_channel,
        "max_chars": is_size,
        "seed": _is_seed,
    }
)


def _frozen(key: str, value: Any) -> Any:
    if key == "feeling":
        return None if value == "none" else value
    return tuple(value) if isinstance(value, list) else value


def _kind(value: object) -> str:
    names = {str: "a text", bool: "true or false", int: "a number", float: "a number", list: "a list"}
    kind = names.get(type(value), "an object")
    return f"{kind} which is not allowed there"


def _bad(received: str) -> InputError:
    return InputError(
        "plan.value",
        received=received,
        allowed=(
            f"lang and locale (tags), register ({', '.join(get_args(Register))}), address "
            f"({', '.join(get_args(Address))}), salutation and signoff (texts), acts ({', '.join(ACTS)}), "
            f"feeling ({', '.join(EKMAN6)}, none), intensity (0 to 3), strategy ({', '.join(STRATEGIES)}, "
            f"{SELF_DISCLOSE}), keep, avoid and notices (lists of strings), channel (see tongli write "
            "channels), max_chars and seed (whole numbers)"
        ),
        fix="Correct the plan, or leave out what tongli may choose.",
    )
