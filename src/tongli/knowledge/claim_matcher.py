"""Finding claims in text: an Aho-Corasick automaton over one rare literal of each form, then the whole form.

One pass over the text costs the same for ten claims and for ten thousand; only where a literal occurs is its
form looked at, backwards and forwards from there. Both ways are bounded, so the cost is linear in the text.
Most forms hold a word that stands in each of their texts, the anchor: they are not even understood, nor rows
of tables made claims, before it occurs.

References:
    Aho & Corasick (1975), "Efficient string matching: an aid to bibliographic search", CACM 18(6).
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import TypeVar

import ahocorasick

from tongli.core import Span
from tongli.core.collection import collection_paused
from tongli.knowledge.claim import FIGURATIVE, Claim, is_lexical
from tongli.knowledge.claim_anchors import LONG, OPEN, Anchor, anchors
from tongli.knowledge.claim_files import KNOWN, claims
from tongli.knowledge.claim_patterns import ENDING, Choice, Form, Gap, Item, Option, Word, parse_form
from tongli.knowledge.claim_set import Member
from tongli.knowledge.claim_streams import Stream, is_spaced, stream

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Match:
    """A claim found: its span in code points of the original text, and the form that found it."""

    span: Span
    claim: Claim
    form: str


@dataclass(frozen=True, slots=True)
class _Probe:
    """What to look at where ``key`` occurs: ``offset`` code points into it, and both ways from there."""

    member: int
    form: str
    key: str
    offset: int
    before: str
    after: str


@dataclass(slots=True)
class _Key:
    """A literal of the automaton: its probes, and what is not read yet: expressions of members, by anchor."""

    probes: list[_Probe] = field(default_factory=list)
    unread: list[tuple[Anchor, list[tuple[int, str]]]] = field(default_factory=list)


@lru_cache(maxsize=32)
def matcher(tag: str) -> Matcher:
    """The matcher of a language or audience.

    Raises:
        InputError: ``locale.tag``, ``claims.audience``.
        ConfigError: ``claims.line``, ``claims.double``, ``claims.pattern``.
    """
    return Matcher(claims(tag).members(), lang=tag)


@lru_cache(maxsize=32)
def reader(tag: str) -> Matcher:
    """The same, which in a text of a bare language knows expressions and things of all its audiences too.

    Raises:
        InputError, ConfigError: like :func:`matcher`.
    """
    return Matcher(KNOWN.members(tag, wanted=lambda _: True, abroad=is_lexical), lang=tag)


class Matcher:
    """Finds the forms of claims in texts of a language.

    Args:
        found: the claims, or rows of tables; those without forms are left out. Of two that match the same
            words, the later one is taken, as it is the more special.
        lang: language of the texts (BCP-47).
        parse: how forms are understood; who reads them too hands over what remembers them.

    Raises:
        ConfigError: ``claims.pattern``.
        InputError: ``locale.tag``.
    """

    def __init__(
        self, found: Iterable[Member], *, lang: str, parse: Callable[[str, str], Form] = parse_form
    ) -> None:
        self._lang, self._parse = lang, parse
        self._syntax = _Spaced() if is_spaced(lang) else _Unspaced()
        self._members = tuple(found)
        self._keys: dict[str, _Key] = defaultdict(_Key)
        with collection_paused():
            self._add(self._members)
        self._automaton = ahocorasick.Automaton()
        for key, found_by in self._keys.items():
            self._automaton.add_word(key, found_by)
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
        found = {(place, probe.member): probe.form for probe, place in self._hits(read)}
        ordered = sorted(found.items(), key=lambda item: -item[0][1])
        return [
            Match(read.span(*place), claim, form)
            for (place, member), form in ordered
            if (claim := self._claim(member)) is not None
            and not (claim.kind in FIGURATIVE and read.cuts(*place))
        ]

    def _add(self, members: Sequence[Member]) -> None:
        written = [(number, text) for number, member in enumerate(members) for text in _written(member)]
        anchored = anchors([text for _, text in written], self._lang)
        unread: dict[Anchor, list[tuple[int, str]]] = defaultdict(list)
        forms: list[tuple[int, Form]] = []
        for number, text in written:
            anchor = anchored.get(text)
            if anchor is not None:
                unread[anchor].append((number, text))
            else:
                patterns = _patterns(members[number], text)
                forms += ((number, self._parse(pattern, self._lang)) for pattern in patterns)
        for anchor, expressions in unread.items():
            for word in anchor:
                for key, _ in self._syntax.keys(word):
                    self._keys[key].unread.append((anchor, expressions))
        rarity = _Rarity(form for _, form in forms)
        for number, form in forms:
            for probe in _probes(number, form, syntax=self._syntax, rarity=rarity):
                self._keys[probe.key].probes.append(probe)

    def _claim(self, number: int) -> Claim | None:
        """The claim of a member; ``None`` for a row that a claim replaces."""
        member = self._members[number]
        if isinstance(member, Claim):
            return member
        return None if member.claim.id in self._replaced else member.claim

    @cached_property
    def _replaced(self) -> frozenset[str]:
        return frozenset(member.id for member in self._members if isinstance(member, Claim))

    def _hits(self, read: Stream) -> Iterator[tuple[_Probe, Span]]:
        """Probes that match, each with its range of the stream."""
        reverse = ""
        for last, found in self._automaton.iter(read.text):
            for probe in self._read(found):
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
                    yield probe, (start, end)

    def _read(self, found: _Key) -> list[_Probe]:
        """The probes of a key; expressions anchored there are understood at its first time."""
        if found.unread:
            probes = [
                probe
                for anchor, expressions in found.unread
                for number, text in expressions
                for pattern in _patterns(self._members[number], text)
                for probe in _anchored(number, self._parse(pattern, self._lang), anchor, syntax=self._syntax)
                if self._keys.get(probe.key) is found
            ]
            # In this order: whoever looks meanwhile finds them twice rather than never.
            found.probes = [*found.probes, *probes]
            found.unread = []
        return found.probes


def _written(member: Member) -> tuple[str, ...]:
    """The expressions of a member: in shorthand those of a row, patterns those of a claim."""
    return member.forms if isinstance(member, Claim) else member.writings


def _patterns(member: Member, written: str) -> tuple[str, ...]:
    return (written,) if isinstance(member, Claim) else member.forms(written)


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
        return known + min(len(word.text), LONG) - (OPEN if word.open else 0)


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


def _anchored(number: int, form: Form, anchor: Anchor, *, syntax: _Syntax) -> Iterator[_Probe]:
    """One probe for every key of the words of an anchor."""
    wanted = {(word,) for word in anchor}
    for index, item in enumerate(form.items):
        if not isinstance(item, Choice) or item.optional or set(item.options) != wanted:
            continue
        for option in item.options:
            before, after = _both_ways(form, index, option, 0, syntax=syntax)
            for key, offset in syntax.keys(option[0]):
                yield _Probe(number, form.source, key, offset, before, after)
        return


def _both_ways(form: Form, index: int, option: Option, at: int, *, syntax: _Syntax) -> tuple[str, str]:
    """What stands before and after a word of an option of an item."""
    left = (*form.items[:index], Choice((option[:at],))) if at else form.items[:index]
    return syntax.before(left), syntax.after(option[at:], form.items[index + 1 :])


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
