"""The report of an evaluation as data: one JSON file, and what the HTML page is made from."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from tongli.core.writing import writing
from tongli.learning.evaluate.fairness import Fairness
from tongli.learning.evaluate.figures import Figures
from tongli.learning.evaluate.resample import Difference, Resampling
from tongli.learning.evaluate.robustness import Curve

_DIGITS = 4
FORMAT = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """Everything that was measured.

    Attributes:
        data: name of the file.
        records: texts in it.
        languages: language → texts.
        predictions: the model, or the name of the predictions file.
        against: the same for the model compared with, empty for none.
        how: resampling of intervals and tests.
        heads: figures of each head.
        differences: head → first model minus second.
        fairness: on the counterfactual set, ``None`` when not asked for.
        robustness: curves, on ``attacked`` texts.
        attacked: texts that the attacks were tried on.
        texts: language → measures of generated texts.
        version: of tongli.
    """

    data: str
    records: int
    languages: Mapping[str, int]
    predictions: str
    how: Resampling
    heads: tuple[Figures, ...]
    version: str
    against: str = ""
    differences: Mapping[str, Difference] = field(default_factory=dict)
    fairness: Fairness | None = None
    robustness: tuple[Curve, ...] = ()
    attacked: int = 0
    texts: Mapping[str, Mapping[str, float]] = field(default_factory=dict)

    def to_dict(self) -> dict[str, Any]:
        """Plain data; numbers with four digits, an undefined figure is null."""
        return {"format": FORMAT, **_plain(asdict(self))}


def write_report(report: Report, folder: Path) -> tuple[Path, Path]:
    """Write ``report.json`` and ``report.html`` into a folder, made when missing; returns both paths.

    Raises:
        StorageError: ``evaluate.unwritable``.
    """
    from tongli.learning.evaluate.html import page

    data, view = folder / "report.json", folder / "report.html"
    with writing("evaluate.unwritable", folder):
        folder.mkdir(parents=True, exist_ok=True)
        plain = report.to_dict()
        parts = {data: json.dumps(plain, ensure_ascii=False, indent=1) + "\n", view: page(report)}
        _write(parts)
    return data, view


def _write(texts: Mapping[Path, str]) -> None:
    """All files, or none: each beside its name first."""
    parts = {path: path.with_name(f"{path.name}.part") for path in texts}
    try:
        for path, text in texts.items():
            parts[path].write_text(text, encoding="utf-8")
        for path, part in parts.items():
            part.replace(path)
    finally:
        for part in parts.values():
            part.unlink(missing_ok=True)


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {str(name): _plain(item) for name, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    if isinstance(value, float):
        return round(value, _DIGITS) if math.isfinite(value) else None
    return value
