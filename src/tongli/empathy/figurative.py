"""Literal or idiomatic: whether an expression means its words where it stands.

What an encoder makes of the expression in its text, and of the expression alone, goes into a logistic
regression, with how near the two are, how near the expression is to what stands around it, and whether it is
written as a name. It was fitted on sentences written for it in the languages of the claims
(``benchmarks/figurative``) and works across them: a language left out is told nearly as well.

References:
    Fazly, Cook & Stevenson (2009), "Unsupervised type and token identification of idiomatic expressions",
    Computational Linguistics 35(1).
    Shwartz & Dagan (2019), "Still a Pain in the Neck: Evaluating Text Representations on Lexical
    Composition", TACL 7.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Literal

import numpy as np

from tongli.core import FloatArray, Span, Tokens
from tongli.knowledge import tags
from tongli.knowledge.claim_matcher import Match

ReadTokens = Callable[[Sequence[str]], Sequence[Tokens]]
"""States of every token: :meth:`tongli.encoders.text.TextEncoder.tokens`."""
Use = Literal["idiomatic", "literal"]
Why = Literal["alone", "language", "model", "unsure"]

_CAPITAL_NOUNS = frozenset({"de", "lb"})
_WORD = re.compile(r"\w+")
_OPEN = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """An expression in its text.

    Attributes:
        text: the text, best its sentence or two.
        span: of the expression, in code points.
        lang: of the text (BCP-47).
    """

    text: str
    span: Span
    lang: str

    @property
    def words(self) -> str:
        """The expression as it stands there, in small letters."""
        return self.text[slice(*self.span)].lower()

    @property
    def rest(self) -> str:
        """The text without it."""
        start, end = self.span
        return f"{self.text[:start]} {self.text[end:]}"

    @property
    def language(self) -> str:
        """The language without region and script."""
        return tags.primary(self.lang)


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """How an expression is meant.

    Attributes:
        use: ``None`` when abstained.
        score: P(idiomatic), for text in which two of three such expressions are.
        why: of an abstention: ``alone``, there is nothing around it; ``language``, nothing was fitted for it;
            ``model``, the weights belong to another encoder; ``unsure``, the score is too near to one half.
    """

    use: Use | None
    score: float
    why: Why | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Fitted:
    """A logistic regression over :func:`features`.

    Attributes:
        weights: ``(2 * hidden + 3,)``.
        bias: with the share of idiomatic uses that is expected.
        margin: it abstains where P is nearer to one half.
        encoder: id of the layers whose states it reads.
        languages: those it was fitted for.
    """

    weights: FloatArray
    bias: float
    margin: float
    encoder: str
    languages: frozenset[str]

    def scores(self, table: FloatArray) -> FloatArray:
        """P(idiomatic) of each row of ``(places, 2 * hidden + 3)``."""
        return np.asarray(1 / (1 + np.exp(-(table @ self.weights + self.bias))), np.float32)


class Figurative:
    """Decides how expressions are meant.

    Args:
        tokens: states of the encoder that the weights were fitted on.
        fitted: other weights; those that ship if ``None``.
    """

    def __init__(self, tokens: ReadTokens, *, fitted: Fitted | None = None) -> None:
        self._tokens = tokens
        self._given = fitted

    @property
    def _fitted(self) -> Fitted:
        """Read at the first use, so that the constructor is cheap."""
        return self._given or shipped()

    def judge(self, found: Sequence[Match], text: str, *, lang: str) -> list[Decision]:
        """How each match is meant; without context where its claim says that only one reading is possible."""
        two = [bool(match.claim.meaning and match.claim.meaning.literal_use_possible) for match in found]
        places = [
            Place(text=text, span=match.span, lang=lang)
            for match, open_ in zip(found, two, strict=True)
            if open_
        ]
        decided = iter(self.decide(places))
        return [next(decided) if open_ else Decision(use="idiomatic", score=1.0) for open_ in two]

    def decide(self, places: Sequence[Place]) -> list[Decision]:
        """How each expression is meant."""
        languages, margin = self._fitted.languages, self._fitted.margin
        scores = iter(self._scores([item for item in places if item.language in languages]))
        return [
            _decision(item, next(scores), margin=margin)
            if item.language in languages
            else Decision(use=None, score=_OPEN, why="language")
            for item in places
        ]

    def _scores(self, places: Sequence[Place]) -> Sequence[float | None]:
        """P(idiomatic) of each place, ``None`` where the states are another encoder's."""
        if not places:
            return []
        tokens = read(places, self._tokens)
        if any(item.encoder != self._fitted.encoder for item in tokens.values()):
            return [None] * len(places)
        found: list[float | None] = self._fitted.scores(features(places, tokens)).tolist()
        return found


@lru_cache(maxsize=1)
def shipped() -> Fitted:
    """What ships with the embedded encoder."""
    data = tomllib.loads((files(__package__) / "figurative.toml").read_text(encoding="utf-8"))
    with (files(__package__) / "figurative.npz").open("rb") as file, np.load(file) as arrays:
        weights = arrays["weights"]
    return Fitted(
        weights=weights,
        bias=data["bias"],
        margin=data["margin"],
        encoder=data["encoder"],
        languages=frozenset(data["languages"]),
    )


def read(places: Sequence[Place], tokens: ReadTokens) -> dict[str, Tokens]:
    """Tokens of every text and of every expression alone; each different one is read once."""
    texts = list(dict.fromkeys(text for item in places for text in (item.text, item.words)))
    return dict(zip(texts, tokens(texts), strict=True))


def features(places: Sequence[Place], tokens: dict[str, Tokens]) -> FloatArray:
    """``(places, 2 * hidden + 3)``: what the regression reads of each place.

    Mean states of the expression's tokens in the text and alone; the cosine of the two; that of the
    expression and what stands around it; 1 if it is written as a name. States that are missing are zeros.

    Args:
        places: at least one.
        tokens: what :func:`read` gives for them.
    """
    return np.stack([_row(item, tokens[item.text], tokens[item.words]) for item in places])


def _row(item: Place, text: Tokens, words: Tokens) -> FloatArray:
    start, end = item.span
    inside = np.array([low < end and start < high for low, high in text.spans], bool)
    here, around, alone = _mean(text.states[inside]), _mean(text.states[~inside]), _mean(words.states)
    told = (_cosine(here, alone), _cosine(here, around), float(_is_name(item)))
    return np.concatenate([here, alone, np.array(told, np.float32)])


def _mean(states: FloatArray) -> FloatArray:
    total: FloatArray = states.sum(axis=0) / max(1, len(states))
    return total


def _cosine(left: FloatArray, right: FloatArray) -> float:
    return float(left @ right / max(float(np.linalg.norm(left) * np.linalg.norm(right)), 1e-6))


def _is_name(item: Place) -> bool:
    """Its last word starts with a capital, in a language that does not write common nouns so."""
    found = _WORD.findall(item.text[slice(*item.span)])
    return bool(found) and found[-1][0].isupper() and item.language not in _CAPITAL_NOUNS


def _decision(item: Place, score: float | None, *, margin: float) -> Decision:
    if score is None:
        return Decision(use=None, score=_OPEN, why="model")
    if not _WORD.search(item.rest):
        return Decision(use=None, score=score, why="alone")
    if abs(score - _OPEN) < margin:
        return Decision(use=None, score=score, why="unsure")
    return Decision(use="idiomatic" if score >= _OPEN else "literal", score=score)
