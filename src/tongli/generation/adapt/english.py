"""Plain wording of an English expression, put where the expression stood, in the form that it needs.

Only where a rule is sure of the grammar: what speaks of "you" or "somebody", or does not fit its place, is
left to the writer.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from tongli.core import Span
from tongli.generation.adapt.source import capitalised
from tongli.knowledge.claim_matcher import Match

_ARTICLE = re.compile(r"\b(?:an?|the) $", re.IGNORECASE)
_WORD_BEFORE = re.compile(r"([\w'’]+)[ \u00a0]+$")
_NO_OBJECT = re.compile(r"make (?:(?:very|more) )?\w+$")
"""What is made so stands in the expression that goes: to make somebody's blood boil, make angry."""
_SIMILE = re.compile(r"(?:like|as) ", re.IGNORECASE)
_ADVERB = re.compile(r"(?:ly|fast|hard|well)$")
_NEGATIONS = frozenset({"no", "not", "never", "nothing", "nobody", "without"})
_NEGATION = re.compile(r"n['’]t\b|\b(?:not|never|no|nobody|nothing|cannot)\b", re.IGNORECASE)
_NEXT = re.compile(r"[ \u00a0]+[\w'’]")
_CLAUSE_BEFORE = re.compile(r"(?:^|[.!?:;,–—\n\"“(])\s*$")
_CLAUSE_AFTER = re.compile(r"\s*(?:$|[.!?:;,–—\n\"”)])")


def fit(plain: str, match: Match, text: str) -> tuple[Span, str] | None:
    """Where plain wording goes, and in which form; ``None`` where no rule is sure."""
    start, end = match.span
    before = text[max(0, start - 40) : start]
    head = match.form.split()[0].split("|")
    if match.claim.kind == "proverb":
        return _clause(plain, match.span, text)
    if _leaves_open(plain, match, text):
        return None
    if _words("placeholders") & set(plain.lower().split()) or "…" in match.form or _NO_OBJECT.match(plain):
        return None
    if _is_verb(head):
        form = _form_of(text[start:end].split(maxsplit=1)[0].lower(), head, before=before)
        told = form and _inflected(plain, form)
        return (match.span, capitalised(told, like=text[start:end])) if told else None
    if _is_to_do(match) and plain.split(maxsplit=1)[0] not in _verbs():
        return _clause(plain, match.span, text)  # a wish takes the place of a wish, not of what is done
    return _phrase(plain, match, text, before=before)


def _leaves_open(plain: str, match: Match, text: str) -> bool:
    """Whether what stands around needs more than rules: an object (watch carefully it, write to!), or a noun
    that the expression belongs to (an eleventh-hour meeting, a top-notch team).
    """
    start, end = match.span
    last, said = plain.rpartition(" ")[2].lower(), text[start:end].rpartition(" ")[2].lower()
    prepositions, follows = _words("prepositions"), _NEXT.match(text, end) is not None
    if last in prepositions:
        return said not in prepositions
    if said in prepositions:
        return last.endswith("ly") and follows
    joined = "-" in said and ("-" not in match.form or _ARTICLE.search(text[max(0, start - 5) : start]))
    return bool(joined) and follows


def _clause(plain: str, span: Span, text: str) -> tuple[Span, str] | None:
    """A saying that stands alone."""
    start, end = span
    if not _CLAUSE_BEFORE.search(text[max(0, start - 20) : start]) or not _CLAUSE_AFTER.match(text, end):
        return None
    return span, capitalised(plain, like=text[start:end])


