"""Tiny models and contract suites for people who write plug-ins, and for tongli's own tests."""

from tongli.testing.tiny import tiny_checkpoint, tiny_heads

__all__ = ["tiny_checkpoint", "tiny_heads"]
