"""Finding claims in text: an Aho-Corasick automaton over one rare literal of each form, then the whole form.

One pass over the text costs the same for ten claims and for ten thousand; only where a literal occurs is its
form looked at, backwards and forwards from there. Both ways are bounded, so the cost is linear in the text.

References:
    Aho & Corasick (1975), "Efficient string matching: an aid to bibliographic search", CACM 18(6).
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeVar

import ahocorasick

from tongli.core import Span
from tongli.core.collection import collection_paused
from tongli.core.phrases import fold
from tongli.knowledge.claim import FIGURATIVE, Claim
from tongli.knowledge.claim_files import claims
from tongli.knowledge.claim_patterns import ENDING, Choice, Form, Gap, Item, Option, Word, parse_form
from tongli.knowledge.claim_streams import Stream, is_spaced, stream, words

T = TypeVar("T")

_APART = re.compile(r"\([^()]*\)|…")
"""What parts the runs of a form of a language without blanks: groups and gaps."""
_LONG = 8
"""From this length on, a longer word is not taken to be rarer."""


@dataclass(frozen=True, slots=True)
class Match:
    """A claim found: its span in code points of the original text, and the form that found it."""

    span: Span
    claim: Claim
    form: str


@dataclass(frozen=True, slots=True)
class _Probe:
    """What to look at where ``key`` occurs: ``offset`` code points into it, and both ways from there."""

    claim: int
    form: str
    key: str
    offset: int
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class _Unread:
    """A form that is not read before ``anchor``, one of its words, occurs: most of them never are."""

    claim: int
    form: str
    key: str
    offset: int
    anchor: Word


@lru_cache(maxsize=32)
def matcher(tag: str) -> Matcher:
    """The matcher of a language or audience.

    Raises:
        InputError: ``locale.tag``, ``claims.audience``.
        ConfigError: ``claims.line``, ``claims.double``, ``claims.pattern``.
    """
    found = claims(tag).values()
    with collection_paused():
        return Matcher(found, lang=tag)


class Matcher:
    """Finds the forms of claims in texts of a language.

    Args:
        found: the claims; those without forms are left out. Of two that match the same words, the later one
            is taken, as it is the more special.
        lang: language of the texts (BCP-47).

    Raises:
        ConfigError: ``claims.pattern``.
        InputError: ``locale.tag``.
    """

    def __init__(self, found: Iterable[Claim], *, lang: str) -> None:
        self._lang = lang
        self._syntax = _Spaced() if is_spaced(lang) else _Unspaced()
        self._claims = tuple(claim for claim in found if claim.forms)
        self._read: dict[_Unread, _Probe] = {}
        self._keys: dict[str, list[_Probe | _Unread]] = {}
        forms = [(number, form) for number, claim in enumerate(self._claims) for form in claim.forms]
        anchors = _anchors if is_spaced(lang) else _runs
        plain = anchors([form for _, form in forms], lang)
        for number, source in forms:
            if source in plain:
                for key, offset in self._syntax.keys(plain[source]):
                    unread = _Unread(number, source, key, offset, plain[source])
                    self._keys.setdefault(key, []).append(unread)
        parsed = [(number, parse_form(source, lang)) for number, source in forms if source not in plain]
        rarity = _Rarity(form for _, form in parsed)
        for number, form in parsed:
            for probe in _probes(number, form, syntax=self._syntax, rarity=rarity):
                self._keys.setdefault(probe.key, []).append(probe)
        self._automaton = ahocorasick.Automaton()
        for key, probes in self._keys.items():
            self._automaton.add_word(key, probes)
        self._automaton.make_automaton()

    def find(self, text: str) -> list[Match]:
        """Matches in order. The longest wins; idioms, proverbs and slang never overlap, nor do two matches of
        any other kind. A form of address inside an idiom is still told.
        """
        preferred = sorted(self.candidates(text), key=_preference)
        best = apart(preferred, span=lambda match: match.span, layer=lambda match: layer_of(match.claim))
        return sorted(best, key=lambda match: match.span)

    def candidates(self, text: str) -> list[Match]:
        """Every form that occurs, overlapping ones too, the most special claim first."""
        if not self._keys:
            return []
        read = stream(text, self._lang)
        spans = {(span, probe.claim): probe.form for probe, span in self._hits(read)}
        ordered = sorted(spans.items(), key=lambda item: -item[0][1])
        return [Match(span, self._claims[claim], form) for (span, claim), form in ordered]

    def _hits(self, read: Stream) -> Iterator[tuple[_Probe, Span]]:
        reverse = ""
        for last, found in self._automaton.iter(read.text):
            for probe in map(self._probe, found):
                place = last + 1 - len(probe.key) + probe.offset
                after = _compiled(probe.after).match(read.text, place)
                if after is None:
                    continue
                reverse = reverse or read.text[::-1]
                before = _compiled(probe.before).match(reverse, len(reverse) - place)
                if before is None:
                    continue
                start, end = place - len(before[0]), after.end()
                if self._syntax.stands_alone(read.text, start, end):
                    yield probe, read.span(start, end)

    def _probe(self, found: _Probe | _Unread) -> _Probe:
        """The probe of a form, which is read at the first time that its anchor occurs."""
        if isinstance(found, _Probe):
            return found
        if found not in self._read:
            form = parse_form(found.form, self._lang)
            self._read[found] = _anchored(found, form, syntax=self._syntax)
        return self._read[found]


def layer_of(claim: Claim) -> str:
    """Claims of one layer compete for the same words: idioms, proverbs and slang, or those of one kind."""
    return "figurative" if claim.kind in FIGURATIVE else claim.kind


def apart(
    preferred: Sequence[T], *, span: Callable[[T], Span], layer: Callable[[T], Hashable]
) -> Iterator[T]:
    """Those that overlap none taken before them in the same layer; linear in the text.

    Args:
        preferred: in the order in which they are preferred.
        span: where each lies.
        layer: which others it competes with.
    """
    length = max((span(item)[1] for item in preferred), default=0)
    taken: dict[Hashable, bytearray] = {}
    for item in preferred:
        covered = taken.setdefault(layer(item), bytearray(length))
        start, end = span(item)
        if 1 not in covered[start:end]:
            covered[start:end] = b"\1" * (end - start)
            yield item


def _preference(match: Match) -> int:
    start, end = match.span
    return start - end


@lru_cache(maxsize=1 << 16)
def _compiled(pattern: str) -> re.Pattern[str]:
    """Compiled when its literal first occurs, which for most forms is never."""
    return re.compile(pattern)


class _Rarity:
    """How rare a literal is likely to be in text: words that few forms have, and long ones."""

    def __init__(self, forms: Iterable[Form]) -> None:
        self._seen: Counter[str] = Counter()
        for form in forms:
            options = {option for item in form.items if isinstance(item, Choice) for option in item.options}
            texts = {word.text for option in options for word in option}
            self._seen.update(texts if form.spaced else set("".join(texts)))
        self._forms = 1 + max(self._seen.values(), default=0)

    def of(self, word: Word, *, spaced: bool) -> float:
        """Higher for rarer; no unit."""
        if not spaced:
            return sum(math.log(self._forms / self._seen[char]) + 1 for char in word.text)
        known = math.log(self._forms / self._seen[word.text])
        return known + min(len(word.text), _LONG) - (2 if word.open else 0)


def _probes(number: int, form: Form, *, syntax: _Syntax, rarity: _Rarity) -> Iterator[_Probe]:
    """One probe for every key of every option of the rarest required item."""

    def rare(option: Option) -> float:
        return max(rarity.of(word, spaced=form.spaced) for word in option)

    places = [
        (min(map(rare, item.options)), index)
        for index, item in enumerate(form.items)
        if isinstance(item, Choice) and not item.optional
    ]
    index = max(places)[1]
    item = form.items[index]
    for option in item.options if isinstance(item, Choice) else ():
        at = max(range(len(option)), key=lambda place: rarity.of(option[place], spaced=form.spaced))
        before, after = _both_ways(form, index, option, at, syntax=syntax)
        for key, offset in syntax.keys(option[at]):
            yield _Probe(number, form.source, key, offset, before, after)


def _anchored(found: _Unread, form: Form, *, syntax: _Syntax) -> _Probe:
    option = (found.anchor,)
    index = next(at for at, item in enumerate(form.items) if item == Choice((option,)))
    before, after = _both_ways(form, index, option, 0, syntax=syntax)
    return _Probe(found.claim, found.form, found.key, found.offset, before, after)


def _both_ways(form: Form, index: int, option: Option, at: int, *, syntax: _Syntax) -> tuple[str, str]:
    """What stands before and after a word of an option of an item."""
    left = (*form.items[:index], Choice((option[:at],))) if at else form.items[:index]
    return syntax.before(left), syntax.after(option[at:], form.items[index + 1 :])


def _anchors(forms: Sequence[str], lang: str) -> dict[str, Word]:
    """Form → its rarest word that is always there and never changes, of forms with such a word."""
    plain = {form: [token for token in form.split() if token.isalpha()] for form in forms}
    seen = Counter(token for tokens in plain.values() for token in tokens)
    found = {}
    for form, tokens in plain.items():
        if tokens and "(" not in form:
            folded = words(min(tokens, key=lambda token: (seen[token] - min(len(token), _LONG), token)), lang)
            if len(folded) == 1:
                found[form] = Word(folded[0])
    return found


def _runs(forms: Sequence[str], lang: str) -> dict[str, Word]:  # noqa: ARG001
    """Form → its longest run of characters that are always there, of two the rarer one."""
    runs = {
        form: list(filter(None, _APART.split(form)))
        for form in forms
        if not set("|()") & set(_APART.sub("", form))
    }
    seen = Counter(run for parts in runs.values() for run in parts)
    longest = {
        form: max(parts, key=lambda run: (len(run), -seen[run])) for form, parts in runs.items() if parts
    }
    return {form: Word(folded) for form, run in longest.items() if (folded := fold(run).text)}


class _Spaced:
    """Patterns over the stream of a language with blanks: ``" i ~m over the moon . "``."""

    _WORD = r"[^ .~]+"

    def keys(self, word: Word) -> tuple[tuple[str, int], ...]:
        end = "" if word.open else " "
        return (f" {word.text}{end}", 1), (f"~{word.text}{end}", 1)

    def after(self, option: Option, items: tuple[Item, ...]) -> str:
        """From the start of the option's first word, to the blank after the last word."""
        first = self._forward((option[0],)).removeprefix("~?")
        return first + self._forward(option[1:]) + "".join(map(self._item_forward, items))

    def before(self, items: tuple[Item, ...]) -> str:
        """From the start of that word to the left, in the reversed stream."""
        return "~?" + "".join(map(self._item_backward, reversed(items))) + "(?= )"

    def stands_alone(self, text: str, start: int, end: int) -> bool:  # noqa: ARG002
        """The patterns themselves end at blanks."""
        return True

    def _item_forward(self, item: Item) -> str:
        if isinstance(item, Choice):
            return _either([self._forward(option) for option in item.options], optional=item.optional)
        joined = f"(?:~{self._WORD} ){{0,4}}?"
        return f"{joined}(?:{self._WORD} {joined}){{0,3}}?" if isinstance(item, Gap) else r"(?:\. ){0,3}"

    def _item_backward(self, item: Item) -> str:
        if isinstance(item, Choice):
            return _either([self._backward(option) for option in item.options], optional=item.optional)
        joined = f"(?: {self._WORD}~){{0,4}}?"
        return f"(?:{joined} {self._WORD}){{0,3}}?{joined}" if isinstance(item, Gap) else r"(?: \.){0,3}"

    def _forward(self, option: Option) -> str:
        return "".join(f"~?{word.text}{self._ending(word)} " for word in option)

    def _backward(self, option: Option) -> str:
        return "".join(f" {self._ending(word)}{word.text[::-1]}~?" for word in reversed(option))

    def _ending(self, word: Word) -> str:
        return f"[^ .~]{{0,{ENDING}}}" if word.open else ""


