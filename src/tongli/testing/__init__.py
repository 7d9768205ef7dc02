"""Tiny models and contract suites for people who write plug-ins, and for tongli's own tests."""

from tongli.testing.contracts import (
    check_emotion,
    check_encoder,
    check_engine,
    check_perspective,
    check_translator,
)
from tongli.testing.portrait import portrait
from tongli.testing.tiny import tiny_checkpoint, tiny_heads

__all__ = [
    "check_emotion",
    "check_encoder",
    "check_engine",
    "check_perspective",
    "check_translator",
    "portrait",
    "tiny_checkpoint",
    "tiny_heads",
]
