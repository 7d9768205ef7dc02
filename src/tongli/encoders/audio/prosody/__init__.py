"""How something is said: an eGeMAPS-like set of numbers about pitch, loudness, timing and voice quality.

Our own definitions after the published ones, in numpy. Nothing here tells who speaks.

References:
    Eyben et al. (2016), "The Geneva Minimalistic Acoustic Parameter Set (GeMAPS) for Voice Research and
    Affective Computing", IEEE Transactions on Affective Computing 7(2).
"""

from __future__ import annotations

from tongli.encoders.audio.prosody.features import prosody, prosody_names

__all__ = ["prosody", "prosody_names"]
