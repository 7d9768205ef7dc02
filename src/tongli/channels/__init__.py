"""Between E and S and the equation: which channels a message has, and one reading of them all.

Words, voice, face and scene are read by models that know nothing of each other. What is heard stands in for
words that were not written; what every channel shows is joined by :mod:`tongli.emotion.fusion`.
"""

from tongli.channels.channels import Channels
from tongli.channels.readers import Readers
from tongli.channels.suspicion import Suspicions
from tongli.channels.words import Words

__all__ = ["Channels", "Readers", "Suspicions", "Words"]
