"""What people declared, house styles, and how much is known about places."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from markupsafe import Markup

from tongli.serving.studio.components.controls import joined
from tongli.serving.studio.components.table import table
from tongli.serving.studio.words import Words

_HIDDEN = frozenset({"former_names", "audiences"})
"""Fields that a list never shows."""


def profiles(people: Sequence[Mapping[str, Any]], words: Words) -> Markup:
    """A card each; the buttons ``edit`` and ``remove`` have the person's place as their key.

    Args:
        people: as :func:`tongli.applications.people.plain` tells them.
        words: the interface's language.
    """
    if not people:
        return Markup('<p class="quiet">{}</p>').format(words("people.nobody"))
    return Markup('<ul class="suggestions">{}</ul>').format(
        joined([_profile(place, person, words) for place, person in enumerate(people)])
    )


def style_list(names: Sequence[str], words: Words, *, editable: bool) -> Markup:
    """House styles by name; the buttons ``edit`` and ``remove`` have the name as their key."""
    if not names:
        return Markup('<p class="quiet">{}</p>').format(words("styles.none"))
    acts = ("edit", "remove") if editable else ()
    items = [
        Markup("<li><h3>{}</h3><p>{}</p></li>").format(
            name, joined([_act(act, name, words(f"styles.{act}")) for act in acts])
        )
        for name in names
    ]
    return Markup('<ul class="suggestions">{}</ul>').format(joined(items))


def places(names: Mapping[str, str], counts: Mapping[str, int], words: Words) -> Markup:
    """Audiences with how many claims are known of each."""
    heads = [words(f"people.{name}") for name in ("place", "tag", "claims")]
    return table(
        heads, [(name, tag, counts[tag]) for tag, name in names.items()], name=words("people.places")
    )


def _act(act: str, key: str, told: str) -> Markup:
    return Markup(
        '<button type="button" class="button" data-act="{}" data-key="{}" aria-label="{}">{}</button> '
    ).format(act, key, f"{told}: {key}", told)


def _profile(place: int, person: Mapping[str, Any], words: Words) -> Markup:
    name = person.get("name") or " ".join(str(person.get(key, "")) for key in ("given", "family"))
    rows = [
        Markup('<dt>{}</dt><dd dir="auto">{}</dd>').format(words.name("people", key), told(value))
        for key, value in person.items()
        if key != "name" and key not in _HIDDEN
    ]
    hidden = [words.name("people", key) for key in person if key in _HIDDEN]
    more = Markup('<p class="quiet">{}</p>').format(words("people.private", names=", ".join(hidden)))
    acts = [
        Markup(
            '<button type="button" class="button" data-act="{}" data-key="{}" aria-label="{}">{}</button>'
        ).format(act, place, f"{words(f'people.{act}')}: {name}", words(f"people.{act}"))
        for act in ("edit", "remove")
    ]
    return Markup('<li><h3 dir="auto">{}</h3><dl class="facts">{}</dl>{}<p class="row">{}</p></li>').format(
        name, joined(rows), more if hidden else "", joined(acts)
    )


def told(value: object) -> str:
    """A declaration in one line, with the language of each form."""
    if isinstance(value, Mapping):
        return "; ".join(f"{key}: {told(each)}" for key, each in value.items())
    if isinstance(value, list | tuple):
        return ", ".join(told(each) for each in value)
    return str(value)
