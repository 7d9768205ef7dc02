"""S of several channels: what words, voice and face show, joined into one calibrated reading.

Every channel speaks for itself first (:class:`tongli.core.ChannelReading`). A small gated network joins their
log-probabilities; it was trained with channels taken away, so any of them may be missing. Channels that
contradict each other are reported, not averaged away.
"""

from tongli.emotion.fusion.card import CHANNELS, LABELS
from tongli.emotion.fusion.conflict import conflicts
from tongli.emotion.fusion.fuse import Fusion

__all__ = ["CHANNELS", "LABELS", "Fusion", "conflicts"]
