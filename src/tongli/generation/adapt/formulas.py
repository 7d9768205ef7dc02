"""Opening and closing of a message: of the register wished for, and added where the medium has them."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from tongli.core import Edit, Question, Register, Span
from tongli.generation.adapt.protected import Spans
from tongli.generation.adapt.source import Source, question
from tongli.knowledge.claim_streams import is_spaced
from tongli.knowledge.language import LanguageProfile
from tongli.knowledge.locales import knows, profile

_PUNCTUATION = " ,.!:;،。！：、¡\n"
_LETTERS = frozenset({"email", "letter"})
_TAIL = 300
"""Code points of the end of a text where its closing is looked for."""

_NAME = 60
"""Longest line that may be a signature."""

_SIGNATURE = re.compile(r"[ \t]*\w[\w'’-]*(?:[ \t]\w[\w'’-]*){0,2}")


@dataclass(frozen=True, slots=True)
class _Found:
    """A formula in a text, the registers that it belongs to, and whether a name follows."""

    span: Span
    registers: frozenset[Register]
    named: bool = False


class Formulas:
    """Finds openings and closings; acts only where a register or a medium is wished for."""

    kind = "greeting"

    def find(self, source: Source) -> Iterable[Edit | Question]:
        """Replacements, insertions at both ends, and a question about a letter's closing in a chat."""
        audience = source.audience
        if (audience.register or audience.medium) is None or not knows(source.lang):
            return
        frame = _Frame.of(source)
        if audience.register is not None:
            yield from frame.shifted(audience.register)
        if audience.medium in _LETTERS:
            yield from frame.added(audience.register or frame.known.register)
        elif audience.medium == "chat":
            yield from frame.asked()


def formula_spans(source: Source) -> Spans:
    """Where the opening and the closing of a text stand, whose words mean nobody."""
    if not knows(source.lang):
        return Spans(())
    frame = _Frame.of(source)
    return Spans(item.span for item in (frame.opening, frame.closing) if item is not None)


@dataclass(frozen=True, slots=True)
class _Frame:
    """What frames a text, and how its language would."""

    source: Source
    known: LanguageProfile
    opening: _Found | None
    closing: _Found | None

    @classmethod
    def of(cls, source: Source) -> _Frame:
        known = profile(source.lang)
        return cls(source, known, _opening(source.text, known), _closing(source.text, known))

    def shifted(self, wanted: Register) -> Iterator[Edit]:
        """Formulas of that register instead of others."""
        if self.opening is not None and _wrong(self.opening, wanted):
            yield self._edit(self.opening.span, _greeting(self.known, wanted, named=self.opening.named))
        if self.closing is not None and _wrong(self.closing, wanted):
            yield self._edit(self.closing.span, self.known.closings[wanted].strip(_PUNCTUATION))

    def added(self, wanted: Register) -> Iterator[Edit]:
        """Formulas where there are none, the closing before a signature."""
        if self.opening is None:
            yield self._edit((0, 0), f"{self.known.greetings[wanted].bare}\n\n")
        if self.closing is None:
            text, closing = self.source.text.rstrip(), self.known.closings[wanted]
            last = text.rpartition("\n")[2]
            if last != text and len(last) <= _NAME and _SIGNATURE.fullmatch(last):
                start = len(text) - len(last)
                yield self._edit((start, start), f"{closing}\n")
            else:
                yield self._edit((len(text), len(text)), f"\n\n{closing}")

    def asked(self) -> Iterator[Question]:
        """Whether a closing may go."""
        if self.closing is not None:
            told = self.source.text[slice(*self.closing.span)]
            yield question(
                self.closing.span,
                f"Chats carry no closing such as “{told}”. Leave it out?",
                kind=Formulas.kind,
                source=f"profile:{self.known.tag}",
            )

    def _edit(self, span: Span, after: str) -> Edit:
        return Edit(
            span=span,
            before=self.source.text[slice(*span)],
            after=after,
            kind=Formulas.kind,
            reason=f"usual in {self.known.tag} for {self.source.audience}",
            source=f"profile:{self.known.tag}",
        )


def _wrong(found: _Found, wanted: Register) -> bool:
    """Whether a formula belongs to another register; neutral ones go with all."""
    return wanted not in found.registers and "neutral" not in found.registers


def _greeting(known: LanguageProfile, wanted: Register, *, named: bool) -> str:
    """The words of a greeting, without name and punctuation, which the text keeps."""
    greeting = known.greetings[wanted]
    before = greeting.named.partition("{name}")[0].strip(_PUNCTUATION)
    return before if named and before and is_spaced(known.tag) else greeting.bare.strip(_PUNCTUATION)


def _opening(text: str, known: LanguageProfile) -> _Found | None:
    pattern, registers = _patterns(known.tag)[0]
    match = pattern.match(text)
    if match is None:
        return None
    return _Found(
        match.span("formula"), registers[match["formula"].lower()], bool(match["name"].strip(_PUNCTUATION))
    )


def _closing(text: str, known: LanguageProfile) -> _Found | None:
    pattern, registers = _patterns(known.tag)[1]
    found = list(pattern.finditer(text, max(0, len(text.rstrip()) - _TAIL)))
    if not found:
        return None
    return _Found(found[-1].span("formula"), registers[found[-1]["formula"].lower()])


_Formulas = Mapping[str, frozenset[Register]]


@lru_cache(maxsize=64)
def _patterns(tag: str) -> tuple[tuple[re.Pattern[str], _Formulas], tuple[re.Pattern[str], _Formulas]]:
    """Pattern and registers of the openings, and of the closings, that a language knows."""
    known, extra = profile(tag), _data().get(tag, {})
    openings, closings = (
        {
            form.lower(): frozenset[Register]({register})
            for register, forms in extra.get(part, {}).items()
            for form in forms
        }
        for part in ("opening", "closing")
    )
    for register, greeting in known.greetings.items():
        for form in (greeting.named.partition("{name}")[0], greeting.bare):
            _add(openings, form, register)
    for register, form in known.closings.items():
        _add(closings, form, register)
    edge = r"(?!\w)" if is_spaced(tag) else ""
    name = r"(?P<name>[^\n.!:،。！：？?]{0,60}?)(?:[,.!:،。！：、\n–—-]|$)"
    opening = rf"\s*¡?(?P<formula>{_any(openings)}){edge}{name}"
    closing = rf"(?:^[ \t]*|(?<=[.!?] )|(?<=[。！？]))(?P<formula>{_any(closings)}){edge}[^\n]{{0,40}}$"
    return (re.compile(opening, re.IGNORECASE), openings), (
        re.compile(closing, re.IGNORECASE | re.MULTILINE),
        closings,
    )


def _add(formulas: dict[str, frozenset[Register]], form: str, register: Register) -> None:
    word = form.strip(_PUNCTUATION).lower()
    if word:
        formulas[word] = formulas.get(word, frozenset()) | {register}


def _any(formulas: Iterable[str]) -> str:
    return "|".join(map(re.escape, sorted(formulas, key=len, reverse=True)))


@cache
def _data() -> Mapping[str, Mapping[str, Mapping[Register, list[str]]]]:
    return tomllib.loads((files("tongli.knowledge") / "adapt" / "formulas.toml").read_text("utf-8"))
