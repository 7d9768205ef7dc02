"""Open forms from a masculine and a feminine one, in the style that the writer chooses."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from tongli.core import Edit
from tongli.empathy.gender.forms import Form, like, table
from tongli.empathy.gender.german.marks import join

MARKS = ("star", "colon", "gap", "binnen-i")
STYLES = (*MARKS, "doublet", "neutral")


def open_form(form: Form, style: str) -> str | None:
    """One form for everybody; ``None`` where a mark cannot say it (Mann, Frau)."""
    masculine, feminine = form.to["masculine"], form.to["feminine"]
    if masculine == feminine:
        return masculine
    if form.kind in {"noun", "kinship"}:
        return _noun(feminine, style) if feminine.lower().endswith(("in", "innen")) else None
    low = masculine.lower(), feminine.lower()
    if low[1] == low[0] + "e":
        return join(masculine, "e", style)
    if low[0].startswith(low[1]) and len(low[0]) == len(low[1]) + 1:
        return join(feminine, masculine[len(feminine) :], style)
    return join(masculine, feminine.lower(), style)


def _noun(feminine: str, style: str) -> str:
    ending = "innen" if feminine.lower().endswith("innen") else "in"
    return join(feminine[: -len(ending)], ending, style)


def doublets(text: str, forms: Sequence[Form]) -> Iterable[Edit]:
    """Both forms in full, the feminine first: Lehrerinnen und Lehrer, die Lehrerin oder der Lehrer."""
    for phrase in _together(forms):
        start, end = phrase[0].span[0], phrase[-1].span[1]
        if not all(form.to["feminine"] for form in phrase):
            continue
        both = [_whole(text, phrase, gender) for gender in ("feminine", "masculine")]
        if both[0].lower() == both[1].lower():
            continue
        word = " und " if phrase[-1].generic else " oder "
        second = (
            both[1] if phrase[-1].kind == "noun" and len(phrase) == 1 else both[1][:1].lower() + both[1][1:]
        )
        after = like(text[start:end], both[0]) + word + second
        yield Edit(
            span=(start, end),
            before=text[start:end],
            after=after,
            kind=phrase[-1].kind,
            reason="no gender is declared",
            source="gender rules of de",
        )


def _whole(text: str, phrase: Sequence[Form], gender: str) -> str:
    parts: list[str] = []
    at = phrase[0].span[0]
    for form in phrase:
        parts += (text[at : form.span[0]], form.to[gender])
        at = form.span[1]
    return "".join(parts)


def _together(forms: Sequence[Form]) -> list[list[Form]]:
    """Forms of one phrase that stand side by side."""
    found: list[list[Form]] = []
    for form in forms:
        last = found[-1][-1] if found else None
        if (
            last is not None
            and form.phrase is not None
            and form.phrase == last.phrase
            and last.kind != "noun"
        ):
            found[-1].append(form)
        else:
            found.append([form])
    return [phrase for phrase in found if phrase[-1].kind not in {"kinship", "title"}]


def neutral_word(form: Form, before: str) -> str | None:
    """A word without gender for a group: Studierende, Lehrkräfte; ``before``: the word before it."""
    low = form.before.lower()
    for masculine, neutral in table("de", "styles")["neutral"].items():
        for plural in (masculine, masculine + "en", masculine + "n"):
            if low.endswith(plural) and form.generic:
                return like(
                    form.before,
                    low.removesuffix(plural) + _declined(neutral, before, dative=form.slot == "dat"),
                )
    return None


def _declined(word: str, before: str, *, dative: bool) -> str:
    """Participles take -n after an article and in the dative; -kräfte in the dative."""
    weak = before in {
        "die",
        "der",
        "den",
        "alle",
        "allen",
        "aller",
        "keine",
        "diese",
        "diesen",
        "dieser",
    } or before[:3] in {"mei", "dei", "sei", "ihr", "uns"}
    if word.endswith("kräfte"):
        return word + "n" if dative or before in {"den", "allen", "vielen"} else word
    return word + "n" if weak or dative else word
