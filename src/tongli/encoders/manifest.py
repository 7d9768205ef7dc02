"""What a prepared model folder says about itself."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

FORMAT = 3
"""Raised whenever the same source is read otherwise; heads are tied to it."""
LAYOUT = 2
"""Raised whenever the files change and what they say does not; models are then built anew."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What a prepared folder holds.

    Attributes:
        format: :data:`FORMAT` at the time of building.
        encoder: id that heads are tied to: name, source hash and format.
        prefix: put before every text (E5 was trained with ``"query: "``).
        hidden: width of one layer.
        feature_layers: 1-based layers in the order of the graph's output.
        max_tokens: longest sequence, special tokens included.
        pad_id: id of the padding token.
        files: file name → SHA-256.
    """

    format: int
    encoder: str
    prefix: str
    hidden: int
    feature_layers: tuple[int, ...]
    max_tokens: int
    pad_id: int
    files: dict[str, str]


def file_sha256(path: Path) -> str:
    """Hex digest of a file; reads it in blocks."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
