"""Formality, decided by the forms of address that stand in a text, beside what the head says of the whole.

An encoder's mean over a text blurs the one ending that decides; rules find it
(:mod:`tongli.generation.adapt.register`). What each kind of form is worth in a language, and the head beside
them, was fitted by ``scripts/formality_forms.py``. For Russian there are no labelled texts; there clear
markers alone decide (:mod:`tongli.knowledge.address`).

References:
    Hinton (2002), "Training products of experts by minimizing contrastive divergence": log-odds that add up.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Any

from tongli.core import Claim, Evidence, Reading
from tongli.knowledge.address import find_address
from tongli.knowledge.locales import profile
from tongli.knowledge.tags import primary

CARD = "formality.json"
HEAD = "formality"
NOTHING = "nothing in the text marks a form of address"
UNSURE = "the forms of address in the text do not tell clearly enough"
_MIXED = "the text has markers of both forms of address"
_LEAST = 1e-4
"""Values of the head nearer than this to 0 or 1 are taken for this."""
_MOST = 2
"""Forms of one kind that count; the second adds less than the first."""
_DIGITS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class FormsCard:
    """What forms of address are worth.

    Attributes:
        encoder: id of the encoder whose head it was fitted with.
        head: how much the head's log-odds count beside forms.
        alone: the same where no form stands.
        confidence: from which a text is decided.
        weights: language → register → kind of form → log-odds that it adds to its register.
        markers: languages without weights in which clear markers decide, and how sure that is.
    """

    encoder: str
    head: float
    alone: float
    confidence: float
    weights: Mapping[str, Mapping[str, Mapping[str, float]]]
    markers: Mapping[str, float]

    @classmethod
    @cache
    def shipped(cls) -> FormsCard:
        """The one that ships."""
        data: dict[str, Any] = json.loads((files(__package__) / "weights" / CARD).read_text("utf-8"))
        return cls(**{name: data[name] for name in cls.__slots__})

    def odds(self, value: float, kinds: Sequence[tuple[str, str]], *, lang: str) -> float:
        """Log-odds that a text is formal.

        Args:
            value: of the head, 0..1.
            kinds: register and kind of every form in the text.
            lang: a language with weights.
        """
        kept = min(max(value, _LEAST), 1 - _LEAST)
        said = math.log(kept / (1 - kept))
        if not kinds:
            return self.alone * said
        known = self.weights[lang]
        return self.head * said + sum(
            (1 if register == "formal" else -1)
            * known[register].get(kind, 0.0)
            * math.sqrt(min(_MOST, kinds.count((register, kind))))
            for register, kind in dict.fromkeys(kinds)
        )


class Addressed:
    """Reads formality again where the forms of address of a language are known.

    Args:
        encoder: id of the encoder that was read with; with another, readings stay as they are.
        card: what forms are worth; ``None`` takes the one that ships.
    """

    def __init__(self, encoder: str, *, card: FormsCard | None = None) -> None:
        self.card = card or FormsCard.shipped()
        self._fits = encoder == self.card.encoder

    def __call__(self, readings: Sequence[Reading]) -> list[Reading]:
        """The readings with what the forms of address say; those without the head's score stay."""
        return [self._read(each) if self._fits and HEAD in each.scores else each for each in readings]

    def _read(self, reading: Reading) -> Reading:
        lang = primary(reading.language.tag)
        if lang in self.card.weights:
            return self._weighed(reading, lang)
        return self._marked(reading, lang) if lang in self.card.markers else reading

    def _weighed(self, reading: Reading, lang: str) -> Reading:
        """Head and forms together."""
        from tongli.generation.adapt.register import forms

        score = reading.scores[HEAD]
        assert isinstance(score, float)  # noqa: S101 - a binary head has one value
        kinds = [(form.register, form.kind) for form in forms(reading.message.text, lang=lang)]
        value = round(1 / (1 + math.exp(-self.card.odds(score, kinds, lang=lang))), _DIGITS)
        label = "formal" if value >= 0.5 else "informal"
        sure = max(value, 1 - value)
        if sure >= self.card.confidence:
            return _with(
                reading, value, Claim(dimension=HEAD, label=label, score=sure, source=f"head:{HEAD}")
            )
        return _with(reading, value, _abstained(value, UNSURE if kinds else NOTHING))

    def _marked(self, reading: Reading, lang: str) -> Reading:
        """Clear markers alone; without any, all stays as the head left it."""
        use = find_address(reading.message.text, profile(lang))
        if use.mixed:
            return _with(reading, 0.5, _abstained(0.5, _MIXED))
        if use.decided is None:
            return reading
        sure = self.card.markers[lang]
        claim = Claim(
            dimension=HEAD,
            label=use.decided,
            score=sure,
            evidence=tuple(Evidence(span=span, weight=1.0) for span in (*use.formal, *use.informal)),
            source=f"address-markers:{lang}",
        )
        return _with(reading, sure if use.formal else round(1 - sure, _DIGITS), claim)


def _abstained(value: float, reason: str) -> Claim:
    return Claim(
        dimension=HEAD, label=None, score=value, abstained=True, reason=reason, source=f"head:{HEAD}"
    )


def _with(reading: Reading, value: float, claim: Claim) -> Reading:
    """The reading with another score and claim of formality, in the old one's place."""
    claims = tuple(claim if each.dimension == HEAD else each for each in reading.claims)
    return replace(reading, scores={**reading.scores, HEAD: value}, claims=claims)
