"""What a person wants forms to become, read from what they declared for a language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tongli.core import Agreement, Person, PronounSet
from tongli.empathy.gender.forms import table
from tongli.empathy.reply import declared_for

FIVE = 5
_TWO = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """Declared forms of one person in one language.

    Attributes:
        agreement: gender of what agrees; ``None`` when nothing was declared.
        pronouns: slot → form; ``None`` when unknown, empty for "no pronouns".
        fixed: whether the possessive takes no endings.
        title: what stands before the name; empty for "none", ``None`` when unknown.
    """

    agreement: Agreement | None
    pronouns: Mapping[str, str] | None
    fixed: bool = False
    title: str | None = None

    @property
    def declared(self) -> bool:
        """Whether anything is known."""
        return self.agreement is not None or self.pronouns is not None


def wishes(person: Person, lang: str, *, slots: tuple[str, ...]) -> tuple[Wish, ...]:
    """The wishes of a person for a language, one for every pronoun set, in order of preference.

    Args:
        person: who declares.
        lang: language of the text.
        slots: names of the forms of a pronoun set, in the order they are declared in.
    """
    sets = declared_for(lang, person.pronouns)
    agreement = declared_for(lang, person.agreement)
    title = declared_for(lang, person.titles)
    if not sets:
        return (Wish(agreement=agreement, pronouns=None if sets is None else {}, title=title),)
    return tuple(_wish(each, lang, slots=slots, agreement=agreement, title=title) for each in sets)


def _wish(
    declared: PronounSet, lang: str, *, slots: tuple[str, ...], agreement: Agreement | None, title: str | None
) -> Wish:
    known = table(lang, "pronouns")["sets"].get(declared.subject.casefold(), {})
    forms = declared.declared or tuple(form for form in declared.forms() if form)
    if known and len(forms) < len(slots):
        pronouns, fixed = dict(zip(slots, known["forms"], strict=False)), bool(known.get("fixed"))
    else:
        pronouns, fixed = _slots(forms, slots), len(forms) == FIVE
    return Wish(agreement=agreement or known.get("agreement"), pronouns=pronouns, fixed=fixed, title=title)


def _slots(forms: tuple[str, ...], slots: tuple[str, ...]) -> dict[str, str]:
    """Forms by slot: all of the language's, the five of English, or a subject and an object."""
    if len(forms) == FIVE:
        subject, object_, determiner = forms[:3]
    elif len(forms) == _TWO < len(slots):
        (subject, object_), determiner = forms, None
    else:
        return dict(zip(slots, forms, strict=False))
    rest = {slot: object_ for slot in slots[1:] if slot != "possessive"}
    return {slots[0]: subject, **rest} | ({"possessive": determiner} if determiner else {})
