"""Fused readings, from the weights that ship with tongli."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from importlib.resources import files
from pathlib import Path

from safetensors import SafetensorError
from safetensors.numpy import load_file

from tongli.core import ChannelReading, Claim, FloatArray, ModelError, Reading, Score
from tongli.core.tensors import save_tensors
from tongli.emotion.fusion.card import CHANNELS, LABELS, FusionCard, load_fusion_card
from tongli.emotion.fusion.conflict import conflicts
from tongli.emotion.fusion.network import Network, read_network
from tongli.emotion.fusion.signals import signals
from tongli.emotion.fusion.words import Details, WordsView, read_words_view

SCHEME = "fused"
"""Scheme of the claim that all channels make together."""

_DIGITS = 4


@dataclass(frozen=True, slots=True)
class FusionWeights:
    """The view of the words, the network that joins the channels, and their card."""

    words: WordsView
    network: Network
    card: FusionCard

    def save(self, folder: Path) -> None:
        """Write ``fusion.safetensors`` and ``fusion.json``."""
        folder.mkdir(parents=True, exist_ok=True)
        save_tensors({**self.words.stored(), **self.network.stored()}, folder / "fusion.safetensors")
        self.card.save(folder / "fusion.json")


class Fusion:
    """Joins the channels of a message into one reading.

    Args:
        folder: of the weights; ``None`` takes the ones that ship with tongli.
    """

    def __init__(self, *, folder: Path | None = None) -> None:
        self.folder = folder or Path(str(files("tongli.emotion").joinpath("weights", "fusion")))

    @cached_property
    def weights(self) -> FusionWeights:
        """Read at the first use; raises ``ModelError`` (``fusion.card``, ``fusion.arrays``)."""
        return load_fusion(self.folder)

    def text(self, reading: Reading, *, trust: float = 1.0, details: Details | None = None) -> ChannelReading:
        """The text channel of a reading of words; see :meth:`WordsView.read`."""
        threshold = self.weights.card.text_threshold
        return self.weights.words.read(reading, threshold=threshold, trust=trust, details=details)

    def probabilities(self, rows: Sequence[Sequence[ChannelReading]]) -> FloatArray:
        """Calibrated probabilities ``(n, labels)`` of messages whose channels are given in any order."""
        return self.weights.network.probabilities(signals(rows))

    def fuse(self, reading: Reading, channels: Sequence[ChannelReading]) -> Reading:
        """The reading with its channels, their scores side by side, the joined ones, and conflicts.

        Args:
            reading: of the words, or an empty one.
            channels: what each channel shows, at most one reading a channel.
        """
        told: dict[str, Score] = {each.channel: dict(each.scores) for each in channels if each.scores}
        fused = self._fused(channels) if told.keys() & set(CHANNELS) else None
        if fused is not None:
            told[SCHEME] = fused
        claims = (*reading.claims, _claim(fused, channels, threshold=self.weights.card.threshold))
        return replace(
            reading,
            claims=(*claims, *conflicts(reading, channels)),
            scores={**reading.scores, **told},
            channels=tuple(channels),
        )

    def _fused(self, channels: Sequence[ChannelReading]) -> dict[str, float]:
        row = self.probabilities([channels])[0].tolist()
        return {label: round(value, _DIGITS) for label, value in zip(LABELS, row, strict=True)}


def load_fusion(folder: Path) -> FusionWeights:
    """The inverse of :meth:`FusionWeights.save`.

    Raises:
        ModelError: ``fusion.card``, ``fusion.arrays`` for missing, damaged or ill-fitting files.
    """
    card = load_fusion_card(folder / "fusion.json")
    try:
        stored = load_file(folder / "fusion.safetensors")
        network = read_network(stored, channels=len(CHANNELS), labels=len(LABELS))
        return FusionWeights(read_words_view(stored), network, card)
    except (OSError, SafetensorError, KeyError, ValueError) as broken:
        raise ModelError(
            "fusion.arrays",
            received=f"fusion.safetensors: {type(broken).__name__}",
            allowed="the arrays of a fusion, of the shapes its card implies",
            fix="Reinstall tongli, or train the fusion again.",
        ) from broken


def _claim(fused: dict[str, float] | None, channels: Sequence[ChannelReading], *, threshold: float) -> Claim:
    if fused is None:
        return _abstain(0.0, "no channel could be read")
    best = max(fused, key=lambda label: fused[label])
    if all(each.abstained for each in channels if each.channel in CHANNELS):
        return _abstain(fused[best], "every channel abstains")
    if fused[best] < threshold:
        return _abstain(fused[best], f"{best} is not probable enough to decide")
    return Claim(dimension="emotion", label=best, score=fused[best], scheme=SCHEME, source="fusion")


def _abstain(score: float, reason: str) -> Claim:
    return Claim(
        dimension="emotion",
        label=None,
        score=score,
        scheme=SCHEME,
        abstained=True,
        reason=reason,
        source="fusion",
    )
