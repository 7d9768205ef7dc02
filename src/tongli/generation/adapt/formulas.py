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
        known = profile(source.lang)
        opening, closing = _opening(source.text, known), _closing(source.text, known)
        if audience.register is not None:
            yield from self._shifted(source, known, opening, closing, wanted=audience.register)
        if audience.medium in _LETTERS:
            yield from self._added(source, known, opening, closing)
        elif audience.medium == "chat" and closing is not None:
            told = source.text[slice(*closing.span)]
            yield question(
                closing.span,
                f"Chats carry no closing such as “{told}”. Leave it out?",
                kind=self.kind,
                source=f"profile:{known.tag}",
            )

    def _shifted(
        self,
        source: Source,
        known: LanguageProfile,
        opening: _Found | None,
        closing: _Found | None,
        *,
        wanted: Register,
    ) -> Iterator[Edit]:
        if opening is not None and _wrong(opening, wanted):
            yield self._edit(source, opening.span, _greeting(known, wanted, named=opening.named), known)
        if closing is not None and _wrong(closing, wanted):
            yield self._edit(source, closing.span, known.closings[wanted].strip(_PUNCTUATION), known)

    def _added(
        self, source: Source, known: LanguageProfile, opening: _Found | None, closing: _Found | None
    ) -> Iterator[Edit]:
        wanted = source.audience.register or known.register
        if opening is None:
            yield self._edit(source, (0, 0), f"{known.greetings[wanted].bare}\n\n", known)
        if closing is None:
            end = len(source.text.rstrip())
            signature = re.search(r"\n[ \t]*(?=(?:\w[\w'’-]*[ \t]?){1,3}$)", source.text[:end])
            if signature is not None:
                yield self._edit(source, (signature.end(),) * 2, f"{known.closings[wanted]}\n", known)
            else:
                yield self._edit(source, (end, end), f"\n\n{known.closings[wanted]}", known)

    def _edit(self, source: Source, span: Span, after: str, known: LanguageProfile) -> Edit:
        return Edit(
            span=span,
            before=source.text[slice(*span)],
            after=after,
            kind=self.kind,
            reason=f"usual in {known.tag} for {source.audience}",
            source=f"profile:{known.tag}",
        )


def formula_spans(source: Source) -> Spans:
    """Where the opening and the closing of a text stand, whose words mean nobody."""
    if not knows(source.lang):
        return Spans(())
    known = profile(source.lang)
    found = (_opening(source.text, known), _closing(source.text, known))
    return Spans(item.span for item in found if item is not None)


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
