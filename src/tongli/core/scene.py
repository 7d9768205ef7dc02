"""E of a picture as a whole: how near it is to groups of sentences."""

from __future__ import annotations

from dataclasses import dataclass

from tongli.core.encoding import FloatArray


@dataclass(frozen=True, slots=True, kw_only=True)
class SceneEncoding:
    """A picture among sentences.

    Attributes:
        labels: names of the groups of sentences.
        likeness: shape ``(len(labels),)``, cosine of the picture and the mean of each group, -1..1.
        encoder: which model made it.
    """

    labels: tuple[str, ...]
    likeness: FloatArray
    encoder: str
