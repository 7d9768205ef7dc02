"""From formal to informal address and back, as edits that a writer can take or leave."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from types import MappingProxyType
from typing import Literal, NamedTuple, cast

from tongli.core import Edit, InputError, Question, Span
from tongli.generation.adapt.register.draft import Draft, ReadTokens

Register = Literal["formal", "informal"]

MODULES: Mapping[str, str] = MappingProxyType(
    {
        "de": "german",
        "es": "spanish",
        "fr": "french",
        "hi": "hindi",
        "it": "italian",
        "ja": "japanese",
        "ko": "korean",
        "nl": "dutch",
        "pt": "portuguese",
        "vi": "vietnamese",
    }
)
"""Language → module with ``to_formal`` and ``to_informal``."""

_OTHERS: tuple[tuple[Register, Register], ...] = (("informal", "formal"), ("formal", "informal"))


@dataclass(frozen=True, slots=True)
class Shift:
    """What to change so that a text addresses its reader in another register.

    Attributes:
        edits: in the order of the text; all that no edit covers stays letter for letter.
        questions: forms whose reading the text does not settle; left as they are.
    """

    edits: tuple[Edit, ...] = ()
    questions: tuple[Question, ...] = ()


class Form(NamedTuple):
    """Words of a text that address its reader.

    Attributes:
        span: code points.
        kind: ``pronoun``, ``possessive``, ``verb``, ``particle`` or ``level``.
        register: that they belong to.
    """

    span: Span
    kind: str
    register: Register


def languages() -> tuple[str, ...]:
    """Languages whose forms of address are known."""
    return tuple(MODULES)


def shift(
    text: str, *, lang: str, to: Register, tokens: ReadTokens | None = None, original: str | None = None
) -> Shift:
    """The edits that make the address of a text formal or informal.

    Pronouns, possessives, reflexives and the verbs that agree with them change, in Japanese and Korean the
    speech level, in Vietnamese the polite particles. Forms that may mean somebody else are decided by
    evidence in the text, or left to a question.

    Args:
        text: of any length; empty gives no edits.
        lang: BCP-47 tag; ``es-MX`` is served by ``es``.
        to: the register wanted.
        tokens: states of an encoder, which help to tell "you have" from "she has" in Spanish, Italian and
            Portuguese; asked for only where such forms are. Without them the words alone tell.
        original: the English text that this one translates, which helps to tell the same.

    Raises:
        InputError: ``register.language`` for a language without forms of address here,
            ``register.direction`` for anything but ``formal`` and ``informal``.

    >>> [edit.after for edit in shift("Haben Sie Ihren Schlüssel?", lang="de", to="informal").edits]
    ['Hast', 'du', 'deinen']
    """
    if to not in ("formal", "informal"):
        raise InputError(
            "register.direction",
            received=repr(to),
            allowed="formal, informal",
            fix="Name the register that the text is to have.",
        )
    english = Draft(original, tokens=tokens) if original else None
    draft = Draft(text, tokens=tokens, original=english if english and english.words else None)
    _rules(lang, to)(draft)
    return Shift(edits=draft.edits(), questions=draft.questions())


def forms(text: str, *, lang: str) -> tuple[Form, ...]:
    """The formal and the informal forms of address in a text: what :func:`shift` would change, either way.

    Args:
        text, lang: as in :func:`shift`, without an encoder.

    Raises:
        InputError: ``register.language``.

    >>> [(form.kind, form.register) for form in forms("Kannst du das?", lang="de")]
    [('verb', 'informal'), ('pronoun', 'informal')]
    """
    found: list[Form] = []
    draft = Draft(text)
    for to, register in _OTHERS:
        _rules(lang, to)(draft)
        found += (Form(span, kind, register) for span, kind in draft.changes())
        draft = draft.fresh()
    return tuple(found)


@cache
def _rules(lang: str, to: Register) -> Callable[[Draft], None]:
    name = MODULES.get(lang.replace("_", "-").partition("-")[0].lower())
    if name is None:
        raise InputError(
            "register.language",
            received=repr(lang),
            allowed=", ".join(MODULES),
            fix="Choose one of these languages, or leave texts in other languages as they are.",
        )
    module = import_module(f"{__package__}.{name}")
    return cast("Callable[[Draft], None]", getattr(module, f"to_{to}"))
