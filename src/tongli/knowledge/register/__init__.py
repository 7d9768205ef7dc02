"""Forms of formal and informal address, one table a language.

Closed classes (pronouns, irregular verbs, endings) are facts of grammar that we wrote down ourselves; what
was counted in a corpus says so in its first line.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file, files
from typing import Any

from tongli.core import FloatArray

__all__ = ["StateWeights", "original_weights", "state_weights", "table", "weights", "words"]


@dataclass(frozen=True, slots=True, kw_only=True)
class StateWeights:
    """How an encoder's state of a word tells, beside other evidence, whether the word addresses.

    Attributes:
        encoder: id of the encoder whose states these weights are for.
        vector: ``(hidden,)``, log odds by state.
        scale: of the log odds of other evidence.
        offset: log odds added.
    """

    encoder: str
    vector: FloatArray
    scale: float
    offset: float


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


@cache
def original_weights(name: str) -> Mapping[str, float]:
    """Feature → weight (log odds) of the evidence of an English original; read once.

    Args:
        name: ``states`` where both texts have an encoder's, ``words`` where they have none.
    """
    text = files(__name__).joinpath("original.tsv").read_text("utf-8")
    lines = [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]
    column = lines[0].index(name)
    return {row[0]: float(row[column]) for row in lines[1:] if row[column]}


@cache
def state_weights() -> StateWeights:
    """Weights of an encoder's states, one set for Spanish, Italian and Portuguese; read once."""
    import numpy as np

    with as_file(files(__name__).joinpath("address.npz")) as path, np.load(path) as data:
        return StateWeights(
            encoder=str(data["encoder"]),
            vector=data["vector"],
            scale=float(data["scale"]),
            offset=float(data["offset"]),
        )
