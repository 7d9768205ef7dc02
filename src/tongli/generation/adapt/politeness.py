"""Forms of address, where another register is wished for."""

from __future__ import annotations

from collections.abc import Iterable

from tongli.core import Edit, Question
from tongli.generation.adapt import register
from tongli.generation.adapt.formulas import formula_spans
from tongli.generation.adapt.source import Source
from tongli.knowledge import tags


class Politeness:
    """Shifts pronouns, verbs and endings to the form of address wished for."""

    kind = "register"

    def find(self, source: Source) -> Iterable[Edit | Question]:
        """What :mod:`tongli.generation.adapt.register` proposes, greetings apart; nothing without a wish."""
        wanted = source.audience.address(source.lang)
        if wanted is None or not knows_register(source.lang):
            return
        shift = register.shift(
            source.text, lang=source.lang, to=wanted, tokens=source.tokens, original=source.original
        )
        set_phrases = formula_spans(source)
        yield from (edit for edit in shift.edits if edit.span not in set_phrases)
        yield from (asked for asked in shift.questions if asked.span not in set_phrases)


def knows_register(lang: str) -> bool:
    """Whether the register of a language can be changed."""
    return tags.match(lang, register.languages()) is not None