class _Unspaced:
    """Patterns over the characters of a language without blanks."""

    _GAP = "[^\n。．.!?…｡]{0,6}?"

    def keys(self, word: Word) -> tuple[tuple[str, int], ...]:
        return ((word.text, 0),)

    def after(self, option: Option, items: tuple[Item, ...]) -> str:
        return re.escape(option[0].text) + "".join(self._item(item, step=1) for item in items)

    def before(self, items: tuple[Item, ...]) -> str:
        return "".join(self._item(item, step=-1) for item in reversed(items))

    def stands_alone(self, text: str, start: int, end: int) -> bool:
        """Latin letters and digits are still words: no match begins or ends inside one."""
        cut_before = start > 0 and _is_latin(text[start - 1]) and _is_latin(text[start])
        return not cut_before and not (end < len(text) and _is_latin(text[end - 1]) and _is_latin(text[end]))

    def _item(self, item: Item, *, step: int) -> str:
        if isinstance(item, Choice):
            texts = [re.escape(option[0].text[::step]) for option in item.options]
            return _either(texts, optional=item.optional)
        return self._GAP if isinstance(item, Gap) else ""


_Syntax = _Spaced | _Unspaced


def _is_latin(char: str) -> bool:
    return char.isascii() and char.isalnum()


def _either(parts: list[str], *, optional: bool) -> str:
    return f"(?:{'|'.join(parts)}){'?' if optional else ''}"
