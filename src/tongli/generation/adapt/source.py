"""A text with what several finders need of it, each part worked out when it is first asked for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Literal, Protocol

from tongli.core import Edit, Question, Span
from tongli.generation.adapt.audience import Audience
from tongli.generation.adapt.protected import Spans, asides, protected
from tongli.generation.adapt.register import ReadTokens
from tongli.generation.adapt.wordings import Wordings
from tongli.generation.facts import Fact, extract_facts
from tongli.knowledge import tags
from tongli.knowledge.catalogue import Entry, catalogue, has_claims
from tongli.knowledge.claim_matcher import Match, Matcher, apart, layer_of

HOME = frozenset({"practice", "home"})


class Judged(Protocol):
    """How an expression is meant; ``None`` when that is not clear."""

    @property
    def use(self) -> Literal["idiomatic", "literal"] | None:
        """The reading."""


class Judge(Protocol):
    """Literal or idiomatic: :meth:`tongli.empathy.figurative.Figurative.judge`."""

    def __call__(self, found: Sequence[Match], text: str, *, lang: str) -> Sequence[Judged]:
        """How each expression is meant in a text."""


@dataclass(frozen=True)
class Source:
    """A text to adapt.

    Attributes:
        text: as the writer left it.
        lang: its language; with a region, that of the writer.
        audience: who reads it.
        judge: tells literal from idiomatic; without it the writer is asked.
        wordings: for expressions, beside those of claims.
        tokens: states of an encoder, which tell who is addressed; without them the words alone do.
        original: the English text that this one translates, which tells it too.
    """

    text: str
    lang: str
    audience: Audience
    judge: Judge | None = None
    wordings: Wordings | None = None
    tokens: ReadTokens | None = None
    original: str | None = None

    @property
    def at_home(self) -> bool:
        """Whether the readers' language is that of the text."""
        return tags.same_language(tags.macrolanguage(self.lang) or self.lang, self.audience.tag)

    @property
    def target(self) -> str:
        """Locale whose formats the text is to have: the readers', as far as they write this language."""
        return self.audience.tag if self.at_home else self.locale

    @property
    def locale(self) -> str:
        """Where the text was written, or would most likely be."""
        return tags.with_region(self.lang)

    @property
    def region(self) -> str | None:
        """The writer's region, where it is known."""
        return tags.subtags(self.lang)[2]

    @cached_property
    def facts(self) -> tuple[Fact, ...]:
        """Dates, amounts, numbers and the like."""
        return extract_facts(self.text)

    @cached_property
    def protected(self) -> Spans:
        """What no edit may touch."""
        references = (fact.span for fact in self.facts if fact.kind in {"url", "email", "reference"})
        return protected(self.text) | Spans(references)

    @cached_property
    def asides(self) -> Spans:
        """What stands in parentheses."""
        return asides(self.text)

    @cached_property
    def claims(self) -> tuple[tuple[Match, Entry], ...]:
        """Claims that matter to the audience where they occur, the longest at each place."""
        if not has_claims(self.lang):
            return ()
        known, matcher = _known(tags.macrolanguage(self.lang) or self.lang, self.audience.tag)
        found = [(match, known[match.claim.id]) for match in matcher.candidates(self.text)]
        kept = apart(
            sorted(found, key=_preference),
            span=lambda each: each[0].span,
            layer=lambda each: (layer_of(each[0].claim), each[1].role in HOME),
        )
        return tuple(sorted(kept, key=lambda each: each[0].span))

    def explained(self, end: int) -> bool:
        """Whether an explanation in parentheses follows."""
        return self.text[end : end + 2].lstrip(" \u00a0")[:1] in {"(", "（"}


class Finder(Protocol):
    """Looks for one kind of thing that its readers would trip over."""

    kind: str

    def find(self, source: Source) -> Iterable[Edit | Question]:
        """Changes and questions, in any order; the planner drops those that touch what is protected."""


def capitalised(text: str, *, like: str) -> str:
    """The text with a capital where the one it stands for has one."""
    return text[:1].upper() + text[1:] if like[:1].isupper() else text


def question(span: Span, text: str, *, kind: str, source: str, options: Iterable[str] = ()) -> Question:
    """A question, its options without repetition."""
    return Question(span=span, text=text, kind=kind, source=source, options=tuple(dict.fromkeys(options)))


def _preference(found: tuple[Match, Entry]) -> tuple[int, bool]:
    (start, end), entry = found[0].span, found[1]
    return start - end, entry.role != "known"


@lru_cache(maxsize=256)
def _known(lang: str, audience: str) -> tuple[dict[str, Entry], Matcher]:
    known = dict(catalogue(lang, audience))
    return known, Matcher((entry.claim for entry in known.values()), lang=lang)
