"""A network → files as ``tongli learn train`` writes them, and what those files answer.

References:
    Wortsman et al. (2022), "Robust fine-tuning of zero-shot models", CVPR (WiSE-FT).
"""

from __future__ import annotations

import copy
import shutil
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import torch

from tongli.core import FloatArray, IntArray, Settings
from tongli.core.writing import writing
from tongli.emotion.head import Head, load_head
from tongli.encoders.overlay import save_overlay
from tongli.encoders.sources import OVERLAY
from tongli.encoders.text import TextEncoder
from tongli.learning.continual.base import Base, to_arrays
from tongli.learning.features import cached_features, pieces_of
from tongli.learning.kept import counting
from tongli.learning.states import Trunk
from tongli.learning.train.network import Upper, to_layer
from tongli.learning.words import beside

Tell = Callable[[str], None]


def between(old: Upper, new: Upper, share: float) -> Upper:
    """The network whose weights are ``(1 - share) * old + share * new``."""
    found = copy.deepcopy(old)
    with torch.no_grad():
        for value, aim in zip(found.parameters(), new.parameters(), strict=True):
            value.lerp_(aim, share)
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """Reads features through the int8 encoder of some weights.

    Attributes:
        model: encoder.
        settings: with the folder of the weights.
        cache: of computed features.
        tell: told about long steps.
    """

    model: str
    settings: Settings
    cache: Path
    tell: Tell

    def read(self, texts: Sequence[str]) -> tuple[str, FloatArray, list[IntArray]]:
        """The encoder's id, and features ``(texts, width)`` and pieces of the texts."""
        encoder = TextEncoder(model=self.model, settings=self.settings, progress=self.tell)
        table = cached_features(
            texts,
            encoder=encoder,
            folder=self.cache,
            tell=counting(self.tell, what="held-out texts read"),
        )
        return encoder.id, np.asarray(table, np.float32), pieces_of(texts, encoder=encoder)


def write_weights(folder: Path, network: Upper, *, base: Base, trunk: Trunk) -> None:
    """Write the tuned layers and the heads into a fresh folder; the cards are still those of the base.

    Raises:
        StorageError: ``continue.unwritable``.
    """
    with writing_weights(folder):
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        save_overlay(
            folder / OVERLAY,
            base=trunk.weights,
            base_digest=base.source.digest,
            tuned=[to_layer(layer.state_dict()) for layer in network.layers],
        )
        for name, head in base.heads.items():
            arrays = beside(to_arrays(network, name), head.words)
            arrays.save(folder / f"{name}.safetensors", words=head.words)
            head.card.save(folder / f"{name}.json")


def read_heads(folder: Path, *, base: Base, encoder: str) -> Mapping[str, Head]:
    """The heads as written, under the cards of the base but for the encoder's id."""
    heads = {name: load_head(folder, name) for name in base.heads}
    return {name: replace(head, card=replace(head.card, encoder=encoder)) for name, head in heads.items()}


def publish(folder: Path, out: Path) -> None:
    """Move the files of a folder into ``out``, each at once.

    Killed half-way, heads and layers do not fit together and are refused; the same command mends that.

    Raises:
        StorageError: ``continue.unwritable``.
    """
    with writing_weights(out):
        for path in sorted(folder.iterdir()):
            path.replace(out / path.name)
        folder.rmdir()


def writing_weights(folder: Path) -> AbstractContextManager[None]:
    """What happens within writes weights; raises ``StorageError`` (``continue.unwritable``)."""
    return writing("continue.unwritable", folder, allowed="a writable place with room for the weights")
