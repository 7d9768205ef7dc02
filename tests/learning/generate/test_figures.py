"""Figures of replies, with a judge that is known."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from tongli.learning.evaluate.resample import Resampling
from tongli.learning.generate import figures
from tongli.learning.generate.replies import Reply

TEXTS = (
    ("en", "so sorry", "so sorry"),
    ("en", "you idiot", "so sorry"),
    ("es", "qué pena", "qué alegría"),
    ("es", "", "qué alegría"),
)


class Judge:
    """Hears regret in ``sorry`` and ``pena``, joy in ``alegría``."""

    def read_many(self, messages):
        return [SimpleNamespace(decided=lambda *_, text=one.text, **__: self._of(text)) for one in messages]

    @staticmethod
    def _of(text):
        words = {"sorry": "sadness", "pena": "sadness", "alegría": "joy"}
        return iter([SimpleNamespace(label=label) for word, label in words.items() if word in text])


def judged(message, text, **_):
    rude = "idiot" in text
    checks = [
        SimpleNamespace(name="emotion", passed=None if "pena" in text else not rude),
        SimpleNamespace(name="toxicity", passed=not rude),
    ]
    failed = [check for check in checks if check.passed is False]
    return SimpleNamespace(checks=checks, failed=failed, passed=not failed)


@pytest.fixture
def found(monkeypatch):
    pytest.importorskip("sacrebleu")
    monkeypatch.setattr(figures, "judge_reply", judged)
    replies = [
        Reply(id=str(at), lang=lang, message="I lost it", text=text, reference=reference, model="m@1")
        for at, (lang, text, reference) in enumerate(TEXTS)
    ]
    return figures.measure_replies(replies, tongli=Judge(), how=Resampling(draws=200))


def test_shares_with_their_intervals(found):
    assert found["emotion_fit"][0] == pytest.approx(1 / 3, abs=1e-4)  # one abstains, an empty one fails
    assert found["emotion_accuracy"][0] == 0.25
    assert found["verified"][0] == 0.5
    low, high = found["verified"][1:]
    assert 0 <= low < 0.5 < high <= 1
    assert found["failed"] == {"emotion": 0.25, "toxicity": 0.25}
    assert found["empty"] == 1


def test_texts_are_measured_by_language(found):
    english, spanish = found["by_language"]["en"], found["by_language"]["es"]
    assert english["dist_1"] == 1.0
    assert english["rouge1"] == 0.5
    assert spanish["replies"] == 2
    assert spanish["rouge1"] == 0.25
