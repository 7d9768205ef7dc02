"""Norm: whether a text adheres to a given norm, violates it, or has nothing to do with it.

A text concerns a norm when it is near to one of the norm's sentences and does the same thing (apologise,
thank, greet, …). What concerns it is a violation when the norm describes misconduct ("people blame others
instead of …"), or when the words are plainly bad; else it adheres. So a norm that itself describes misconduct
is read as the description of what violates it. Where speakers are named, earlier turns are read too: an
answer to what concerns the norm is less likely to concern it itself. All weights were fitted on texts written
for it, in en and zh (``benchmarks/norms_fit.py``).

References:
    Li et al. (2023), "NormDial: a comparable bilingual synthetic dialog dataset for modeling social norm
    adherence and violation", EMNLP: the task.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

import numpy as np

from tongli.core import Claim, Evidence, FloatArray, ModelError, Reading, Tokens
from tongli.core.odds import logistic
from tongli.empathy.reply import is_tag
from tongli.empathy.simile import Embed
from tongli.knowledge import tags

Verdict = Literal["adhered", "violated", "not_relevant"]

Tokenise = Callable[[Sequence[str]], list[Tokens]]
"""States of the tokens of texts: :meth:`tongli.Tongli.tokens`."""

CONCERNS = 0.65
"""P(relevant) from which a text concerns a norm: above one half, as turns of one talk are all alike."""

PLAINLY_BAD = 1.0
"""Log odds of bad words from which they violate any norm that they concern."""

BAD_WORDS = 0.15
"""Share of the words' log odds beside the norm's own."""

FITTED = ("en", "zh")

_SPEAKER = re.compile(r"^[^:：\n]{1,40}[:：]\s*")
_TITLE = re.compile(r"^(?:norm|规范|規範)[:：]\s*", re.IGNORECASE)
_SENTENCE = re.compile(r"(?<=[.!?。！？；])\s*")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_TURNS = 20
"""Earlier turns that are read, the latest ones."""
_SHORT = 3
_FLOOR = 0.02
_DIGITS = 4
_SMALL = 1e-12


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """Linear models over sentence vectors less the mean of their language.

    Attributes:
        text_mean, norm_mean: ``(languages, hidden)``, in the order of ``FITTED``.
        text_acts: ``(acts + 1, hidden + 1)``, the bias last; the last row is no act.
        text_bad: ``(hidden + 1,)``.
        norm_acts: ``(acts, hidden + 1)``.
        kind_mean: ``(languages, hidden)``, of the norms' mean states.
        norm_bad: ``(hidden + 2,)``, over the mean state of a norm's tokens, which tells the kind of a norm
            better than its sentence vector does; the cue's weight and the bias last.
        mean, scale: ``(languages, 3)``, of nearness, agreement and likeness.
        relevance: ``(languages, 2)``: slope and bias over the sum of the three, scaled.
        talk: ``(4,)``: of the log odds from these, of their mean over earlier turns of the same speaker, of
            that over turns of others, and the bias.
    """

    text_mean: FloatArray
    norm_mean: FloatArray
    text_acts: FloatArray
    text_bad: FloatArray
    norm_acts: FloatArray
    kind_mean: FloatArray
    norm_bad: FloatArray
    mean: FloatArray
    scale: FloatArray
    relevance: FloatArray
    talk: FloatArray


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A text under a norm; ``lang``: of the text; ``history``: earlier turns, oldest first."""

    norm: str
    text: str
    lang: str
    history: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """What a text does to a norm, with P(relevant) and the log odds of bad conduct in norm and words."""

    verdict: Verdict
    relevant: float
    norm_bad: float
    text_bad: float

    @property
    def odds(self) -> float:
        """Log odds that the text concerns the norm."""
        return float(np.log(self.relevant) - np.log1p(-self.relevant))

    @property
    def score(self) -> float:
        """Of the verdict: how sure it is whether the text concerns the norm; not calibrated."""
        return round(1 - self.relevant if self.verdict == "not_relevant" else self.relevant, _DIGITS)

    @property
    def reason(self) -> str:
        """In words."""
        if self.verdict == "not_relevant":
            return "the text neither says nor does what the norm is about"
        if self.verdict == "adhered":
            return "the text does what the norm asks for"
        if self.norm_bad > 0:
            return "the text does what the norm describes, which is misconduct"
        return "the text is about what the norm asks for, in words that go against it"


