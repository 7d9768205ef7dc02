"""The types that travel through the pipeline, the stages' protocols, errors, registry and settings."""

from tongli.core.channel import Channel, ChannelReading, Moment, Times, Waveform
from tongli.core.edit import Edit, Question
from tongli.core.encoding import Encoding, FloatArray, IntArray, Language, Tokens
from tongli.core.errors import (
    ConfigError,
    EngineError,
    InputError,
    ModelError,
    StorageError,
    TongliError,
    shorten,
)
from tongli.core.message import Audio, Image, Media, Message, Video
from tongli.core.person import Address, Agreement, FormerName, Person, PronounSet, Register
from tongli.core.protocols import Emotion, Encoder, Engine, Perspective, Reader, Translator
from tongli.core.reading import (
    Claim,
    CultureContext,
    Empathy,
    Evidence,
    FeelingContext,
    GenderContext,
    Reading,
    Score,
    Scores,
    Span,
)
from tongli.core.response import Check, Draft, Plan, Provenance, Response, Verdict
from tongli.core.settings import Settings
from tongli.core.transcript import HeardSound, SoundKind, Transcript, TranscriptSegment, TranscriptWord
from tongli.core.translation import TranslationBrief

__all__ = [
    "Address",
    "Agreement",
    "Audio",
    "Channel",
    "ChannelReading",
    "Check",
    "Claim",
    "ConfigError",
    "CultureContext",
    "Draft",
    "Edit",
    "Emotion",
    "Empathy",
    "Encoder",
    "Encoding",
    "Engine",
    "EngineError",
    "Evidence",
    "FeelingContext",
    "FloatArray",
    "FormerName",
    "GenderContext",
    "HeardSound",
    "Image",
    "InputError",
    "IntArray",
    "Language",
    "Media",
    "Message",
    "ModelError",
    "Moment",
    "Person",
    "Perspective",
    "Plan",
    "PronounSet",
    "Provenance",
    "Question",
    "Reader",
    "Reading",
    "Register",
    "Response",
    "Score",
    "Scores",
    "Settings",
    "SoundKind",
    "Span",
    "StorageError",
    "Times",
    "Tokens",
    "TongliError",
    "Transcript",
    "TranscriptSegment",
    "TranscriptWord",
    "TranslationBrief",
    "Translator",
    "Verdict",
    "Video",
    "Waveform",
    "shorten",
]
