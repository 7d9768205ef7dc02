"""Spanish, Italian and Portuguese verbs: the third person, which is the formal one, and the second."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from tongli.knowledge.register import table

Spell = Callable[[str, str], str]
"""Joins a stem and an ending as the language spells them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Forms:
    """Verb forms of a language.

    Attributes:
        informal: formal form → informal form, of statements and questions.
        command: formal command → informal one.
        formal: ``informal`` the other way round.
        formal_command: ``command`` the other way round.
        infinitive: form → infinitive, of regular verbs.
        indicative: formal forms of regular verbs that state, and command nothing by the table.
    """

    informal: Mapping[str, str]
    command: Mapping[str, str]
    formal: Mapping[str, str]
    formal_command: Mapping[str, str]
    infinitive: Mapping[str, str]
    indicative: frozenset[str]


def forms(lang: str, *, spell: Spell) -> Forms:
    """All forms of the verbs in the table of a language."""
    data = table(lang)
    informal: dict[str, str] = {}
    command: dict[str, str] = {}
    infinitive: dict[str, str] = {}
    indicative: set[str] = set()
    for entry in data["verbs"].split():
        verb, changed, weak = (*entry.split(":"), "", "")[:3]
        irregular = verb.endswith("!")
        verb = verb.removesuffix("!")
        stems = Stems(verb=verb, present=changed, weak=weak)
        for third, second, order in _conjugated(stems, endings=data["endings"], spell=spell):
            if order and irregular:
                continue
            informal.setdefault(third, second)
            infinitive.setdefault(third, verb)
            if order:
                command.setdefault(third, order)
            else:
                indicative.add(third)
    for third, second, order in _prefixed(data):
        informal[third] = second
        if order:
            command[third] = order
    informal = {**informal, **data["forms"]}
    command = {**command, **data["commands"]}
    formal = {second: third for third, second in reversed(informal.items())}
    orders = {order: third for third, order in reversed(command.items())}
    return Forms(
        informal=informal,
        command=command,
        formal=formal,
        formal_command=orders,
        infinitive=infinitive,
        indicative=frozenset(indicative - data["commands"].keys()),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Stems:
    """A verb with the stems that differ from its infinitive's; empty where they do not.

    Attributes:
        verb: the infinitive.
        present: of the present tense: *sient-* of "sentir".
        weak: of the past: *sint-* of "sentir".
    """

    verb: str
    present: str = ""
    weak: str = ""


def _conjugated(
    stems: Stems, *, endings: Mapping[str, Mapping[str, Mapping[str, str]]], spell: Spell
) -> Iterator[tuple[str, str, str]]:
    """Formal form, informal form and, for the subjunctive, informal command."""
    group = next((name for name in endings if stems.verb.endswith(name)), None)
    if group is None:
        return
    stem = stems.verb.removesuffix(group)
    present = stems.present or stem
    for third, second in endings[group]["present"].items():
        yield spell(present, third), spell(present, second), ""
    for third, pair in endings[group]["subjunctive"].items():
        yield spell(present, third), spell(present, pair[0]), spell(present, pair[1])
    if stems.weak:
        for third, second in endings[group]["weak"].items():
            own = stem if second.startswith("i") and not second.startswith("ie") else stems.weak
            yield spell(stems.weak, third), spell(own, second), ""
    for third, second in endings[group]["other"].items():
        yield spell(stem, third), spell(stem, second), ""


def _prefixed(data: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    """As :func:`_conjugated`, for verbs that go like a shorter one: *mantener* like *tener*."""
    for name, prefixes in data.get("prefixed", {}).items():
        for prefix in prefixes.replace("-", "").split(" "):
            for third, written in data["bases"][name].items():
                second, _, order = written.partition(" ")
                yield prefix + third, prefix + second, order and prefix + order
