"""``tongli learn contrast``: labelled messages → a space, its figures, its card."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from tongli.core import ConfigError, FloatArray, InputError, Settings
from tongli.emotion.head import Arrays
from tongli.emotion.space import ARRAYS, Space, SpaceCard, load_space
from tongli.encoders.text import TextEncoder
from tongli.learning.contrast.circumplex import fit_axes
from tongli.learning.contrast.figures import BASELINE, Sample, measure
from tongli.learning.contrast.fit import Lesson, Recipe, fit
from tongli.learning.contrast.retrieval import language_of
from tongli.learning.data.outputs import require_free
from tongli.learning.evaluate.resample import Resampling
from tongli.learning.features import cached_features
from tongli.learning.kept import counting
from tongli.learning.provenance import made_by, sources
from tongli.learning.tasks import Example
from tongli.learning.train.corpus import Corpus, from_records, from_tasks
from tongli.learning.train.pool import Pool, gather, weights

HEAD = "ekman6"

_HELD_OUT = 0.1
_MAPPED = 10_000
"""Messages that the map to valence and arousal is fitted on."""

Tell = Callable[[str], None]
Step = Callable[[int, float], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """What to train.

    Attributes:
        out: folder for the space; put it beside the heads of the same encoder.
        cache: folder that keeps computed features.
        records: files of records to learn from; without any, the public sets in ``data``.
        dev: files of records to measure on; without any, a tenth of ``records`` is held out for that.
        data: folder of the public sets.
        model: encoder, as ``Settings.model``; tuned layers lie beside the heads in ``Settings.heads``.
        recipe: of the training.
        research_only: learn from data that may not be released, and mark the space.
        overwrite: replace a space that is there.
    """

    out: Path
    cache: Path
    records: tuple[Path, ...] = ()
    dev: tuple[Path, ...] = ()
    data: Path | None = None
    model: str = "embedded"
    recipe: Recipe = Recipe()  # noqa: RUF009 - frozen, so sharing it is safe
    research_only: bool = False
    overwrite: bool = False


class _Meanings(TextEncoder):
    """The pretrained sentence vectors in the place of features, so that they are kept on disk alike."""

    @property
    def id(self) -> str:
        return f"{super().id}:sentences"

    def features(self, texts: Sequence[str], *, as_written: bool = True) -> FloatArray:  # noqa: ARG002 - always
        return self.sentences(texts)


@dataclass(frozen=True, slots=True)
class _Reader:
    """An encoder whose arrays are kept in a folder."""

    encoder: TextEncoder
    folder: Path
    tell: Tell

    def read(self, texts: Sequence[str]) -> FloatArray:
        """Arrays ``(texts, width)``; a view of the file when the texts are sorted and differ."""
        unique = sorted(set(texts))
        table = cached_features(
            unique,
            encoder=self.encoder,
            folder=self.folder,
            tell=counting(self.tell),
        )
        if list(texts) == unique:
            return table
        place = {text: index for index, text in enumerate(unique)}
        return np.asarray(table[[place[text] for text in texts]], np.float32)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Seen:
    """Messages to measure on, encoded."""

    texts: Sequence[str]
    features: FloatArray
    targets: FloatArray
    languages: tuple[str, ...]


def contrast(job: Job, *, settings: Settings, tell: Tell, step: Step) -> SpaceCard:
    """Train a space, measure what was written, and write its card.

    Args:
        job: what to train.
        settings: cache, threads, tuned layers.
        tell: told about long steps.
        step: told the number of training steps done, and the loss.

    Raises:
        ConfigError: ``train.data``, ``output.exists``, ``licence.not-free``.
        InputError: ``contrast.languages``, ``train.held-out``, and those of the readers.
        ModelError: ``train.nan``, and those of the encoder.
        StorageError: ``space.unwritable``, ``record.unreadable``.
    """
    require_free(job.out / ARRAYS, overwrite=job.overwrite)
    corpus = _open(job)
    pool = gather(corpus, held_out=0 if corpus.dev[HEAD] else _HELD_OUT)
    _require_languages(pool)
    if not corpus.dev[HEAD] and not len(pool.held_out):
        raise InputError(
            "train.held-out",
            received=f"{len(pool.fit):,} texts, none of which could be held out to measure on",
            allowed="a tenth of the texts, at least one",
            fix="Add texts, or name some to measure on with --dev.",
        )
    tell(f"{len(pool.fit):,} texts to learn from")
    reader = _Reader(TextEncoder(model=job.model, settings=settings), job.cache, tell)
    table = reader.read([item.text for item in pool.items])
    arrays = fit(_lesson(pool, table, power=job.recipe.power), recipe=job.recipe, step=step)
    card = _draft(pool, corpus, encoder=reader.encoder.id, recipe=job.recipe)
    Space(arrays, card).save(job.out)
    space = load_space(job.out, encoder=card.encoder)  # what was written is measured, not what was in memory
    meanings = replace(reader, encoder=_Meanings(model=job.model, settings=settings))
    if corpus.dev[HEAD]:
        split, seen = "dev", _development(corpus.dev[HEAD], reader=reader)
    else:
        split, seen = "held_out", _held_out(pool, table)
    sample = _sample(space, seen, meanings=meanings, plain=arrays)
    rows = np.random.default_rng(job.recipe.seed).permutation(pool.fit)[:_MAPPED]
    axes = fit_axes(space.vectors(table[rows]), pool.targets(HEAD, rows))
    finished = replace(card, metrics={split: measure(sample, axes=axes, how=Resampling())})
    Space(arrays, finished).save(job.out)
    return finished


def _open(job: Job) -> Corpus:
    if job.records:
        return from_records((HEAD,), train=job.records, dev=job.dev, research_only=job.research_only)
    if job.data is None:
        raise ConfigError(
            "train.data",
            received="neither records nor a data folder",
            allowed="files of records, or --data FOLDER with the public sets",
            fix="Name the records that `tongli learn import` wrote.",
        )
    return from_tasks((HEAD,), data=job.data)


def _require_languages(pool: Pool) -> None:
    found = {language_of(tag) for tag in pool.langs(HEAD, pool.fit)}
    if len(found) < 2:
        raise InputError(
            "contrast.languages",
            received=f"texts in {len(found)} language" if found else "no text that is not in the dev files",
            allowed="labelled texts in at least two languages: only pairs between languages are compared",
            fix="Add records in another language, and give every record its lang.",
        )


def _lesson(pool: Pool, table: FloatArray, *, power: float) -> Lesson:
    spoken = [language_of(tag) for tag in pool.langs(HEAD, pool.fit)]
    return Lesson(
        features=table,
        rows=pool.fit,
        targets=pool.targets(HEAD, pool.fit),
        languages=np.unique(spoken, return_inverse=True)[1],
        weights=weights(pool, power=power, share={HEAD: 1.0}),
    )


def _draft(pool: Pool, corpus: Corpus, *, encoder: str, recipe: Recipe) -> SpaceCard:
    return SpaceCard(
        encoder=encoder,
        size=recipe.size,
        data=sources((pool.items[row].sources[HEAD] for row in pool.fit), verdict=corpus.verdict),
        languages=tuple(sorted(set(pool.langs(HEAD, pool.fit)) - {"und"})),
        seed=recipe.seed,
        releasable=corpus.verdict.releasable,
        made_by=made_by(recipe=repr(recipe), texts=(pool.items[row].text for row in pool.fit)),
    )


def _development(dev: Sequence[Example], *, reader: _Reader) -> _Seen:
    texts = [example.text for example in dev]
    return _Seen(
        texts=texts,
        features=reader.read(texts),
        targets=np.stack([example.target for example in dev]),
        languages=tuple(example.lang for example in dev),
    )


def _held_out(pool: Pool, table: FloatArray) -> _Seen:
    rows = pool.held_out
    return _Seen(
        texts=[pool.items[row].text for row in rows],
        features=np.asarray(table[rows], np.float32),
        targets=pool.targets(HEAD, rows),
        languages=tuple(pool.langs(HEAD, rows)),
    )


def _sample(space: Space, seen: _Seen, *, meanings: _Reader, plain: Arrays) -> Sample:
    """The messages in the space, as sentence vectors, and as features of equal mean and spread."""
    return Sample(
        vectors=space.vectors(seen.features),
        others={
            BASELINE: meanings.read(seen.texts),
            "standardised": (seen.features - plain.mean) * plain.scale,
        },
        targets=seen.targets,
        languages=seen.languages,
    )
