"""Neutral forms in the typographic style that a writer chose; what a style cannot write stays unwritten."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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
    if style == SLASH:
        return _slashed(form)
    table = lexicon.data["styles"][style]
    for row in table["words"]:
        masculine, feminine, neutral = row.split("/")
        if (masculine, feminine) == (form.masculine, form.feminine):
            return str(neutral)
    return _by_ending(table, form)


def doublets(lexicon: Lexicon, forms: Mapping[int, Form]) -> dict[int, str]:
    """Both genders of each stretch of words: ``las alumnas y los alumnos``; place → slot.

    The first word of a stretch takes the whole feminine one and the link; the others become masculine.
    """
    slots = {at: form.masculine for at, form in forms.items()}
    for at, form in forms.items():
        if at - 1 in forms:
            continue
        run = [form]
        while at + len(run) in forms:
            run.append(forms[at + len(run)])
        link = lexicon.data["and" if form.number == "p" else "or"]
        if any(item.masculine != item.feminine for item in run):
            feminine = _joined(lexicon, [item.feminine for item in run])
            masculine = _joined(lexicon, [item.masculine for item in run])
            rest = _joined(lexicon, [item.masculine for item in run[1:]])
            slots[at] = f"{feminine} {link} {masculine.removesuffix(rest).rstrip()}"
    return slots


def _joined(lexicon: Lexicon, slots: Sequence[str]) -> str:
    text = ""
    for slot in reversed(slots):
        word = lexicon.spelling(slot, text)
        text = f"{word}{'' if word.endswith(chr(39)) or not text else ' '}{text}"
    return text


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
