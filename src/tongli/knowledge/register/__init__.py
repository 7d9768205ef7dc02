"""Forms of formal and informal address, one table a language.

Closed classes (pronouns, irregular verbs, endings) are facts of grammar that we wrote down ourselves; what
was counted in a corpus says so in its first line.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

__all__ = ["table", "weights", "words"]


@cache
def table(name: str) -> Mapping[str, Any]:
    """The table of a language, as plain data; read once.

    Args:
        name: a primary language subtag that has a file here.
    """
    return tomllib.loads(files(__name__).joinpath(f"{name}.toml").read_text("utf-8"))


@cache
def words(lang: str) -> Mapping[str, frozenset[str]]:
    """Name → words, of the lists in a language's table; read once.

    Args:
        lang: a primary language subtag that has a file here.
    """
    return {name: frozenset(listed.split()) for name, listed in table(lang)["words"].items()}


@cache
def weights(lang: str) -> Mapping[str, float]:
    """Feature → weight (log odds) of the evidence that a form addresses; read once.

    Args:
        lang: a primary language subtag that has a file here.
    """
    text = files(__name__).joinpath(f"evidence_{lang}.tsv").read_text("utf-8")
    rows = (line.split("\t") for line in text.splitlines() if line and not line.startswith("#"))
    return {feature: float(weight) for feature, weight in rows}