class Norms:
    """Judges texts by norms.

    Args:
        embed: sentence vectors of the encoder that the weights were fitted on.
        tokens: states of the tokens of its lower layers.
        weights: others; those that ship if ``None``.
    """

    def __init__(self, embed: Embed, *, tokens: Tokenise, weights: Weights | None = None) -> None:
        self._embed = embed
        self._tokens = tokens
        self._weights = weights or shipped()

    def judge(self, cases: Sequence[Case]) -> list[Judgement]:
        """Each case; every different text is embedded once.

        Raises:
            ModelError: ``norm.encoder`` when the vectors are not as wide as those the weights were fitted on.
        """
        if not cases:
            return []
        parts = [(norm_sentences(case.norm), [_plain(turn) for turn in _turns(case)]) for case in cases]
        texts = dict.fromkeys(piece for norm, turns in parts for piece in (*norm, *turns))
        vectors = self._embed(list(texts))
        self._check(vectors.shape[1])
        rows = dict(zip(texts, vectors, strict=True))
        wholes = list(dict.fromkeys(norm[0] for norm, _ in parts))
        kinds = dict(zip(wholes, map(middle, self._tokens(wholes)), strict=True))
        return [
            self._judge(
                case,
                [_Turn(piece, rows[piece]) for piece in norm],
                [_Turn(own, rows[own]) for own in turns],
                kind=kinds[norm[0]],
            )
            for case, (norm, turns) in zip(cases, parts, strict=True)
        ]

    def _check(self, width: int) -> None:
        fitted = self._weights.text_mean.shape[1]
        if width != fitted:
            raise ModelError(
                "norm.encoder",
                received=f"sentence vectors of {width} numbers",
                allowed=f"{fitted}, those of the embedded encoder, which norms were fitted on",
                fix="Read norms with the embedded model, or leave the norm out.",
            )

    def _judge(
        self, case: Case, norm: Sequence[_Turn], turns: Sequence[_Turn], *, kind: FloatArray
    ) -> Judgement:
        """Of the last turn, after the others; ``kind``: the norm's mean state."""
        weights = self._weights
        said = norm[0].text
        about = norm[0].vector - _of(said, case.lang, weights.norm_mean)
        acts = _softmax(weights.norm_acts @ [*about, 1])
        meant = _Meant(acts, about, np.array([each.vector for each in norm]))
        odds = [self._concern(meant, turn, lang=case.lang) for turn in turns]
        known = in_talk(odds, [speaker(turn) for turn in _turns(case)])
        relevant = logistic(float(weights.talk @ [*known, 1]))
        own = turns[-1].vector - _of(turns[-1].text, case.lang, weights.text_mean)
        kind = kind - _of(said, case.lang, weights.kind_mean)
        norm_bad = float(weights.norm_bad @ [*kind, cue(said), 1])
        text_bad = float(weights.text_bad @ [*own, 1])
        violated = norm_bad + BAD_WORDS * text_bad > 0 or text_bad > PLAINLY_BAD
        verdict: Verdict = "violated" if violated else "adhered"
        return Judgement(
            verdict=verdict if relevant >= CONCERNS else "not_relevant",
            relevant=relevant,
            norm_bad=norm_bad,
            text_bad=text_bad,
        )

    def _concern(self, meant: _Meant, turn: _Turn, *, lang: str) -> float:
        """Log odds that a turn by itself concerns the norm."""
        weights = self._weights
        own = turn.vector - _of(turn.text, lang, weights.text_mean)
        acts = _softmax(weights.text_acts @ [*own, 1])
        signs = np.array(
            [nearness(meant.vectors, turn.vector), agreed(meant.acts, acts), likeness(meant.about, own)]
        )
        mean, scale = _of(turn.text, lang, weights.mean), _of(turn.text, lang, weights.scale)
        slope, bias = _of(turn.text, lang, weights.relevance)
        return float(slope * ((signs - mean) / scale).sum() + bias)


@dataclass(frozen=True, slots=True)
class _Turn:
    """A text without its speaker, or a sentence of a norm, and its vector."""

    text: str
    vector: FloatArray


@dataclass(frozen=True, slots=True)
class _Meant:
    """What a norm is about.

    Attributes:
        acts: probabilities of what it asks to do.
        about: vector of the whole, less the mean of norms.
        vectors: of the whole and of its sentences.
    """

    acts: FloatArray
    about: FloatArray
    vectors: FloatArray


def norm_claims(readings: Sequence[Reading], norms: Callable[[], Norms]) -> list[tuple[Claim, ...]]:
    """For each message the claim about its norm, where it was given one; else no model is read."""
    cases = [
        Case(
            norm=reading.message.norm,
            text=reading.message.text,
            lang=reading.language.tag,
            history=reading.message.history,
        )
        for reading in readings
        if reading.message.norm is not None
    ]
    found = iter(norms().judge(cases) if cases else ())
    return [() if reading.message.norm is None else (_claim(next(found), reading),) for reading in readings]


