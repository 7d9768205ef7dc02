"""Sound in: decoding, loudness, voice activity, and Whisper. Needs the extra ``audio``; no torch."""

from tongli.encoders.audio.decode import blocks, read_audio, seconds_of
from tongli.encoders.audio.loudness import Loudness, loudness
from tongli.encoders.audio.voice import Voice
from tongli.encoders.audio.whisper import Whisper

__all__ = ["Loudness", "Voice", "Whisper", "blocks", "loudness", "read_audio", "seconds_of"]
