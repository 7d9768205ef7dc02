"""The statement of a text that a machine wrote it: in words, and for machines.

References:
    IPTC, "Digital Source Type" NewsCodes. Regulation (EU) 2024/1689, article 50: marks that machines read.
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from tongli.core import Provenance
from tongli.knowledge import tags


def label_words(made: Provenance, lang: str) -> str:
    """The statement in a language, or in English where there is none in it."""
    found = tags.match(lang, [tag for tag in _labels() if tag != "source"]) or "en"
    return _labels()[found][_kind(made)]


def label_data(made: Provenance, lang: str) -> dict[str, Any]:
    """The statement as data: IPTC's digital source type, and what wrote it."""
    return {
        "generated": True,
        "digital_source_type": _labels()["source"][_kind(made)],
        "engine": made.engine,
        "model": made.model,
        "prompt": made.prompt,
        "statement": label_words(made, lang),
    }


def _kind(made: Provenance) -> str:
    return "rules" if made.engine == "realiser" else "model"


@cache
def _labels() -> dict[str, dict[str, str]]:
    return tomllib.loads((files(__package__) / "labels.toml").read_text(encoding="utf-8"))