def _phrase(plain: str, match: Match, text: str, *, before: str) -> tuple[Span, str] | None:
    """What does not inflect; an article before it belongs to the words that go."""
    start, end = match.span
    first = plain.split(maxsplit=1)[0]
    if match.form != match.claim.forms[0] or first in _verbs() or first in _words("subjects"):
        return None
    article, own = _ARTICLE.search(before), _ARTICLE.search(f"{text[start:end].split(maxsplit=1)[0]} ")
    if article:
        start -= len(article[0])
        before = before[: article.start()]
    word = _WORD_BEFORE.search(before)
    last = word[1].lower().replace("’", "'") if word else ""
    if first in _NEGATIONS and _NEGATION.search(before):
        return None
    if _SIMILE.match(text, start) and not (last in _words("copulas") or _ADVERB.search(plain)):
        return None
    noun, is_said_of = first in {"a", "an", "the"}, not last or last in _words("copulas")
    if not is_said_of and (first == "not" or first.endswith("ing") or ((article or own) and not noun)):
        return None
    if not (article or own) and (last in _words("possessives") or (noun and not is_said_of)):
        return None
    return (start, end), capitalised(plain, like=text[start:end])


def _is_to_do(match: Match) -> bool:
    """Whether the words of an expression that does not inflect are a verb's, as its literal gloss shows."""
    meaning = match.claim.meaning
    return meaning is not None and meaning.literal.startswith("to ")


def _is_verb(options: list[str]) -> bool:
    return len(options) > 2 and any(option.endswith("ing") for option in options)


def _form_of(word: str, options: list[str], *, before: str) -> str | None:
    """Which form of a verb a word is, by its place in the list of them: base, third person, -ing, past."""
    if word not in options:
        return None
    place = options.index(word)
    if word.endswith("ing"):
        return "ing"
    if _after("perfect").search(before) and place != 1:
        return "participle"
    bare = _after("bare").search(before)
    if place == 0 and len(options) == 3 and not bare:
        return None  # hit, cut, put: the past looks the same
    if place == 0:
        return "infinitive" if bare else "base"
    return "third" if place == 1 else "past"


def _inflected(plain: str, form: str) -> str | None:
    verb, blank, rest = plain.partition(" ")
    known = _verbs().get(verb)
    found = getattr(known, form) if known else None
    return f"{found}{blank}{rest}" if found else None


@dataclass(frozen=True, slots=True)
class _Verb:
    """Forms of a verb; ``None`` where it depends on the subject."""

    infinitive: str
    base: str | None
    third: str
    ing: str
    past: str | None
    participle: str


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads((files("tongli.knowledge") / "adapt" / "english.toml").read_text("utf-8"))


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(_data()["words"][name])


@cache
def _after(name: str) -> re.Pattern[str]:
    """One of a list of words right before, at most an adverb between."""
    words = "|".join(map(re.escape, _data()["words"][name])).replace("'", "['’]")
    return re.compile(rf"(?<!\w)(?:{words})(?: \w+ly| not| never| just)? $", re.IGNORECASE)


@cache
def _verbs() -> Mapping[str, _Verb]:
    data = _data()["verbs"]
    doubled = frozenset(data["doubled"])
    found = {verb: _regular(verb, verb + verb[-1] if verb in doubled else verb) for verb in data["regular"]}
    for verb, (past, participle) in data["irregular"].items():
        usual = _regular(verb, f"{verb}{verb[-1]}" if verb in doubled else verb)
        found[verb] = _Verb(verb, verb, usual.third, usual.ing, past, participle)
    found["be"] = _Verb("be", None, "is", "being", None, "been")
    found["have"] = _Verb("have", "have", "has", "having", "had", "had")
    return found


def _regular(verb: str, stem: str) -> _Verb:
    vowel_y = verb.endswith("y") and verb[-2] not in "aeiou"
    third = (
        f"{verb[:-1]}ies" if vowel_y else f"{verb}{'es' if re.search('(?:s|x|z|ch|sh|o)$', verb) else 's'}"
    )
    past = f"{verb[:-1]}ied" if vowel_y else f"{stem}{'d' if stem.endswith('e') else 'ed'}"
    ing = f"{stem[:-1] if re.search('[^e]e$', stem) else stem}ing"
    return _Verb(verb, verb, third, ing, past, past)
