"""Channel readings that stand out for one label."""

from __future__ import annotations

import pytest

from tongli.core import ChannelReading
from tongli.emotion.fusion import LABELS
from tongli.knowledge.speech_labels import SPEECH_LABELS

NAMES = {"text": LABELS, "speech": SPEECH_LABELS, "face": LABELS, "scene": LABELS}


@pytest.fixture
def shows():
    """A reading of a channel that shows a label, as that channel calls it."""

    def make(
        channel: str, label: str, *, share: float = 0.85, reliability: float = 1.0, decided: bool = True
    ):
        names = NAMES[channel]
        rest = (1 - share) / (len(names) - 1)
        return ChannelReading(
            channel=channel,
            scores={name: share if name == label else rest for name in names},
            label=label if decided else None,
            reliability=reliability,
            reason=None if decided else "not sure",
        )

    return make
