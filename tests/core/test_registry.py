from __future__ import annotations

from importlib.metadata import EntryPoint

import pytest

from tongli.core import ConfigError, registry


def points(*pairs):
    return lambda group: [EntryPoint(name, value, group) for name, value in pairs]


def test_built_in_names_are_golden():
    assert {group: registry.names(group) for group in registry.GROUPS} == {
        "tongli.encoders": ("text",),
        "tongli.emotions": ("heads",),
        "tongli.perspectives": ("culture", "feeling", "gender"),
        "tongli.engines": ("gguf", "openai", "realiser"),
        "tongli.translators": ("apertium", "gguf", "mt", "openai"),
    }


@pytest.mark.parametrize(
    ("group", "name"), [(group, name) for group in registry.GROUPS for name in registry.names(group)]
)
def test_every_built_in_resolves_to_a_cheap_constructor(group, name):
    assert callable(registry.resolve(group, name))


def test_an_unknown_name_lists_the_choices():
    with pytest.raises(ConfigError, match=r"plugin\.unknown.*gguf, openai, realiser"):
        registry.resolve("tongli.engines", "nonesuch")


def test_a_name_claimed_twice_is_refused(monkeypatch):
    monkeypatch.setattr(registry, "entry_points", points(("x", "a:b"), ("x", "c:d")))
    with pytest.raises(ConfigError, match=r"plugin\.duplicate"):
        registry.names("tongli.engines")


def test_the_same_entry_seen_twice_is_one(monkeypatch):
    monkeypatch.setattr(registry, "entry_points", points(("x", "a:b"), ("x", "a:b")))
    assert registry.names("tongli.engines") == ("x",)


def test_a_missing_dependency_names_the_extra(monkeypatch):
    monkeypatch.setattr(registry, "entry_points", points(("gguf", "no_such_module_here:X")))
    with pytest.raises(ConfigError, match=r"plugin\.extra.*tongli\[gguf\]"):
        registry.resolve("tongli.engines", "gguf")
