"""What an English original says about a form that may mean "you" or somebody else.

"Tiene" may be "you have" or "she has"; where a text is a translation, its original tells. Words of both texts
are compared by the states of an encoder, each less the mean of its text; what stands beside the English words
that are nearest to a form is evidence, and so is whether the original says "you" at all. The weights come
from ``scripts/register_original.py``; without an encoder, those for the words of the original alone.

References:
    Jalili Sabet, Dufter, Yvon & Schütze (2020), "SimAlign", Findings of EMNLP.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import cached_property
from typing import Literal

import numpy as np

from tongli.core import FloatArray
from tongli.generation.adapt.register.draft import Draft
from tongli.knowledge.register import original_weights

Who = Literal["you", "third", "own", "none"]
WHO: Mapping[str, Who] = {
    **dict.fromkeys(("you", "your", "yours", "yourself", "ya", "u", "ur", "y'all"), "you"),
    **dict.fromkeys(
        ("he", "she", "it", "they", "him", "her", "his", "hers", "its", "their", "theirs", "them"), "third"
    ),
    **dict.fromkeys(("himself", "herself", "itself", "themselves", "that", "this", "there", "who"), "third"),
    **dict.fromkeys(("i", "we", "me", "us", "my", "our", "mine", "ours", "myself", "im"), "own"),
}
"""Whom an English word speaks of."""
_SHARP = 12.0
"""How sharply the nearest words count more than others: a factor of cosines."""
_NEAR = 4
"""Words before a verb within which its subject is looked for."""
_CLEAR = 0.999
"""Probability beyond which that of the translation weighs no more."""
_MOST = 400
"""Words beyond which texts are not compared."""


class Original:
    """An English text that another one translates.

    Args:
        text: the original, with its states where an encoder is at hand.
    """

    def __init__(self, text: Draft) -> None:
        self._text = text

    def probability(self, draft: Draft, index: int, *, kind: str, before: float) -> float:
        """Probability (0..1) that a form means the person addressed.

        Args:
            draft: the translation.
            index: the form.
            kind: of the form.
            before: the probability that its own text gives.
        """
        shown = self.features(draft, index, kind=kind, before=before)
        weights = original_weights("states" if f"{kind} is you" in shown else "words")
        odds = sum(weights.get(name, 0.0) * value for name, value in shown.items())
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, odds))))

    def features(self, draft: Draft, index: int, *, kind: str, before: float) -> dict[str, float]:
        """What both texts show about a form; the arguments are those of :meth:`probability`."""
        said, near = self._said, self._nearest(draft, index)
        before = min(_CLEAR, max(1 - _CLEAR, before))
        shown = {
            "bias": 1.0,
            "you": float("you" in said),
            "third": float("third" in said),
            "only": float("you" in said and "third" not in said),
            "often": min(3.0, float(said.count("you"))) / 3,
            "your": float(any(low.startswith("your") for low in self._lows)),
        }
        if near is not None:
            for who in ("you", "third", "own"):
                shown[f"is {who}"] = float(near[[each == who for each in said]].sum())
                shown[f"beside {who}"] = float(near[[each == who for each in self._subjects]].sum())
        odds = math.log(before / (1 - before))
        return {"odds": odds, **{f"{kind} {name}": value for name, value in shown.items()}}

    @cached_property
    def _lows(self) -> list[str]:
        return [word.low for _, word in self._text]

    @cached_property
    def _said(self) -> list[Who]:
        """Whom each word speaks of."""
        return [WHO.get(low, "none") for low in self._lows]

    @cached_property
    def _subjects(self) -> list[Who]:
        """Whom the nearest pronoun before each word speaks of, itself included."""
        found: list[Who] = []
        for index in range(len(self._said)):
            first = max(self._text.clause(index).start, index - _NEAR)
            before = [self._said[other] for other in range(first, index + 1)]
            found.append(next((who for who in reversed(before) if who != "none"), "none"))
        return found

    def _nearest(self, draft: Draft, index: int) -> FloatArray | None:
        """How near each word of the original is to a form, in sum 1; nothing without states."""
        own, theirs = draft.unit_states, self._text.unit_states
        if own is None or theirs is None or max(len(own), len(theirs)) > _MOST:
            return None
        near = np.exp(_SHARP * (theirs @ own[index]))
        return np.asarray(near / near.sum(), np.float32)
