"""The file of ``tongli gender check``: ``.tongli-gender.toml``, or a table in ``pyproject.toml``.

style = "microsoft"
ignore = ["inclusive.idiom", "inclusive.job-title.actress"]
fail-on = "note"

[severity]
"inclusive.binary" = "warning"

[words.en]
rockstar = ["expert"]

[languages.de]
ignore = ["inclusive"]
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import fields
from pathlib import Path
from types import MappingProxyType
from typing import Any, NoReturn, get_args

from tongli.applications.gender.check_config import (
    CheckConfig,
    Choice,
    Severity,
    require_style,
    rule_names,
)
from tongli.applications.lint.config import fail_on
from tongli.core import ConfigError, InputError, shorten
from tongli.empathy.gender.check.lists import languages as with_lists
from tongli.empathy.gender.check.wording import Entry, own_entry
from tongli.knowledge import tags

NAME = ".tongli-gender.toml"
_PROJECT = "pyproject.toml"


def load(path: Path | None = None, *, start: Path | None = None) -> CheckConfig:
    """The options of a file; without ``path``, of the nearest one from ``start`` (here) upwards.

    Raises:
        ConfigError: ``gender.config`` for a file that is missing, no TOML, or says something unknown.
        InputError: ``gender.guide`` for a style that is not known.
    """
    if path is not None:
        return _parse(_table(path), path)
    here = (start or Path.cwd()).resolve()
    for folder in (here, *here.parents):
        for name in (NAME, _PROJECT):
            if (folder / name).is_file() and (found := _table(folder / name)):
                return _parse(found, folder / name)
    return CheckConfig()


def _table(path: Path) -> Mapping[str, Any]:
    try:
        data = tomllib.loads(path.read_text("utf-8"))
    except tomllib.TOMLDecodeError as error:
        _refuse(path, f"no TOML: {error}")
    except (OSError, ValueError) as error:
        _refuse(path, type(error).__name__)
    for name in ("tool", "tongli", "gender") if path.name == _PROJECT else ():
        data = data.get(name, {})
        if not isinstance(data, dict):
            _refuse(path, f"{name} is no table")
    return data


def _parse(data: Mapping[str, Any], path: Path) -> CheckConfig:
    known = {item.name.replace("_", "-"): item.name for item in fields(CheckConfig)}
    if unknown := sorted(data.keys() - known.keys()):
        _refuse(path, f"the unknown key {shorten(unknown[0])}")
    try:
        return CheckConfig(**{known[key]: _value(known[key], value, path) for key, value in data.items()})
    except (ConfigError, InputError) as error:
        if error.received.startswith(f"{path}: "):
            raise
        raise error.at(str(path)) from None


def _value(key: str, value: Any, path: Path) -> Any:
    if key in {"select", "ignore"}:
        return rule_names(_strings(key, value, path))
    if key == "severity":
        return _severities(_mapping(key, value, path), path)
    if key == "words":
        return _by_language(key, value, path, _words)
    if key == "languages":
        return _by_language(key, value, path, _choice)
    if not isinstance(value, bool if key == "everyone" else str):
        _refuse(path, f"{key} is {shorten(value)}")
    if key == "style":
        return require_style(value)
    return fail_on(value) if key == "fail_on" else value


def _severities(data: Mapping[str, Any], path: Path) -> Mapping[str, Severity]:
    rule_names(data)
    if wrong := [value for value in data.values() if value not in get_args(Severity)]:
        _refuse(path, f"the severity {shorten(wrong[0])}")
    return MappingProxyType(dict(data))


def _words(data: Mapping[str, Any], path: Path) -> tuple[Entry, ...]:
    return tuple(
        own_entry(term, [value] if isinstance(value, str) else _strings(term, value, path))
        for term, value in data.items()
        if term.strip() or _refuse(path, "a blank word")
    )


def _choice(data: Mapping[str, Any], path: Path) -> Choice:
    if unknown := sorted(data.keys() - {"select", "ignore"}):
        _refuse(path, f"the unknown key {shorten(unknown[0])} of a language")
    return Choice(**{key: rule_names(_strings(key, value, path)) for key, value in data.items()})


def _by_language(key: str, value: Any, path: Path, read: Any) -> Mapping[str, Any]:
    found = {}
    for lang, inner in _mapping(key, value, path).items():
        if tags.primary(lang) not in with_lists():
            _refuse(path, f"{key} of the language {shorten(lang)}")
        found[tags.primary(lang)] = read(_mapping(f"{key}.{lang}", inner, path), path)
    return MappingProxyType(found)


def _mapping(key: str, value: Any, path: Path) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        _refuse(path, f"{shorten(key)} is no table")
    return value


def _strings(key: str, value: Any, path: Path) -> Sequence[str]:
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        _refuse(path, f"{shorten(key)} is no list of strings")
    return value


def _refuse(path: Path, what: str) -> NoReturn:
    raise ConfigError(
        "gender.config",
        received=f"{path}: {what}",
        allowed=", ".join(item.name.replace("_", "-") for item in fields(CheckConfig)),
        fix="Correct the file; docs/gender-check.md tells what each key means.",
    ) from None
