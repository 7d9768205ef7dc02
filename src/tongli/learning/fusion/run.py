"""``tongli learn fuse``: readings of texts, voices and faces to the weights that join them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from tongli.core import ChannelReading, FloatArray, Settings
from tongli.emotion.card import Source
from tongli.emotion.fusion.card import LABELS, FusionCard
from tongli.emotion.fusion.fuse import FusionWeights
from tongli.emotion.fusion.words import WordsView
from tongli.emotion.heads import Heads
from tongli.encoders.audio.voice_encoder import VoiceEncoder
from tongli.encoders.text import TextEncoder
from tongli.learning.fusion import faces, texts, voices
from tongli.learning.fusion.fit import Recipe, Step, fit_network, fit_words
from tongli.learning.fusion.measure import every_combination
from tongli.learning.fusion.pairs import Drawing, draw
from tongli.learning.fusion.tables import Table, table

TEXT_THRESHOLD = 0.75
"""Probability from which words decide a feeling: chosen so that plain sentences of two sets of spoken
sentences (odd ones of nemo, emodb) decide next to nothing; four of five decisions are then right."""

THRESHOLD = 0.5
_FACES = 1000
"""Simulated faces a label."""
_MEASURED = 20_000
_TEXTS_NOTE = "Texts are one half of the development files of their sets, which no head has learnt from."
_VOICES_NOTE = "Voices were read by heads of the other speakers; none of them was surprised."

Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """What to train.

    Attributes:
        data: folder of the public sets.
        cache: folder that keeps computed features.
        recipe: of the network.
        drawing: of the messages it learns from.
    """

    data: Path
    cache: Path
    recipe: Recipe = Recipe()  # noqa: RUF009 - frozen, so sharing it is safe
    drawing: Drawing = Drawing()  # noqa: RUF009


def fuse(job: Job, *, settings: Settings, tell: Tell, step: Step) -> FusionWeights:
    """Read every channel, pair readings by label, and fit.

    Args:
        job: what to train.
        settings: cache, threads, heads.
        tell: told about long steps.
        step: told the number of training steps done.

    Raises:
        InputError, ConfigError: the sets cannot be read.
        ModelError: the models cannot be had.
    """
    read = [item for item in texts.labelled_texts(job.data) if item.learnt]
    tell(f"{len(read):,} texts to read")
    encoder = TextEncoder(settings=settings)
    values = texts.read_values(read, encoder=encoder, heads=Heads(folder=settings.heads))
    truth = np.array([LABELS.index(item.label) for item in read])
    words = fit_words(values, truth, seed=job.recipe.seed)
    heard, shown = voices.strangers_voices(
        job.data,
        encoder=VoiceEncoder(settings=settings),
        cache=job.cache,
        tell=lambda what, done: tell(f"{done:,} {what}") if done % 100 == 0 else None,
    )
    rng = np.random.default_rng(job.recipe.seed)
    tables = (
        table(readings_of(words, values), [item.label for item in read]),
        table(heard, shown),
        table(*faces.simulated_faces(rng, a_label=_FACES)),
    )
    network = fit_network(*draw(tables, rng, job.drawing), recipe=job.recipe, step=step)
    card = FusionCard(
        data=_sources([item.source for item in read], heard=len(heard)),
        notes=(_TEXTS_NOTE, _VOICES_NOTE, faces.NOTE),
        text_threshold=TEXT_THRESHOLD,
        threshold=THRESHOLD,
        metrics={},
        seed=job.recipe.seed,
    )
    weights = FusionWeights(words, network, card)
    return replace(weights, card=replace(card, metrics={"learnt_from": _measured(weights, tables, rng)}))


def readings_of(words: WordsView, values: FloatArray) -> list[ChannelReading]:
    """The text channel of texts, given as the values of their heads ``(texts, 10)``."""
    return [
        ChannelReading(channel="text", scores=dict(zip(LABELS, row, strict=True)), reliability=1.0)
        for row in words.probabilities(values).tolist()
    ]


def _measured(weights: FusionWeights, tables: Sequence[Table], rng: np.random.Generator) -> dict[str, Any]:
    """Figures on messages drawn from what was learnt from, which flatter; benchmarks/fusion.py has others."""
    whole = Drawing(messages=_MEASURED, dropout=(0.0, 0.0), astray=0.0, plain=0.0, unknown=0.0)
    return every_combination(weights.network, *draw(tables, rng, whole))


def _sources(names: Sequence[str], *, heard: int) -> tuple[Source, ...]:
    counts = Counter(names)
    found = [Source(name=name, licence=licence, examples=counts[name]) for name, licence in texts.SETS]
    return *found, *(Source(name=name, licence=licence, examples=heard) for name, licence in voices.SETS)
