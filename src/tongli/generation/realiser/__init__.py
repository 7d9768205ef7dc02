"""The realiser: authored, deterministic replies from a plan, one phrase file a language.

Adding a language is adding ``phrases/<tag>.toml`` in the shape that :mod:`.shape` describes.
"""

from tongli.generation.realiser.engine import Realiser

__all__ = ["Realiser"]
