"""One form of a Russian text: the other gender goes by it."""

from __future__ import annotations

from dataclasses import replace

from tongli.core import Agreement
from tongli.empathy.gender.forms import Form, Speaker, like
from tongli.empathy.gender.words import Word

GENDERS: dict[str, Agreement] = {"masc": "masculine", "femn": "feminine"}


def form_of(
    word: Word,
    after: str,
    gender: str,
    *,
    kind: str,
    slot: str | None = None,
    phrase: int | None = None,
    speaker: Speaker = "third",
    generic: bool = False,
) -> Form:
    """A form that says a gender, named as OpenCorpora does, and the word of the other one."""
    own = GENDERS[gender]
    other: Agreement = "feminine" if own == "masculine" else "masculine"
    return Form(
        span=word.span,
        before=word.text,
        to={own: word.text, other: like(word.text, after)},
        gender=own,
        kind=kind,
        slot=slot,
        phrase=phrase,
        speaker=speaker,
        generic=generic,
    )


def without_yo(form: Form) -> Form:
    """The form in a text that writes е for ё."""
    return replace(
        form, to={gender: word.replace("ё", "е").replace("Ё", "Е") for gender, word in form.to.items()}
    )
