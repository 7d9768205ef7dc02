from __future__ import annotations

import pytest

from tongli.applications.studio import LOCAL, Preferences
from tongli.core import InputError


def test_defaults_then_what_was_chosen(store, add_actor):
    ana = add_actor(store, "ana")
    assert store.preferences.get(by=ana) == Preferences()
    wanted = Preferences(language="zh-Hant", theme="dark", share_edits=True)
    for chosen in (wanted, Preferences(theme="light"), wanted):
        store.preferences.put(chosen, by=ana)
        assert store.preferences.get(by=ana) == chosen
    assert store.preferences.get(by=LOCAL) == Preferences()


def test_a_theme_is_one_of_three(sqlite_store):
    with pytest.raises(InputError, match=r"studio\.choice"):
        sqlite_store.preferences.put(Preferences(theme="pink"), by=LOCAL)
