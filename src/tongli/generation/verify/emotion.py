"""What the draft itself sounds like fits what the person feels.

A reply that names a feeling ("you are angry, and rightly so") sounds a little like it, so single
probabilities prove nothing: a wrong emotion has to be probable *and* stand clearly above every fitting one.
"""

from __future__ import annotations

from tongli.core import Check
from tongli.generation.verify.subject import Subject

_PROBABLE = 0.5
_MARGIN = 0.15
_NEGATIVE = 0.8

_WRONG = {
    "anger": ("anger", "disgust", "joy"),
    "disgust": ("anger", "disgust", "joy"),
    "fear": ("anger", "disgust", "joy"),
    "sadness": ("anger", "disgust", "joy"),
    "joy": ("anger", "disgust", "fear", "sadness"),
}
_CALM = ("anger", "disgust")
"""Emotions that a reply must not have, by the feeling it answers."""


def check(subject: Subject) -> Check:
    """Fail on a wrong emotion; on a mocking or a gloomy sentiment. The score is 1 minus the worst excess."""
    emotions, sentiment = subject.labels("ekman6"), subject.labels("sentiment")
    if not emotions and not sentiment:
        return Check(name="emotion", passed=None, detail="no emotion or sentiment head ran")
    feeling = subject.plan.feeling
    wrong = _WRONG.get(feeling or "", _CALM)
    fitting = max((value for label, value in emotions.items() if label not in wrong), default=0.0)
    excess = {label: emotions.get(label, 0.0) - fitting for label in wrong}
    worst = max(excess, key=lambda label: excess[label])
    if emotions.get(worst, 0.0) >= _PROBABLE and excess[worst] >= _MARGIN:
        detail = f"sounds like {worst} ({emotions[worst]:.2f}) in answer to {feeling or 'a calm message'}"
        return Check(name="emotion", passed=False, detail=detail, score=1 - excess[worst])
    if feeling == "joy" and sentiment.get("negative", 0.0) >= _NEGATIVE:
        detail = f"sounds negative ({sentiment['negative']:.2f}) in answer to joy"
        return Check(name="emotion", passed=False, detail=detail, score=1 - sentiment["negative"])
    score = min(1.0, 1 - excess[worst]) if emotions else None
    return Check(name="emotion", passed=True, detail=f"fits {feeling or 'a calm message'}", score=score)
