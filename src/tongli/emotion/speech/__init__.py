"""S of a voice: what it shows, with what certainty; not what is felt, and not who speaks."""

from tongli.emotion.speech.reading import SpeechEmotion

__all__ = ["SpeechEmotion"]
