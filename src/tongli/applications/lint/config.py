"""What to report: ``.tongli-lint.toml``, or ``[tool.tongli.lint]`` in ``pyproject.toml``.

for = ["ja-JP", "de-DE"]
select = ["idiom", "taboo"]
ignore = ["en.idiom.break-a-leg"]
fail-on = "note"
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, Literal, get_args

from tongli.applications.lint.rules import Severity
from tongli.core import ConfigError, shorten
from tongli.knowledge.claim import KINDS, Claim

FailOn = Literal["warning", "note", "never"]

NAME = ".tongli-lint.toml"
_PROJECT = "pyproject.toml"
_ORDER: tuple[Severity, ...] = ("note", "warning")


@dataclass(frozen=True, slots=True, kw_only=True)
class LintConfig:
    """Options of a run.

    Attributes:
        audiences: who reads the texts (``for`` in files).
        select: ids and kinds to report; everything if ``None``.
        ignore: ids and kinds to leave out.
        fail_on: from which severity on findings make the run fail.
        lang: language of the texts; identified if ``None``.
    """

    audiences: tuple[str, ...] = ()
    select: frozenset[str] | None = None
    ignore: frozenset[str] = frozenset()
    fail_on: FailOn = "warning"
    lang: str | None = None

    def wants(self, claim: Claim) -> bool:
        """Whether findings of a claim are reported."""
        names = {claim.id, claim.kind}
        return (self.select is None or bool(names & self.select)) and not names & self.ignore

    def fails(self, severities: Iterable[Severity]) -> bool:
        """Whether findings of these severities make the run fail."""
        if self.fail_on == "never":
            return False
        least = _ORDER.index(self.fail_on)
        return any(_ORDER.index(item) >= least for item in severities)


def load(path: Path | None = None, *, start: Path | None = None) -> LintConfig:
    """The options of a file; without ``path``, of the nearest one from ``start`` (here) upwards.

    Raises:
        ConfigError: ``lint.config`` for a file that is missing, no TOML, or says something unknown.
    """
    if path is not None:
        return _parse(_table(path), path)
    here = (start or Path.cwd()).resolve()
    for folder in (here, *here.parents):
        if (folder / NAME).is_file():
            return _parse(_table(folder / NAME), folder / NAME)
        project = folder / _PROJECT
        if project.is_file() and (table := _table(project)):
            return _parse(table, project)
    return LintConfig()


def rule_names(names: Iterable[str]) -> frozenset[str]:
    """Ids and kinds of claims.

    Raises:
        ConfigError: ``lint.rule`` for what is neither.
    """
    found = frozenset(names)
    for name in sorted(found):
        if name not in KINDS and name.count(".") != 2:
            raise ConfigError(
                "lint.rule",
                received=shorten(name),
                allowed=f"the id of a claim, as de.idiom.…, or a kind: {', '.join(KINDS)}",
                fix="Correct select or ignore.",
            )
    return found


def fail_on(value: object) -> FailOn:
    """From which severity on findings make a run fail; raises ``ConfigError`` (``lint.fail-on``)."""
    for known in get_args(FailOn):
        if value == known:
            return known  # type: ignore[no-any-return]
    raise ConfigError(
        "lint.fail-on",
        received=shorten(value),
        allowed=", ".join(get_args(FailOn)),
        fix="Correct fail-on.",
    )


def _table(path: Path) -> Mapping[str, Any]:
    try:
        data = tomllib.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise _wrong(path, str(error)) from None
    for name in ("tool", "tongli", "lint") if path.name == _PROJECT else ():
        data = data.get(name, {})
        if not isinstance(data, dict):
            raise _wrong(path, f"{name} is no table")
    return data


def _parse(data: Mapping[str, Any], path: Path) -> LintConfig:
    known = {
        "for" if field.name == "audiences" else field.name.replace("_", "-") for field in fields(LintConfig)
    }
    if unknown := sorted(data.keys() - known):
        raise _wrong(path, f"the unknown key {shorten(unknown[0])}")
    lang = data.get("lang")
    if not isinstance(lang, str | None):
        raise _wrong(path, f"lang is {shorten(lang)}, not a string")
    return LintConfig(
        audiences=_names(data, "for", path),
        select=rule_names(_names(data, "select", path)) if "select" in data else None,
        ignore=rule_names(_names(data, "ignore", path)),
        fail_on=fail_on(data.get("fail-on", "warning")),
        lang=lang,
    )


def _names(data: Mapping[str, Any], key: str, path: Path) -> tuple[str, ...]:
    value = data.get(key, [])
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise _wrong(path, f"{key} is {shorten(value)}, not a list of strings")
    return tuple(value)


def _wrong(path: Path, what: str) -> ConfigError:
    return ConfigError(
        "lint.config",
        received=f"{path.name} with {what}",
        allowed="TOML with for, select, ignore (lists of strings), fail-on and lang",
        fix="Correct the file, or name another with --config.",
    )
