"""Neutral forms in the typographic style that a writer chose; what a style cannot write stays unwritten."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tongli.core import InputError
from tongli.empathy.gender.romance.lexicon import Form, Lexicon

DOUBLET, SLASH = "doublet", "slash"


def styles_of(lexicon: Lexicon) -> tuple[str, ...]:
    """Names of the styles that a language has, the usual one first."""
    usual = lexicon.data["style"]
    return (usual, *(name for name in lexicon.data["styles"] if name != usual), DOUBLET, SLASH)


def known_style(lexicon: Lexicon, style: str | None) -> str:
    """The style, or the usual one.

    Raises:
        InputError: ``gender.style``.
    """
    if style is None:
        return str(lexicon.data["style"])
    if style not in styles_of(lexicon):
        raise InputError(
            "gender.style",
            received=repr(style),
            allowed=", ".join(styles_of(lexicon)),
            fix="Choose one of the styles of this language.",
        )
    return style


def reason_of(lexicon: Lexicon, style: str) -> str:
    """What a writer should know of a style."""
    if style in {DOUBLET, SLASH}:
        return "both genders written out; people who are neither are left out"
    return str(lexicon.data["styles"][style]["reason"])


def neutral_slot(lexicon: Lexicon, form: Form, style: str) -> str | None:
    """The slot of a form in a style; ``None`` where the style has no rule for it."""
    if form.masculine == form.feminine:
        return form.masculine
    if style == DOUBLET:
        return None if "|" in form.feminine else f"{form.feminine} {lexicon.data['or']} {form.masculine}"
    if style == SLASH:
        return _slashed(form)
    table = lexicon.data["styles"][style]
    for row in table["words"]:
        masculine, feminine, neutral = row.split("/")
        if (masculine, feminine) == (form.masculine, form.feminine):
            return str(neutral)
    return _by_ending(table, form)


def _by_ending(table: Mapping[str, Any], form: Form) -> str | None:
    if "|" in form.masculine or "|" in form.feminine or " " in form.feminine:
        return None
    for row in table["endings"]:
        masculine, feminine, neutral = row.split("/")
        if form.masculine.endswith(masculine) and form.feminine.endswith(feminine):
            stem = form.masculine[: len(form.masculine) - len(masculine)]
            if len(stem) >= 2 and stem == form.feminine[: len(form.feminine) - len(feminine)]:
                return stem + str(neutral)
    return None


def _slashed(form: Form) -> str | None:
    """``médico/a``: the feminine's ending after the masculine."""
    if "|" in form.masculine or "|" in form.feminine:
        return None
    shared = 0
    for one, two in zip(form.masculine, form.feminine, strict=False):
        if one != two:
            break
        shared += 1
    if shared < 2:
        return f"{form.masculine}/{form.feminine}"
    return f"{form.masculine}/{form.feminine[shared:] or form.feminine[-1]}"
