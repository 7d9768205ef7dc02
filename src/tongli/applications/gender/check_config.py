"""What ``tongli gender check`` reports: ``.tongli-gender.toml``, or ``[tool.tongli.gender]``.

style = "microsoft"
select = ["misgendering", "inclusive"]
ignore = ["inclusive.idiom", "inclusive.job-title.actress"]
fail-on = "note"
lang = "en"
everyone = true
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from tongli.applications.lint.config import FailOn, fail_on
from tongli.core import ConfigError, InputError, shorten
from tongli.empathy.gender.check import Finding
from tongli.empathy.gender.check.check import STYLE
from tongli.empathy.gender.check.lists import table

NAME = ".tongli-gender.toml"
_PROJECT = "pyproject.toml"
_SURE = 0.5
"""Score from which on a finding is a warning, and no note."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckConfig:
    """Options of a run.

    Attributes:
        style: which English wordings matter.
        select: labels, rules and starts of rules to report; everything if ``None``.
        ignore: the same, to leave out.
        fail_on: from which severity on findings make the run fail.
        lang: language of the texts; identified if ``None``.
        everyone: whether forms of people who are not listed are assumptions.
    """

    style: str = STYLE
    select: frozenset[str] | None = None
    ignore: frozenset[str] = frozenset()
    fail_on: FailOn = "warning"
    lang: str | None = None
    everyone: bool = False

    def wants(self, found: Finding) -> bool:
        """Whether a finding is reported."""
        names = _names(found)
        return (self.select is None or bool(names & self.select)) and not names & self.ignore

    def fails(self, found: Iterable[Finding]) -> bool:
        """Whether findings make the run fail."""
        if self.fail_on == "never":
            return False
        return any(self.fail_on == "note" or severity(item) == "warning" for item in found)


def severity(found: Finding) -> str:
    """``warning`` or ``note``."""
    return "warning" if found.claim.score >= _SURE else "note"


def load(path: Path | None = None, *, start: Path | None = None) -> CheckConfig:
    """The options of a file; without ``path``, of the nearest one from ``start`` (here) upwards.

    Raises:
        ConfigError: ``gender.config`` for a file that is missing, no TOML, or says something unknown.
    """
    if path is not None:
        return _parse(_table(path), path)
    here = (start or Path.cwd()).resolve()
    for folder in (here, *here.parents):
        for name in (NAME, _PROJECT):
            if (folder / name).is_file() and (found := _table(folder / name)):
                return _parse(found, folder / name)
    return CheckConfig()


def require_style(style: object) -> str:
    """The style, if there is one of this name; raises ``InputError`` (``gender.guide``)."""
    known = [name for name in table("styles") if name != "source"]
    if isinstance(style, str) and style in known:
        return style
    raise InputError(
        "gender.guide",
        received=shorten(style),
        allowed=", ".join(known),
        fix="Choose one of these style guides, and leave out single rules with ignore.",
    )


def _names(found: Finding) -> frozenset[str]:
    """The label of a finding, its rule, and every start of the rule."""
    parts = found.claim.source.split(".")
    starts = (".".join(parts[:end]) for end in range(1, len(parts) + 1))
    return frozenset((*starts, found.claim.label or ""))


def _table(path: Path) -> Mapping[str, Any]:
    try:
        data = tomllib.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise _wrong(path, type(error).__name__) from None
    for name in ("tool", "tongli", "gender") if path.name == _PROJECT else ():
        data = data.get(name, {})
        if not isinstance(data, dict):
            raise _wrong(path, f"{name} is no table")
    return data


def _parse(data: Mapping[str, Any], path: Path) -> CheckConfig:
    known = {field.name.replace("_", "-"): field.name for field in fields(CheckConfig)}
    if unknown := sorted(data.keys() - known.keys()):
        raise _wrong(path, f"the unknown key {shorten(unknown[0])}")
    given = {known[key]: value for key, value in data.items()}
    for key, value in given.items():
        if key in {"select", "ignore"}:
            if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
                raise _wrong(path, f"{key} is no list of strings")
            given[key] = frozenset(value)
        elif not isinstance(value, bool if key == "everyone" else str):
            raise _wrong(path, f"{key} is {shorten(value)}")
    if "style" in given:
        require_style(given["style"])
    if "fail_on" in given:
        fail_on(given["fail_on"])
    return CheckConfig(**given)


def _wrong(path: Path, what: str) -> ConfigError:
    return ConfigError(
        "gender.config",
        received=f"{path}: {what}",
        allowed=", ".join(field.name.replace("_", "-") for field in fields(CheckConfig)),
        fix="Correct the file; tongli gender check --help tells what each option means.",
    )
