"""Checks of the surface: what a translation keeps as it is, its language, its length, what is left."""

from __future__ import annotations

import math
import re

from tongli.core import Check, Span
from tongli.generation.facts import Fact, extract_facts, fold
from tongli.generation.protected import marks
from tongli.generation.translate.pair import Pair, table
from tongli.generation.translate.quantities import NUMBER, quantities
from tongli.generation.verify.language import judged
from tongli.generation.verify.names import has_word
from tongli.generation.verify.subject import quote

_NUMBER = re.compile(NUMBER)
_COUNTED = re.compile(r"[0-9]+-[a-z]+|[0-9]+(?:-[0-9]+)+")
"""What reads as a reference but is a number: 281-store, 5-0-0."""
_SPELLED = 12
_BRACKETS = "<{[%"
_EXACT = frozenset(("url", "email", "reference"))
_BOUND, _SLACK = 0.8, 12
"""Log-ratio to the expected length allowed, and how much more where a source has one character."""
_UNKNOWN = 0.2
"""Share of words without a translation from which a draft is no translation."""
_COPIED = 3
"""Words from which a sentence that comes back as it was has not been translated: names and commands may."""
_CLOSE = tuple(map(frozenset, (("da", "nb", "nn", "no"), ("bs", "hr", "sr"), ("id", "ms"), ("cs", "sk"))))
"""Languages that have whole sentences in common."""
_AGAIN = 4
_WORD = re.compile(r"\w+")
_LOOP = re.compile(rf"(\S.{{1,40}}?)(?:\s*\1){{{_AGAIN - 1},}}", re.DOTALL)


def facts(pair: Pair) -> Check:
    """Numbers, dates, amounts, links and references are in both texts, none made up.

    A number up to twelve may be a word in the other text, so it is missed only where another one is made up;
    of dates, only the first of a month is a word ("le premier mai").
    """
    missing, spelled = _unmatched(pair.before, pair.after)
    missing += [fact for fact in spelled if fact.kind == "date" and not fact.value.endswith("-01")]
    added, written = _unmatched(pair.after, pair.before)
    if spelled and written:
        missing, added = [*missing, *spelled], [*added, *written]
    complaints = [f"missing: {quote(pair.before, [fact.span for fact in missing])}"] if missing else []
    complaints += [f"not in the source: {quote(pair.after, [fact.span for fact in added])}"] if added else []
    return Check(
        name="facts",
        passed=not complaints,
        detail="; ".join(complaints) or "all kept, none made up",
        evidence=tuple(fact.span for fact in added),
    )


def markup(pair: Pair) -> Check:
    """Placeholders, tags, user names and hashtags are there exactly, each as often as in the source."""
    before, after = marks(pair.before), marks(pair.after)
    lost = [mark for mark, times in before.items() if pair.after.count(mark) < times]
    made = [mark for mark in after if mark[0] in _BRACKETS and after[mark] > before[mark]]
    complaints = [f"missing: {', '.join(lost)}"] if lost else []
    complaints += [f"not in the source: {', '.join(made)}"] if made else []
    return Check(
        name="markup", passed=not complaints, detail="; ".join(complaints) or f"{before.total()} kept"
    )


def names(pair: Pair) -> Check:
    """Names of declared people that the source has are in the translation; other scripts respell them."""
    message = pair.source.message
    people = (message.author, message.audience, *message.mentioned)
    known = {name for person in people for name in (person.given, person.family) if name}
    known |= {person.name for person in people if person.name and not (person.given or person.family)}
    said = sorted(name for name in known if has_word(pair.before, name))
    if not said or not _same_script(said, pair.after):
        return Check(name="names", passed=None, detail="no declared name in a script that both share")
    missing = [name for name in said if not has_word(pair.after, name)]
    detail = f"missing: {', '.join(missing)}" if missing else f"{len(said)} kept"
    return Check(name="names", passed=not missing, detail=detail)


def language(pair: Pair) -> Check:
    """The draft is in the language asked for."""
    return judged(pair.encoded.language, wanted=pair.target)


def length(pair: Pair) -> Check:
    """The draft is about as long as translations between the two languages are."""
    ratios = table("length")["ratio"]
    here, there = (ratios.get(lang, 1.1) for lang in pair.langs)
    before, after = len(pair.before.strip()), len(pair.after.strip())
    if not after:
        return Check(name="length", passed=False, detail="an empty draft", score=0.0)
    off = math.log(after / before / (there / here))
    bound = _BOUND + _SLACK / before
    return Check(
        name="length",
        passed=abs(off) <= bound,
        detail=f"{math.exp(off):.2f} times the usual length (within {math.exp(bound):.1f} times)",
        score=off,
    )


