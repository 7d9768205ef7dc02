"""What an emotion asks of an answer: needs, most urgent first, and a support strategy.

A table of tendencies, not a law about people: an emotion has its usual theme (what happened to the person's
goals), the theme suggests needs, and the needs a way of supporting. A person's own words come before it.

References:
    Lazarus (1991), "Emotion and Adaptation": core relational themes.
    Scherer, Schorr & Johnstone (2001), "Appraisal Processes in Emotion": novelty is judged before
        pleasantness, so surprise takes its colour from what comes with it.
    Hill (2020), "Helping Skills": exploration before insight before action, hence reflection before advice.
    Liu et al. (2021), "Towards Emotional Support Dialog Systems", ACL: the support strategies.
    Gable, Reis, Impett & Asher (2004), "What do you do when things go right?", JPSP: sharing good news.
    Demszky et al. (2020), "GoEmotions", ACL: which of the 28 labels belong to which Ekman emotion.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

STRATEGIES = ("question", "restate", "reflect", "affirm", "suggest", "inform")
"""Support strategies of ESConv that an answer can use; not self-disclosure, since tongli has no self."""

CONDOLENCE = "condolence"
"""What somebody needs first whose relative or friend has died."""

REPAIR = "repair"
"""What somebody needs to whom something went wrong."""

STRONG = 1.5
"""Intensity (0..3) from which a feeling is met before anything is proposed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EmotionNeeds:
    """One emotion's row.

    Attributes:
        theme: the appraisal behind it, in words.
        needs: most urgent first.
        mild: strategy below ``STRONG``.
        strong: strategy from ``STRONG`` on.
        source: where theme and strategy are described.
        counter: when the row does not hold.
    """

    theme: str
    needs: tuple[str, ...]
    mild: str
    strong: str
    source: str
    counter: str

    def strategy(self, intensity: float) -> str:
        """The strategy for an intensity in 0..3."""
        return self.strong if intensity >= STRONG else self.mild


EMOTION_NEEDS: Mapping[str, EmotionNeeds] = MappingProxyType(
    {
        "anger": EmotionNeeds(
            theme="a goal or a right was hurt, and somebody could have acted otherwise",
            needs=("to_be_heard", "repair", "respect"),
            mild="suggest",
            strong="reflect",
            source="Lazarus 1991, chapter 6; Hill 2020, reflection of feelings",
            counter="Anger told about a third party asks for no repair from the reader.",
        ),
        "disgust": EmotionNeeds(
            theme="something offensive is too close",
            needs=("to_be_heard", "repair", "distance"),
            mild="suggest",
            strong="reflect",
            source="Lazarus 1991, chapter 6",
            counter="Disgust may be told as a joke.",
        ),
        "fear": EmotionNeeds(
            theme="an uncertain or present threat, little control",
            needs=("safety", "certainty", "to_be_heard"),
            mild="inform",
            strong="affirm",
            source="Lazarus 1991, chapter 6; Liu et al. 2021, affirmation and reassurance",
            counter="Reassurance without facts can raise a fear that has good reasons.",
        ),
        "joy": EmotionNeeds(
            theme="progress toward a goal",
            needs=("sharing", "recognition"),
            mild="affirm",
            strong="affirm",
            source="Gable et al. 2004, active-constructive responding",
            counter="Joyful words about a failure may be irony.",
        ),
        "sadness": EmotionNeeds(
            theme="a loss that cannot be undone",
            needs=("to_be_heard", "comfort", "company"),
            mild="restate",
            strong="reflect",
            source="Lazarus 1991, chapter 6; Hill 2020, exploration stage",
            counter="Somebody who only needs a form filled in may not wish to be comforted.",
        ),
        "surprise": EmotionNeeds(
            theme="something unexpected happened",
            needs=("explanation",),
            mild="inform",
            strong="inform",
            source="Scherer et al. 2001, novelty check",
            counter="A happy surprise needs sharing, not explaining: it has the row of joy.",
        ),
    }
)
"""Ekman emotion → its row."""

EKMAN_OF_GOEMOTION: Mapping[str, str] = MappingProxyType(
    {
        label: ekman
        for ekman, labels in {
            "anger": ("anger", "annoyance", "disapproval"),
            "disgust": ("disgust",),
            "fear": ("fear", "nervousness"),
            "joy": (
                "joy",
                "amusement",
                "approval",
                "excitement",
                "gratitude",
                "love",
                "optimism",
                "relief",
                "pride",
                "admiration",
                "desire",
                "caring",
            ),
            "sadness": ("sadness", "disappointment", "embarrassment", "grief", "remorse"),
            "surprise": ("surprise", "realization", "confusion", "curiosity"),
        }.items()
        for label in labels
    }
)
"""GoEmotions label → Ekman emotion, the grouping published with the data; ``neutral`` has none."""

FINE_NEEDS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "confusion": ("explanation",),
        "curiosity": ("information",),
        "disappointment": ("repair",),
        "embarrassment": ("reassurance",),
        "gratitude": ("recognition",),
        "grief": ("comfort",),
        "nervousness": ("certainty",),
        "remorse": ("reassurance",),
    }
)
"""GoEmotions label → needs it adds to those of the Ekman emotion."""

NEGATIVE = frozenset({"anger", "disgust", "fear", "sadness"})
"""Emotions after which cheerful wording would hurt."""
