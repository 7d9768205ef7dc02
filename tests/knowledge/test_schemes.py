from __future__ import annotations

import pytest

from tongli.core import ConfigError
from tongli.knowledge.schemes import SCHEMES, own_scheme, own_schemes


def test_what_toml_declares() -> None:
    found = own_schemes(
        {"intent": {"labels": ["ask", "thank"]}, "rude": {"labels": ["rude"], "kind": "binary"}}
    )
    assert found["intent"] == own_scheme("intent", labels=("ask", "thank"), kind="multiclass")
    assert (found["rude"].kind, found["rude"].dimension, found["rude"].high) == ("binary", "rude", 1.0)
    assert own_schemes({}) == {}


@pytest.mark.parametrize(
    ("name", "labels", "kind", "code"),
    [
        ("Intent", ("a", "b"), "multiclass", "scheme.name"),
        ("../x", ("a", "b"), "multiclass", "scheme.name"),
        *((name, ("a", "b"), "multiclass", "scheme.name") for name in (*SCHEMES, "risk", "manifest")),
        ("intent", ("a", "b"), "regression", "scheme.kind"),
        ("intent", ("a",), "multiclass", "scheme.labels"),
        ("intent", ("a", "a"), "multilabel", "scheme.labels"),
        ("intent", (), "multilabel", "scheme.labels"),
        ("intent", ("a", "b"), "binary", "scheme.labels"),
        ("intent", ("a", " b"), "multiclass", "scheme.labels"),
        ("intent", ("a", "b\x1b[31m"), "multiclass", "scheme.labels"),
        ("intent", ("a", ""), "multiclass", "scheme.labels"),
        ("intent", ("a", "b" * 65), "multiclass", "scheme.labels"),
    ],
)
def test_what_cannot_be_declared(name: str, labels: tuple[str, ...], kind: str, code: str) -> None:
    with pytest.raises(ConfigError) as caught:
        own_scheme(name, labels=labels, kind=kind)
    assert caught.value.code == code


@pytest.mark.parametrize(
    "tables",
    [
        ["intent"],
        {"intent": ["a", "b"]},
        {"intent": {}},
        {"intent": {"labels": "a"}},
        {"intent": {"labels": ["a", 1]}},
        {"intent": {"labels": ["a", "b"], "kind": 3}},
        {"intent": {"labels": ["a", "b"], "low": 0}},
    ],
)
def test_a_table_that_is_none(tables: object) -> None:
    with pytest.raises(ConfigError) as caught:
        own_schemes(tables)
    assert caught.value.code == "scheme.table"