def whole(pair: Pair) -> Check:
    """Hardly a word is left untranslated, no sentence comes back as it was, nothing is said over and over."""
    if _is_copied(pair):
        return Check(name="whole", passed=False, detail="the source, not translated")
    loop = _LOOP.search(pair.after)
    if loop is not None and _LOOP.search(pair.before) is None:
        detail = f"says again and again: {quote(pair.after, [loop.span(1)])}"
        return Check(name="whole", passed=False, detail=detail, evidence=(loop.span(),))
    left = [word for word in pair.draft.unknown if not _is_name(word)]
    share = len(left) / max(1, len(_WORD.findall(pair.before)))
    detail = f"without a translation: {', '.join(left[:8])}" if left else "every word has a translation"
    return Check(name="whole", passed=share < _UNKNOWN, detail=detail, score=share)


def _is_copied(pair: Pair) -> bool:
    """Whether the draft is the source, letter for letter, though that is a sentence of another language."""
    before, after = (" ".join(text.split()).casefold() for text in (pair.before, pair.after))
    own, wanted = pair.langs
    if before != after or own in (wanted, "und") or any({own, wanted} <= close for close in _CLOSE):
        return False
    words = [word for word in pair.before.split() if word[:1].islower()]
    return before.endswith((".", "!", "?", "…")) and len(words) >= _COPIED - 1 < len(pair.before.split())


def terms(pair: Pair) -> Check:
    """Terms of the brief are translated as it says, in whatever inflection."""
    missing = [f"{source} → {target}" for source, target in pair.brief.terms if not uses(pair.after, target)]
    if not pair.brief.terms:
        return Check(name="terms", passed=None, detail="no term in the source")
    detail = f"missing: {', '.join(missing)}" if missing else f"{len(pair.brief.terms)} used"
    return Check(name="terms", passed=not missing, detail=detail)


def uses(text: str, term: str) -> bool:
    """Whether a text has a term in some inflection: each of its words with the same beginning, in order."""
    words = [word.lower() for word in _WORD.findall(term)]
    if not words:
        return term in text
    if any("\u2e80" <= char <= "\ud7ff" for char in term):
        return term in text
    stems = (rf"\b\w{{0,2}}{re.escape(word[: _stem(word)])}\w{{0,4}}" for word in words)
    return re.search(r"\W+(?:\w+\W+)?".join(stems), text.lower()) is not None


def _stem(word: str) -> int:
    """How many letters of a word its inflections share: all of short ones, about two thirds of long ones."""
    return len(word) if len(word) <= 3 else max(3, len(word) - max(1, len(word) // 3))


def _unmatched(text: str, other: str) -> tuple[list[Fact], list[Fact]]:
    """Facts of a text that the other one does not have: those that count, and small numbers."""
    values, numbers = {fact.value for fact in extract_facts(other)}, quantities(other)
    lost: list[Fact] = []
    small: list[Fact] = []
    for fact in extract_facts(text):
        if fact.value in values or (fact.kind in _EXACT and not _COUNTED.fullmatch(fact.text)):
            if fact.value not in values and fact.text not in other:
                lost.append(fact)
            continue
        own = [match.span() for match in _NUMBER.finditer(fold(fact.text))]
        gone = [span for span in own if quantities(_with_scale(text, fact, span)).isdisjoint(numbers)]
        if gone:
            (small if all(_is_small(fact.text[slice(*span)]) for span in gone) else lost).append(fact)
    return lost, small


def _with_scale(text: str, fact: Fact, span: Span) -> str:
    """A number of a fact with what stands behind it, where a scale word may be."""
    start, end = fact.span[0] + span[0], fact.span[0] + span[1]
    behind = text[end : end + 16]
    digit = re.search(r"\d", fold(behind))
    return text[start:end] + (behind[: digit.start()] if digit else behind)


def _is_small(number: str) -> bool:
    digits = fold(number)
    return digits.isdecimal() and int(digits) <= _SPELLED


def _same_script(names: list[str], text: str) -> bool:
    latin = [bool(re.search("[A-Za-z]", each)) for each in ("".join(names), text)]
    return latin[0] and latin[1]


def _is_name(word: str) -> bool:
    return word[:1].isupper()