def norm_sentences(norm: str) -> list[str]:
    """The whole norm, then its sentences."""
    whole = _TITLE.sub("", norm.strip())
    return [whole, *(piece for piece in _SENTENCE.split(whole) if len(piece) > _SHORT)]


def middle(text: Tokens) -> FloatArray:
    """The mean state of a text's tokens, ``(hidden,)``, of unit length; zeros of a text without any."""
    total = np.asarray(text.states, np.float32).sum(axis=0)
    return np.asarray(total / max(float(np.linalg.norm(total)), _SMALL), np.float32)


def nearness(norm: FloatArray, text: FloatArray) -> float:
    """Cosine of a text and the nearest sentence of a norm, given as ``(1 + sentences, hidden)``."""
    return float((norm[1:] @ text).max() if len(norm) > 1 else norm[0] @ text)


def likeness(norm: FloatArray, text: FloatArray) -> float:
    """Cosine of what sets a norm apart from other norms, and a text from other texts."""
    return float(norm @ text / max(float(np.linalg.norm(norm) * np.linalg.norm(text)), _SMALL))


def agreed(norm: FloatArray, text: FloatArray) -> float:
    """Log of the probability that both do the same thing, of the probabilities of what each does.

    Args:
        norm: of the acts.
        text: of the acts, then of none of them.
    """
    return float(np.log(norm @ text[:-1] + _FLOOR))


def in_talk(odds: Sequence[float], speakers: Sequence[str]) -> tuple[float, float, float]:
    """What is known of the last turn: its odds, and the means over earlier ones of its speaker and of others.

    Args:
        odds: log odds of each turn by itself.
        speakers: as written before each turn; a turn without one says nothing of the others.
    """
    own = speakers[-1]
    before = [pair for pair in zip(odds[:-1], speakers[:-1], strict=True) if own and pair[1]]
    same = [value for value, who in before if who == own]
    others = [value for value, who in before if who != own]
    return odds[-1], _mean(same), _mean(others)


def speaker(turn: str) -> str:
    """The name before a turn, empty if there is none."""
    found = _SPEAKER.match(turn.strip())
    return found[0].rstrip(" :：") if found else ""


def cue(norm: str) -> float:
    """Log of one and the number of words that tell misconduct."""
    return float(np.log1p(len(_cues().findall(norm.lower()))))


@cache
def shipped() -> Weights:
    """What ships with the embedded encoder."""
    with (files(__package__) / "norm.npz").open("rb") as file, np.load(file) as data:
        return Weights(**{name: data[name].astype(np.float32) for name in data.files})


@cache
def _cues() -> re.Pattern[str]:
    text = (files(__package__) / "norm_cues.toml").read_text(encoding="utf-8")
    listed: Mapping[str, list[str]] = tomllib.loads(text)
    return re.compile("|".join(pattern for patterns in listed.values() for pattern in patterns))


def _claim(found: Judgement, reading: Reading) -> Claim:
    fitted = _is_fitted(reading.language.tag)
    start = len(reading.message.text) - len(_SPEAKER.sub("", reading.message.text))
    spans = () if found.verdict == "not_relevant" else ((start, len(reading.message.text)),)
    return Claim(
        dimension="norm",
        label=found.verdict if fitted else None,
        score=found.score,
        evidence=tuple(Evidence(span=span, weight=found.relevant) for span in spans),
        abstained=not fitted,
        reason=found.reason if fitted else f"fitted on {', '.join(FITTED)} only",
        source="norm",
    )


def _turns(case: Case) -> tuple[str, ...]:
    """The latest earlier turns, and the text."""
    return (*case.history[-_TURNS:], case.text)


def _mean(odds: Sequence[float]) -> float:
    return sum(odds) / len(odds) if odds else 0.0


def _plain(text: str) -> str:
    """A turn without its speaker; a text that is all name stays."""
    return _SPEAKER.sub("", text.strip()) or text


def _of(text: str, lang: str, rows: FloatArray) -> FloatArray:
    """The row of a text's language: Chinese by its script, as norm and text may differ; else the mean."""
    if _HAN.search(text):
        return np.asarray(rows[1])
    return np.asarray(rows[0] if _is_fitted(lang) else rows.mean(axis=0))


def _is_fitted(lang: str) -> bool:
    return is_tag(lang) and tags.primary(lang) in FITTED


def _softmax(logits: FloatArray) -> FloatArray:
    powers = np.exp(logits - logits.max())
    return np.asarray(powers / powers.sum(), np.float32)
