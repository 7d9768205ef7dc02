"""German verbs: the form with Sie, the form with du, the command, from one another."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from tongli.knowledge.register import table

_SIBILANTS = ("s", "ß", "z", "x")


def du_form(sie: str) -> str:
    """``haben`` → ``hast``, ``geben`` → ``gibst``, ``warten`` → ``wartest``."""
    irregular = _data()["verbs"].get(sie)
    if irregular:
        return str(irregular)
    base, changed = _changed(sie)
    if base:
        return changed + ("t" if changed.endswith(_SIBILANTS) else "st")
    if sie.endswith(("eln", "ern")):
        return f"{sie[:-1]}st"
    stem = sie.removesuffix("en") if sie.endswith("en") else sie.removesuffix("n")
    if stem.endswith(_SIBILANTS):
        return f"{stem}t"
    return f"{stem}est" if _needs_e(stem) else f"{stem}st"


def command(sie: str) -> str:
    """``warten`` → ``warte``, ``geben`` → ``gib``, ``machen`` → ``mach``."""
    irregular = _data()["commands"].get(sie)
    if irregular:
        return str(irregular)
    base, changed = _changed(sie)
    if base and not set(changed) & set("äöü"):
        return changed
    if sie.endswith("eln"):
        return f"{sie[:-3]}le"
    if sie.endswith("ern"):
        return f"{sie[:-1]}e"
    stem = sie.removesuffix("en") if sie.endswith("en") else sie.removesuffix("n")
    return f"{stem}e" if _needs_e(stem) or stem.endswith(("ig", "ier")) else stem


def sie_form(du: str) -> str:
    """``hast`` → ``haben``, ``gibst`` → ``geben``, ``wartest`` → ``warten``."""
    if du in _from_du():
        return _from_du()[du]
    for cut in range(1, len(du) - 3):
        if du[cut:] in _from_du() and du[:cut] in _PREFIXES:
            return du[:cut] + _from_du()[du[cut:]]
    if du.endswith(("elst", "erst")):
        return f"{du[:-2]}n"
    if du.endswith("est"):
        return f"{du[:-2]}n"
    if du.endswith("st") and du[-3] not in "s":
        return f"{du[:-2]}en"
    return f"{du[:-1]}en"


def is_du_form(word: str) -> bool:
    """Whether a word may be a verb with du."""
    if word in _NOT_DU:
        return False
    return word in _from_du() or (len(word) > 3 and word.endswith(("st", "ßt", "zt", "xt")))


def sie_command(informal: str) -> str:
    """The verb of the formal command, or nothing where the word is no known command."""
    return "" if informal in _NO_COMMAND else _from_command().get(informal, "")


def _changed(sie: str) -> tuple[str, str]:
    """Infinitive and changed stem of a verb of the table, with its prefix; empty for others."""
    for base, stem in _data()["stems"].items():
        prefix = sie.removesuffix(base)
        if sie.endswith(base) and (not prefix or prefix in _PREFIXES):
            return base, prefix + stem
    return "", ""


def _needs_e(stem: str) -> bool:
    """Whether an ending needs an e before it: after d and t, and after m or n with a stop before it."""
    if stem.endswith(("d", "t")):
        return True
    return len(stem) > 2 and stem[-1] in "mn" and stem[-2] not in "aeiouäöülrhmn"


@cache
def _from_du() -> dict[str, str]:
    data = _data()
    return {
        **{du_form(base): base for base in (*data["stems"], *data["regular"].split())},
        **{du: sie for sie, du in data["verbs"].items()},
    }


@cache
def _from_command() -> dict[str, str]:
    data = _data()
    verbs = (*data["stems"], *data["regular"].split(), *data["commands"])
    return {**{command(base): base for base in verbs}, "sei": "seien"}


@cache
def _data() -> Mapping[str, Any]:
    return table("de")


_PREFIXES = frozenset(str(table("de")["prefixes"]).split())
_NOT_DU = frozenset(str(table("de")["not_du"]).split())
_NO_COMMAND = frozenset(str(table("de")["no_command"]).split())
