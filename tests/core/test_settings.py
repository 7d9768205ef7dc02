from __future__ import annotations

from pathlib import Path

import pytest

from tongli.core import ConfigError, Settings


def test_defaults_work_anywhere():
    settings = Settings.from_env({})
    assert settings.threads >= 1
    assert settings.cache.name == "tongli"
    assert not settings.offline
    assert settings.heads is None
    assert settings.model == "embedded"
    assert settings.claims is None


def test_the_environment_decides():
    env = {"TONGLI_CACHE": "/x", "TONGLI_THREADS": "3", "TONGLI_OFFLINE": "Yes", "TONGLI_MAX_CHARS": "10"}
    settings = Settings.from_env({**env, "TONGLI_HEADS": "/h", "TONGLI_MODEL": "mine", "TONGLI_CLAIMS": "/c"})
    assert settings == Settings(
        cache=Path("/x"),
        threads=3,
        offline=True,
        max_chars=10,
        heads=Path("/h"),
        model="mine",
        claims=Path("/c"),
    )


@pytest.mark.parametrize("value", ["0", "-1", "two", "1.5", "²"])
def test_a_bad_number_is_a_coded_error(value):
    with pytest.raises(ConfigError) as caught:
        Settings.from_env({"TONGLI_THREADS": value})
    assert caught.value.code == "settings.number"
