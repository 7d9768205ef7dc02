"""The files of a search: the best recipe, all trials as JSON, and a page of plots."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import asdict, fields
from pathlib import Path
from typing import Any

from tongli.core import StorageError
from tongli.learning.search.outcome import Outcome
from tongli.learning.search.page import page
from tongli.learning.train.recipe import TABLES, HeadRecipe, Recipe


def write_outcome(outcome: Outcome, folder: Path) -> None:
    """Write ``study.json``, ``study.html`` and, once a trial has finished, ``best.toml``.

    Raises:
        StorageError: ``search.storage``.
    """
    plain = json.dumps(outcome.to_dict(), ensure_ascii=False, indent=1) + "\n"
    files = {"study.json": plain, "study.html": page(outcome)}
    best = outcome.best
    if best is not None:
        title = f"# Trial {best.number} of a search: {best.score:.4f} on held-out texts.\n"
        files["best.toml"] = title + to_toml(outcome.space.recipe_of(best.values), folder=folder)
    try:
        for name, text in files.items():
            part = folder / f"{name}.part"
            part.write_text(text, encoding="utf-8")
            part.replace(folder / name)
    except OSError as broken:
        raise StorageError(
            "search.storage",
            received=f"{folder.name}: {type(broken).__name__}",
            allowed="a writable folder with free space",
            fix="Free some space, or choose another folder with -o.",
        ) from broken


def to_toml(recipe: Recipe, *, folder: Path) -> str:
    """A recipe as :func:`read_recipe` reads it, with every key.

    Args:
        recipe: to write.
        folder: where the file will be; the names of data files become relative to it.
    """
    plain = {item.name: getattr(recipe, item.name) for item in fields(Recipe) if item.name not in TABLES}
    for key in ("train", "dev"):
        plain[key] = [Path(os.path.relpath(name, folder)).as_posix() for name in plain[key]]
    lines = [*_lines(plain), "", "[adaptation]", *_lines(asdict(recipe.adaptation))]
    for name, scheme in recipe.schemes.items():
        lines += ["", f"[schemes.{name}]", *_lines({"kind": scheme.kind, "labels": scheme.labels})]
    for name, head in recipe.heads.items():
        lines += ["", f"[heads.{name}]"]
        lines += _lines({item.name: getattr(head, item.name) for item in fields(HeadRecipe)})
    return "\n".join(lines) + "\n"


def _lines(values: Mapping[str, Any]) -> list[str]:
    return [f"{key} = {_toml(value)}" for key, value in values.items()]


def _toml(value: Any) -> str:
    # Strings, lists of them and truth values are written alike in TOML and JSON; infinity is not.
    return repr(value) if isinstance(value, float) else json.dumps(value, ensure_ascii=False)
