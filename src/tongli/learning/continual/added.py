"""New heads beside trained ones, whose files stay as they are, byte for byte.

Nothing that the old heads read is trained: a new head is a bag of perceptrons on the features that the tuned
layers give, with the weights of words beside it.
"""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from tongli.core import ConfigError, Settings
from tongli.emotion.card import Card, load_card
from tongli.emotion.head import Arrays
from tongli.emotion.heads import heads_in
from tongli.emotion.space import find_space
from tongli.encoders.installed import Found, find_release
from tongli.encoders.manifest import file_sha256
from tongli.encoders.release import README, require_whole
from tongli.encoders.sources import OVERLAY
from tongli.encoders.text import TextEncoder
from tongli.learning.bag import fit_bag
from tongli.learning.continual.base import open_base
from tongli.learning.continual.weights import unwritable
from tongli.learning.export.card import RESEARCH_ONLY, model_card
from tongli.learning.recipe_file import wrong
from tongli.learning.tasks import Task
from tongli.learning.train.corpus import Corpus
from tongli.learning.train.head import Features, Finish, Material, finish_head
from tongli.learning.train.pool import gather, require_held_out
from tongli.learning.train.recipe import Recipe

_BAG, _PASSES = 5, 25
"""Perceptrons of a new head where the recipe says nothing, and the fewest passes over its texts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Old:
    """What stays.

    Attributes:
        digest: of it.
        files: by the name that each has in the new folder.
        heads: their names.
        model, settings: that read with it.
        release: that it is, if it is one.
    """

    digest: str
    files: dict[str, Path]
    heads: tuple[str, ...]
    model: str
    settings: Settings
    release: Found | None = None


def add_heads(recipe: Recipe, corpus: Corpus, *, where: Finish) -> list[Card]:
    """Train the heads of a recipe on the weights that it names as ``base``; write both, whole or not at all.

    Of a release, a release is written, with graphs that are those of the base.

    Args:
        recipe: with ``base``.
        corpus: its data.
        where: files are written and kept.

    Raises:
        ConfigError: ``recipe.value`` for a head that the base has, ``output.exists``.
        ModelError: ``continue.base``, ``release.*``, ``heads.*``.
        StorageError: ``continue.unwritable``.
    """
    old = _open(recipe, where.settings)
    if known := [name for name in recipe.heads if name in old.heads]:
        raise wrong("recipe.value", f"heads.{known[0]}, which {recipe.base} has", "heads that it has not")
    _require_empty(where.out)
    part = where.out.with_name(f"{where.out.name}.part")
    try:
        shutil.rmtree(part, ignore_errors=True)  # left by a killed run
        part.mkdir(parents=True)
        for name, path in old.files.items():
            shutil.copyfile(path, part / name)
        cards = _learn(recipe, corpus, old=old, where=replace(where, out=part))
        if old.release is not None:
            _release(part, old.release, cards)
        if where.out.is_dir():
            where.out.rmdir()
        part.replace(where.out)
    except OSError as failed:
        raise unwritable(where.out, failed) from failed
    finally:
        shutil.rmtree(part, ignore_errors=True)
    return cards


def _open(recipe: Recipe, settings: Settings) -> _Old:
    found = find_release(recipe.base, settings)
    if found is not None:
        require_whole(found.folder, found.release)
        return _Old(
            digest=found.release.digest[:16],
            files={name: found.folder / name for name in found.release.files},
            heads=found.release.heads,
            model=str(found.folder),
            settings=replace(settings, heads=found.folder),
            release=found,
        )
    base = open_base(recipe.base, model=recipe.model, settings=settings)
    files = {path.name: path for path in base.folder.iterdir() if path.suffix in {".json", ".safetensors"}}
    if base.source.overlay is not None:
        files[OVERLAY] = base.source.overlay
    return _Old(
        digest=base.digest,
        files=files,
        heads=heads_in(base.folder),
        model=recipe.model,
        settings=base.settings,
    )


def _require_empty(out: Path) -> None:
    if out.is_file() or (out.is_dir() and any(out.iterdir())):
        raise ConfigError(
            "output.exists",
            received=f"{out.name}, which is there and not empty",
            allowed="a new or empty folder",
            fix="Name another folder.",
        )


def _learn(recipe: Recipe, corpus: Corpus, *, old: _Old, where: Finish) -> list[Card]:
    pool = gather(corpus, held_out=recipe.held_out, near=recipe.near)
    require_held_out(pool, recipe.heads)
    where.tell(f"{len(pool.fit):,} texts to learn from, {len(pool.held_out):,} held out")
    encoder = TextEncoder(model=old.model, settings=old.settings, progress=where.tell)
    run = Material(
        recipe=recipe,
        corpus=corpus,
        pool=pool,
        features=Features(pool, encoder=encoder, rows=np.arange(len(pool.items)), where=where),
        where=where,
    )
    cards = [finish_head(name, {"bag": _bag(name, run)}, run=run) for name in recipe.heads]
    cards = [replace(card, made_by={**card.made_by, "base": old.digest}) for card in cards]
    for card in cards:
        card.save(where.out / f"{card.head}.json")
    return cards


def _bag(head: str, run: Material) -> Arrays:
    pool, recipe, plan = run.pool, run.recipe, run.recipe.heads[head]
    rows = pool.rows_of(head, among=pool.fit)
    return fit_bag(
        run.features.of(rows),
        pool.targets(head, rows),
        groups=[pool.items[row].text for row in rows],
        languages=pool.langs(head, rows),
        kind=recipe.scheme(head).kind,
        task=Task(
            head=head,
            train=(),
            dev=(),
            folds=plan.bag or _BAG,
            epochs=max(plan.bag_epochs, _PASSES),
            inner=plan.inner,
            balance=recipe.power,
        ),
        seed=recipe.seed,
        tell=run.where.tell,
    ).arrays


def _release(part: Path, found: Found, new: Sequence[Card]) -> None:
    """The page and ``release.json`` of a release that has more heads; their drift was not measured."""
    release = found.release
    cards = [*(load_card(part / f"{name}.json") for name in release.heads), *new]
    releasable = release.releasable and all(card.releasable for card in new)
    licence = release.licence if releasable else RESEARCH_ONLY
    space = find_space(part, encoder=release.encoder)
    page = model_card(
        release.name,
        cards,
        licence=licence,
        releasable=releasable,
        parity=release.parity,
        space=space.card if space else None,
    )
    (part / README).write_text(page, encoding="utf-8")
    names = {card.head for card in cards}
    replace(
        release,
        heads=tuple(name for name in heads_in(part) if name in names),
        languages=tuple(sorted({tag for card in cards for tag in card.languages})),
        licence=licence,
        releasable=releasable,
        files={path.name: file_sha256(path) for path in sorted(part.iterdir())},
    ).save(part)
