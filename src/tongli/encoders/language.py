"""In which language a text is written: declared, or identified with a calibrated score and abstention."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import regex
from babel.core import get_global

from tongli.core import InputError, Language, Settings
from tongli.encoders import common_words, ngrams, scripts
from tongli.encoders.prose import words_to_read
from tongli.encoders.segment import sentences
from tongli.knowledge import courtesies, tags

THRESHOLD = 0.7
"""Below this probability the identifier abstains."""

_NOTHING = 0.2
"""Below this probability not even a guess is given."""

_LEAST = 1e-7
"""Probability that n-grams leave to any language."""

_NOT_COUNTED = 1e-3
"""The same of languages whose n-grams nobody counted (Makhuwa, Sundanese, Twi), which words alone tell."""

_READ = 5000
"""Code points that are read; more do not change the decision."""

_SCALE = (0.123, 0.82, 0.205)
"""Intercept and weights of log-odds and log-length, from ``benchmarks/language_calibration.py``."""

_SCRIPT_SCORE = {"am": 0.97, "ti": 0.97}
"""How often the script alone is right, where that is not 99 %."""

_LONG_ENOUGH = 25
"""Code points of a sentence that is judged on its own."""

_COURTESY = 0.95
"""Score of the language of a phrase of courtesy: a rule's, not measured."""

_SURE = 0.9
_WORTH_NAMING = 0.1

_NOT_LATIN = regex.compile(r"[[\p{L}\p{M}]--[\p{Latin}\p{Inherited}\p{Common}]]+", regex.V1)
_LATIN = regex.compile(r"[\p{Latin}\p{Inherited}'’-]+")


@dataclass(frozen=True, slots=True)
class Guess:
    """The most likely language before calibration.

    Attributes:
        tag: BCP-47 tag; ``zxx`` for text that is no language.
        confidence: the model's own, in 0..1; ``None`` when the script alone decided.
        length: code points that were read.
    """

    tag: str
    confidence: float | None
    length: int

    @property
    def score(self) -> float:
        """Probability that the tag is right: Platt scaling, with the length as a second feature."""
        if self.confidence is None:
            # A few Han characters may as well be Japanese.
            few = self.length < 5 and self.tag.startswith("zh")
            return 0.6 if few else _SCRIPT_SCORE.get(self.tag, 0.99)
        bounded = min(max(self.confidence, 1e-6), 1 - 1e-6)
        intercept, slope, by_length = _SCALE
        odds = intercept + slope * math.log(bounded / (1 - bounded)) + by_length * math.log(self.length)
        return 1 / (1 + math.exp(-odds))


def guess(words: str) -> Guess:
    """The most likely language of text that holds at least one letter."""
    if not words.isascii():
        by_script = scripts.shares(words)
        decided = scripts.decide(words, by_script)
        if decided is not None:
            return Guess(decided, None, len(words))
        # Names and loan words in another script mislead the model.
        words = (_NOT_LATIN if next(iter(by_script)) == "Latin" else _LATIN).sub(" ", words).strip()
    tag, confidence = _most_likely(words)
    return Guess(tag, confidence, len(words))


def _most_likely(words: str) -> tuple[str, float]:
    """By n-grams and by common words, with its share of the probability of all languages."""
    by_words = common_words.load().evidence(words.lower().split())
    shares = dict.fromkeys(by_words, _NOT_COUNTED)
    shares |= {
        tag: max(share, _LEAST) for tag, share in _model().rank(words) if share > _LEAST or tag in by_words
    }
    odds = {tag: math.log(share) + by_words.get(tag, 0.0) for tag, share in shares.items()}
    best = max(odds, key=odds.__getitem__)
    return _usual(best), 1 / math.fsum(math.exp(value - odds[best]) for value in odds.values())


@cache
def _usual(label: str) -> str:
    """The canonical tag of a model's label: Tagalog is ``fil``, Twi ``ak``."""
    return tags.fallbacks(label)[0]


def identify(text: str, *, declared: str | None = None) -> Language:
    """The language of a text.

    Links, addresses, mentions, hashtags and mark-up are not read. A declared tag wins over everything.

    Args:
        text: any string.
        declared: BCP-47 tag that a person gave; ``und`` counts as not given.

    Returns:
        A tag with a calibrated probability. Without any letters, or when nothing is likely, the tag is
        ``und``. Chinese is ``zh`` (simplified) or ``zh-Hant``. ``others`` lists further languages that hold
        whole sentences.

    Raises:
        InputError: ``input.lang`` for a declared tag that names no language.

    Examples:
        >>> identify("Muchas gracias por todo, de verdad.").tag
        'es'
        >>> identify("", declared="PT-br").tag
        'pt-BR'
        >>> identify("👍 42").tag
        'und'
    """
    if declared is not None:
        tag = canonical(declared)
        if tag != "und":
            return Language(tag=tag, score=1.0, declared=True)
    words = words_to_read(text[:_READ])
    if not words:
        return Language(tag="und", score=0.0, abstained=True)
    told = courtesies.language_of(words)
    if told is not None:
        return Language(tag=told, score=_COURTESY)
    found = guess(words)
    if found.score < _NOTHING or found.tag == "zxx":
        return Language(tag="und", score=0.0, abstained=True)
    return Language(
        tag=found.tag,
        score=found.score,
        abstained=found.score < THRESHOLD,
        others=_others(text[:_READ], found.tag) if len(words) >= 2 * _LONG_ENOUGH else (),
    )


def identify_many(texts: Sequence[str], *, declared: Sequence[str | None] | None = None) -> list[Language]:
    """:func:`identify` for each text, in order."""
    given = declared or [None] * len(texts)
    return [identify(text, declared=tag) for text, tag in zip(texts, given, strict=True)]


def canonical(tag: str) -> str:
    """A declared tag in its canonical form: ``iw_il`` is ``he-IL``, ``zh-hant-tw`` is ``zh-Hant-TW``.

    Raises:
        InputError: ``input.lang`` when it is not BCP-47 or names no known language.
    """
    try:
        found = tags.fallbacks(tag)[0]
    except InputError as error:
        raise _nonsense(tag) from error
    if found != "und" and found.split("-")[0] not in _known():
        raise _nonsense(tag)
    return found


def load() -> None:
    """Read the model now rather than at the first text."""
    _model()
    common_words.load()


@cache
def _model() -> ngrams.Model:
    return ngrams.load(Settings.from_env().cache)


@cache
def _known() -> frozenset[str]:
    """Language subtags that CLDR knows: about 8,000."""
    return frozenset(key.split("_")[0] for key in get_global("likely_subtags"))


def _nonsense(tag: str) -> InputError:
    return InputError(
        "input.lang",
        received=f"a tag of {len(tag)} characters that names no language",
        allowed="a BCP-47 tag such as en, pt-BR, zh-Hant",
        fix="Correct the tag, or leave it out to have the language identified.",
    )


def _others(text: str, main: str) -> tuple[tuple[str, float], ...]:
    """Other languages that hold whole sentences, with their share of the letters, largest first."""
    spans = sentences(text)
    if len(spans) < 2:
        return ()
    letters: Counter[str] = Counter()
    for start, end in spans:
        words = words_to_read(text[start:end])
        found = guess(words) if len(words) >= _LONG_ENOUGH else None
        letters[found.tag if found and found.score >= _SURE else main] += len(words)
    total = sum(letters.values())
    shares = ((tag, round(count / total, 3)) for tag, count in letters.most_common() if tag != main)
    return tuple((tag, share) for tag, share in shares if share >= _WORTH_NAMING)
