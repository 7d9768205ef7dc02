"""Literal or idiomatic: whether an expression means its words where it stands, judged by what is around it.

Words that are meant fit their sentence; words of an idiom do not. So the expression, its first and its last
word, and (where a claim gives them) its sense and its literal gloss are compared with the sentence without
it. A calibrated logistic regression weighs these similarities, and whether the expression is written as a
name. It was fitted on sentences written for it, in en, pt, es and de (``benchmarks/figurative``).

References:
    Fazly, Cook & Stevenson (2009), "Unsupervised type and token identification of idiomatic expressions",
    Computational Linguistics 35(1).
    Katz & Giesbrecht (2006), "Automatic identification of non-compositional multi-word expressions using
    latent semantic analysis", MWE workshop.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files
from typing import Literal

import numpy as np

from tongli.core import FloatArray, Span
from tongli.knowledge import tags
from tongli.knowledge.claim_matcher import Match

Embed = Callable[[Sequence[str]], FloatArray]
"""Sentence vectors of unit length, ``(texts, hidden)``: :meth:`tongli.Tongli.sentences`."""
Use = Literal["idiomatic", "literal"]
Why = Literal["alone", "language", "unsure"]

FEATURES = ("whole", "first", "last", "ends", "whole_first", "whole_last", "name", "sense")
"""How near the sentence without the expression, less what is usual in its language, is to the whole
expression, its first and its last word; cosines of first and last word, of the whole and either; whether it
is written as a name; by how much the sense is nearer to the sentence than the literal gloss."""

HOLE = "…"
_CAPITAL_NOUNS = frozenset({"de", "lb"})
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """An expression in its text.

    Attributes:
        text: the text, best its sentence or two.
        span: of the expression, in code points.
        lang: of the text (BCP-47).
        sense, literal: what the expression means and what its words say, where that is known.
    """

    text: str
    span: Span
    lang: str
    sense: str | None = None
    literal: str | None = None

    @property
    def words(self) -> str:
        """The expression as it stands there, in small letters."""
        return self.text[slice(*self.span)].lower()

    @property
    def rest(self) -> str:
        """The text with a hole in its place."""
        start, end = self.span
        return f"{self.text[:start]}{HOLE}{self.text[end:]}"

    @property
    def language(self) -> str:
        """The language without region and script."""
        return tags.primary(self.lang)


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """How an expression is meant.

    Attributes:
        use: ``None`` when abstained.
        score: P(idiomatic), calibrated on the sentences it was fitted on.
        why: of an abstention: ``alone``, there is nothing around it; ``language``, nothing was fitted for it;
            ``unsure``, the score is too near to one half.
    """

    use: Use | None
    score: float
    why: Why | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Fitted:
    """A logistic regression, arrays in the order of ``FEATURES``, and what it needs beside.

    Attributes:
        mean, scale: of the features.
        weights, bias: of the scaled features.
        margin: it abstains where P is nearer to one half.
        references: language → sentences with a hole, whose mean says what is usual there.
        usual: language → that mean ``(hidden,)``, as the encoder they were fitted on has it; a time-saver.
    """

    mean: FloatArray
    scale: FloatArray
    weights: FloatArray
    bias: float
    margin: float
    references: Mapping[str, Sequence[str]]
    usual: Mapping[str, FloatArray] = field(default_factory=dict)

    def scores(self, features: FloatArray) -> FloatArray:
        """P(idiomatic) of each row of ``(places, features)``."""
        logits = (features - self.mean) / self.scale @ self.weights + self.bias
        return np.asarray(1 / (1 + np.exp(-logits)), np.float32)


class Figurative:
    """Decides how expressions are meant.

    Args:
        embed: sentence vectors of the encoder that the weights were fitted on.
        fitted: other weights; those that ship if ``None``.
    """

    def __init__(self, embed: Embed, *, fitted: Fitted | None = None) -> None:
        self._embed = embed
        self._given = fitted
        self._usual: dict[str, FloatArray] = {}

    @property
    def _fitted(self) -> Fitted:
        """Read at the first use, so that the constructor is cheap."""
        return self._given or shipped()

    def judge(self, found: Sequence[Match], text: str, *, lang: str) -> list[Decision]:
        """How each match is meant; without context where its claim says that only one reading is possible."""
        two = [bool(match.claim.meaning and match.claim.meaning.literal_use_possible) for match in found]
        places = [place(match, text, lang=lang) for match, open_ in zip(found, two, strict=True) if open_]
        decided = iter(self.decide(places))
        return [next(decided) if open_ else Decision(use="idiomatic", score=1.0) for open_ in two]

    def decide(self, places: Sequence[Place]) -> list[Decision]:
        """How each expression is meant."""
        known = [item for item in places if item.language in self._fitted.references]
        scores = iter(self._fitted.scores(self.features(known)).tolist() if known else [])
        return [
            _decision(item, next(scores), margin=self._fitted.margin)
            if item.language in self._fitted.references
            else Decision(use=None, score=0.5, why="language")
            for item in places
        ]

    def features(self, places: Sequence[Place]) -> FloatArray:
        """``(places, features)``, in the order of ``FEATURES``; every different text is embedded once.

        Raises:
            KeyError: for a language without references.
        """
        texts = dict.fromkeys(text for item in places for text in _texts(item))
        vectors = self._embed(list(texts))
        rows = dict(zip(texts, vectors, strict=True))
        table = [_row(item, rows, usual=self._usual_in(item.language, vectors.shape[1])) for item in places]
        return np.array(table, np.float32).reshape(len(places), len(FEATURES))

    def _usual_in(self, language: str, hidden: int) -> FloatArray:
        """Mean vector of sentences of a language, which holds what all of them share."""
        known = self._fitted.usual.get(language)
        if known is not None and len(known) == hidden:
            return known
        if language not in self._usual:
            self._usual[language] = self._embed(self._fitted.references[language]).mean(axis=0)
        return self._usual[language]


def place(match: Match, text: str, *, lang: str) -> Place:
    """Where a claim was found, with the glosses of the claim."""
    meaning = match.claim.meaning
    return Place(
        text=text,
        span=match.span,
        lang=lang,
        sense=meaning.sense if meaning else None,
        literal=meaning.literal if meaning else None,
    )


@lru_cache(maxsize=1)
def shipped() -> Fitted:
    """What ships with the embedded encoder."""
    data = tomllib.loads((files(__package__) / "figurative.toml").read_text(encoding="utf-8"))
    with (files(__package__) / "figurative.npz").open("rb") as file, np.load(file) as means:
        usual = {language: means[language] for language in means.files}
    columns = [data["features"][name] for name in FEATURES]
    mean, scale, weight = (np.array([column[i] for column in columns], np.float32) for i in range(3))
    return Fitted(
        mean=mean,
        scale=scale,
        weights=weight,
        bias=data["bias"],
        margin=data["margin"],
        references=data["references"],
        usual=usual,
    )


def _texts(item: Place) -> Iterator[str]:
    yield from (item.rest, item.words, *_ends(item))
    if item.sense and item.literal:
        yield from (item.sense, item.literal)


def _row(item: Place, vectors: Mapping[str, FloatArray], *, usual: FloatArray) -> list[float]:
    own = vectors[item.rest] - usual
    rest = own / max(float(np.linalg.norm(own)), 1e-6)
    whole, (first, last) = vectors[item.words], (vectors[word] for word in _ends(item))
    sense = rest @ (vectors[item.sense] - vectors[item.literal]) if item.sense and item.literal else 0.0
    similar = (rest @ whole, rest @ first, rest @ last, first @ last, whole @ first, whole @ last)
    return [*map(float, similar), float(_is_name(item)), float(sense)]


def _ends(item: Place) -> tuple[str, str]:
    found = _WORD.findall(item.words) or [item.words]
    return found[0], found[-1]


def _is_name(item: Place) -> bool:
    """Its last word starts with a capital, in a language that does not write common nouns so."""
    start, end = item.span
    found = _WORD.findall(item.text[start:end])
    return bool(found) and found[-1][0].isupper() and item.language not in _CAPITAL_NOUNS


def _decision(item: Place, score: float, *, margin: float) -> Decision:
    if not _WORD.search(item.rest):
        return Decision(use=None, score=score, why="alone")
    if abs(score - 0.5) < margin:
        return Decision(use=None, score=score, why="unsure")
    return Decision(use="idiomatic" if score >= 0.5 else "literal", score=score)
