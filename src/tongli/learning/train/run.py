"""``tongli learn train``: a recipe and a data folder → a trained network and what it is called by."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import torch

from tongli.core import ConfigError, FloatArray, Settings
from tongli.encoders.sources import find_source
from tongli.learning.adapt.adaptation import Adaptation
from tongli.learning.data.licences import require_releasable
from tongli.learning.kept import counting
from tongli.learning.pretrain.card import inherited, joined
from tongli.learning.states import States, Trunk, open_trunk, padded
from tongli.learning.train.corpus import Corpus, from_records, from_tasks
from tongli.learning.train.loop import Penalty
from tongli.learning.train.network import Upper
from tongli.learning.train.pool import Pool, gather, require_held_out
from tongli.learning.train.recipe import Recipe

_SAMPLE = 4000
"""Texts from which the mean and spread of the features are taken."""

Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """All that a run learns from."""

    corpus: Corpus
    pool: Pool
    trunk: Trunk
    states: States
    network: Upper

    def anew(self, recipe: Recipe) -> Upper:
        """A network as a run of this recipe starts with."""
        return new_network(recipe, trunk=self.trunk, states=self.states)

    def penalty(self, recipe: Recipe) -> Penalty | None:
        """What is added to the loss of every step."""
        del recipe
        return None


def use_threads(count: int) -> None:
    """Threads of every later computation in training."""
    torch.set_num_threads(count)


def open_corpus(recipe: Recipe, *, data: Path | None, research_only: bool) -> Corpus:
    """The data of a recipe.

    Args:
        recipe: of the run.
        data: folder of the public sets, for a recipe without files of its own.
        research_only: see :func:`from_records`.

    Raises:
        ConfigError: ``train.data`` when there is neither a folder nor a file, ``licence.not-free``, and those
            of the readers.
    """
    corpus = _open_corpus(recipe, data=data, research_only=research_only)
    base = inherited(recipe.model)  # what the encoder was pre-trained on counts too
    verdict = joined(corpus.verdict, base)
    require_releasable(verdict)
    return replace(corpus, verdict=verdict)


def _open_corpus(recipe: Recipe, *, data: Path | None, research_only: bool) -> Corpus:
    if recipe.train:
        train, dev = ([Path(name) for name in names] for names in (recipe.train, recipe.dev))
        return from_records(
            recipe.heads, train=train, dev=dev, research_only=research_only, own=recipe.schemes
        )
    if data is None:
        raise ConfigError(
            "train.data",
            received="a recipe without train files, and no data folder",
            allowed='train = ["records.jsonl"] in the recipe, or --data FOLDER',
            fix="Name the records that `tongli learn import` wrote.",
        )
    return from_tasks(recipe.heads, data=data)


def prepare(recipe: Recipe, corpus: Corpus, *, cache: Path, settings: Settings, tell: Tell) -> Prepared:
    """Compute or load the stored states, and start a network from the encoder's weights.

    Args:
        recipe: of the run.
        corpus: its data.
        cache: folder of stored states.
        settings: for the encoder's source.
        tell: told about long steps.
    """
    pool = gather(corpus, held_out=recipe.held_out, near=recipe.near)
    require_held_out(pool, recipe.heads)
    tell(f"{len(pool.items):,} texts: {len(pool.fit):,} to learn from, {len(pool.held_out):,} held out")
    if pool.leaks:
        tell(f"{pool.leaks:,} texts are left out: equal or nearly equal to texts of a development set")
    trunk = open_trunk(
        find_source(recipe.model, settings),
        max_tokens=recipe.max_tokens,
        offline=settings.offline,
    )
    states = trunk.states(
        [item.text for item in pool.items],
        folder=cache,
        tell=counting(tell),
    )
    network = new_network(recipe, trunk=trunk, states=states)
    return Prepared(corpus=corpus, pool=pool, trunk=trunk, states=states, network=network)


def new_network(recipe: Recipe, *, trunk: Trunk, states: States) -> Upper:
    """A network as a run starts with: the encoder's upper layers, and new heads."""
    torch.manual_seed(recipe.seed)
    mean, scale = _spread(recipe, trunk=trunk, states=states)
    network = _network(recipe, trunk=trunk, mean=mean, scale=scale)
    if recipe.adaptation != Adaptation():
        from tongli.learning.adapt.insert import adapt  # it imports peft, which takes long

        adapt(network, recipe.adaptation, steps=recipe.steps)
    return network


def _network(recipe: Recipe, *, trunk: Trunk, mean: FloatArray, scale: FloatArray) -> Upper:
    return Upper(
        trunk.weights,
        depth=trunk.depth,
        pooled=trunk.upper,
        heads={name: (head.inner, len(recipe.scheme(name).labels)) for name, head in recipe.heads.items()},
        mean=mean,
        scale=scale,
        dropout=recipe.dropout,
        head_dropout=recipe.head_dropout,
    )


@torch.no_grad()
def _spread(recipe: Recipe, *, trunk: Trunk, states: States) -> tuple[FloatArray, FloatArray]:
    """Mean and inverse spread of the untrained features on a sample, each ``(features,)``."""
    width = (len(trunk.lower) + len(trunk.upper)) * trunk.weights.hidden
    plain = _network(recipe, trunk=trunk, mean=np.zeros(width, np.float32), scale=np.ones(width, np.float32))
    plain.eval()
    total = len(states.starts) - 1
    rows = np.random.default_rng(recipe.seed).choice(total, min(_SAMPLE, total), replace=False)
    rows = rows[np.argsort(np.diff(states.starts)[rows])]
    parts = []
    for start in range(0, len(rows), 64):
        chosen = rows[start : start + 64]
        values, mask = padded(states, chosen.tolist())
        lower = torch.from_numpy(states.pooled[chosen].astype(np.float32))
        parts.append(plain.features(torch.from_numpy(values), torch.from_numpy(mask), lower).numpy())
    features = np.concatenate(parts)
    return features.mean(axis=0), 1 / (features.std(axis=0) + 1e-6)
