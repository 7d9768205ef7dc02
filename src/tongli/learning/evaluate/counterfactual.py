"""Sentences that differ in a name or in pronouns only, written for this project in twelve languages.

A language is one file in ``counterfactuals/``: pronoun sets, and four templates for each of six feelings and
for a neutral message. In a template ``{name}`` is the name, ``{subj}``, ``{obj}`` and ``{det}`` are forms of
the set, and ``[a|b|c]`` has one form for each set in order; a set beyond the last form is left out of the
template, where its agreement is not settled. Names come from many languages, in every script, and are crossed
with the sets, so that no name goes with a gender.

References:
    Kiritchenko and Mohammad (2018), "Examining gender and race bias in 200 sentiment systems".
    Garg et al. (2019), "Counterfactual fairness in text classification through robustness", AIES.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal

import regex

Axis = Literal["name", "pronouns"]

LANGUAGES = ("ar", "de", "en", "es", "fr", "hi", "it", "ja", "pt", "ru", "tr", "zh")

_AGREEMENT = regex.compile(r"\[([^\[\]]*)\]")
_FOLDER = files("tongli.learning.evaluate").joinpath("counterfactuals")


@dataclass(frozen=True, slots=True, kw_only=True)
class Variant:
    """One sentence of the set.

    Attributes:
        text: the sentence.
        lang: its language.
        template: id of its template; variants of one template and axis differ in nothing but the choice.
        feeling: ekman6 label that it was written to express, or ``neutral``.
        axis: what is swapped.
        choice: the name in Latin script, or the pronoun set.
        kind: for pronouns the sort of set, the same in all languages: ``feminine``, ``masculine``,
            ``neutral``, ``neopronoun``, ``it`` or ``name``; otherwise the choice.
    """

    text: str
    lang: str
    template: str
    feeling: str
    axis: Axis
    choice: str
    kind: str


@cache
def variants() -> tuple[Variant, ...]:
    """The whole set: each template with every name, and with every pronoun set that it offers."""
    found: list[Variant] = []
    names = _names()
    for lang in LANGUAGES:
        data = _data(lang)
        for number, (feeling, template) in enumerate(_templates(data)):
            found += _of_template(data, template, feeling=feeling, number=number, names=names)
    return tuple(found)


@cache
def given_names() -> Mapping[str, tuple[str, ...]]:
    """Script → given names of many languages, the same in every script; none goes with a gender."""
    names = _names()
    scripts = [key for key in names[0] if key != "used_in"]
    return {script: tuple(name[script] for name in names) for script in scripts}


@cache
def subject_pronouns(lang: str) -> Mapping[str, str]:
    """Kind of a pronoun set → its subject form, of sets that have one; empty beyond the languages."""
    if lang not in LANGUAGES:
        return {}
    found: dict[str, str] = {}
    for chosen in _data(lang)["sets"]:
        form = chosen["forms"].get("subj", "")
        if form and "{" not in form:
            found.setdefault(chosen["kind"], form)
    return found


def fill(template: str, *, name: str, forms: Mapping[str, str], column: int) -> str | None:
    """A template with a name and the set in ``column``; ``None`` when it offers no form for that set."""
    columns = [match[1].split("|") for match in _AGREEMENT.finditer(template)]
    if any(column >= len(found) for found in columns):
        return None
    text = _AGREEMENT.sub(lambda match: match[1].split("|")[column], template)
    for slot, form in forms.items():
        text = text.replace(f"{{{slot}}}", form)
    return text.replace("{name}", name)


def _names() -> list[dict[str, str]]:
    return list(json.loads(_FOLDER.joinpath("names.json").read_text(encoding="utf-8")))


def _data(lang: str) -> dict[str, Any]:
    return dict(json.loads(_FOLDER.joinpath(f"{lang}.json").read_text(encoding="utf-8")))


def _templates(data: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for feeling, templates in data["templates"].items():
        for template in templates:
            yield feeling, template


def _of_template(
    data: Mapping[str, Any], template: str, *, feeling: str, number: int, names: list[dict[str, str]]
) -> Iterator[Variant]:
    """Every name with one set and every set with one name; which one rotates from template to template."""

    def text(name: Mapping[str, str], column: int) -> str | None:
        forms = data["sets"][column]["forms"]
        return fill(template, name=name[data["script"]], forms=forms, column=column)

    def variant(found: str, axis: Axis, choice: str, kind: str) -> Variant:
        where = f"{data['lang']}-{number + 1}"
        return Variant(
            text=found,
            lang=data["lang"],
            template=where,
            feeling=feeling,
            axis=axis,
            choice=choice,
            kind=kind,
        )

    offered = [column for column in range(len(data["sets"])) if text(names[0], column) is not None]
    for name in names:
        found = text(name, offered[number % len(offered)])
        yield variant(found or "", "name", name["Latn"], name["Latn"])
    by_set = {column: text(names[number % len(names)], column) or "" for column in offered}
    if len(set(by_set.values())) > 1:
        for column, found in by_set.items():
            chosen = data["sets"][column]
            yield variant(found, "pronouns", chosen["name"], chosen["kind"])
