"""Trained weights that others are written beside: what of them stays, and how the whole is written."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from tongli.core import ConfigError, Settings
from tongli.emotion.card import Card, load_card
from tongli.emotion.heads import heads_in
from tongli.emotion.space import find_space
from tongli.encoders.installed import Found, find_release
from tongli.encoders.manifest import file_sha256
from tongli.encoders.release import README, require_whole
from tongli.encoders.sources import OVERLAY
from tongli.encoders.text import TextEncoder
from tongli.learning.continual.base import open_base
from tongli.learning.continual.weights import writing_weights
from tongli.learning.export.card import RESEARCH_ONLY, model_card
from tongli.learning.train.head import Finish
from tongli.learning.train.recipe import Recipe


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """Weights to build on.

    Attributes:
        digest: of them.
        folder: of their heads.
        files: by the name that each has in the new folder.
        heads: their names.
        model, settings: that read with them.
        release: that they are, if they are one.
    """

    digest: str
    folder: Path
    files: dict[str, Path]
    heads: tuple[str, ...]
    model: str
    settings: Settings
    release: Found | None = None

    def encoder(self, *, progress: Callable[[str], None]) -> TextEncoder:
        """Whose features their heads read."""
        return TextEncoder(model=self.model, settings=self.settings, progress=progress)


def open_kept(recipe: Recipe, settings: Settings) -> Kept:
    """The weights that a recipe names as ``base``.

    Raises:
        ModelError: ``continue.base``, ``release.*``, ``heads.*``.
    """
    found = find_release(recipe.base, settings)
    if found is not None:
        require_whole(found.folder, found.release)
        return Kept(
            digest=found.release.digest[:16],
            folder=found.folder,
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
    return Kept(
        digest=base.digest,
        folder=base.folder,
        files=files,
        heads=heads_in(base.folder),
        model=recipe.model,
        settings=base.settings,
    )


def write_beside(
    kept: Kept, learn: Callable[[Finish], Sequence[Card]], *, where: Finish, but: Collection[str] = ()
) -> list[Card]:
    """Write the weights and what is learnt beside them, whole or not at all.

    Of a release, a release is written, with graphs that are those of the base.

    Args:
        kept: the weights, copied byte for byte.
        learn: writes heads into the folder that it is given.
        where: files are written and kept.
        but: heads that are learnt anew, and so not copied.

    Raises:
        ConfigError: ``output.exists``.
        StorageError: ``continue.unwritable``.
    """
    _require_empty(where.out)
    part = where.out.with_name(f"{where.out.name}.part")
    try:
        with writing_weights(where.out):
            shutil.rmtree(part, ignore_errors=True)  # left by a killed run
            part.mkdir(parents=True)
            for name, path in kept.files.items():
                if Path(name).stem not in but:
                    shutil.copyfile(path, part / name)
            cards = [
                replace(card, made_by={**card.made_by, "base": kept.digest})
                for card in learn(replace(where, out=part))
            ]
            for card in cards:
                card.save(part / f"{card.head}.json")
            if kept.release is not None:
                _release(part, kept.release, cards)
            if where.out.is_dir():
                where.out.rmdir()
            part.replace(where.out)
    finally:
        shutil.rmtree(part, ignore_errors=True)
    return cards


def _require_empty(out: Path) -> None:
    if out.is_file() or (out.is_dir() and any(out.iterdir())):
        raise ConfigError(
            "output.exists",
            received=f"{out.name}, which is there and not empty",
            allowed="a new or empty folder",
            fix="Name another folder.",
        )


def _release(part: Path, found: Found, new: Sequence[Card]) -> None:
    """The page and ``release.json`` of a release with new heads; their drift was not measured."""
    release = found.release
    learnt = {card.head for card in new}
    cards = [*(load_card(part / f"{name}.json") for name in release.heads if name not in learnt), *new]
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
