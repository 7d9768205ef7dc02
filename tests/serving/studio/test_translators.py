from __future__ import annotations

import pytest

pytest.importorskip("nicegui", reason="the extra studio is not installed")

from tongli.core import TongliError
from tongli.serving.studio import translators as module
from tongli.serving.studio.translators import Translators


class Dictionary:
    """A translator of one pair, which counts how often it was opened."""

    opened = 0
    follows = False

    def __init__(self, name: str, *pairs: tuple[str, str]) -> None:
        self.name, self._pairs = name, frozenset(pairs)
        Dictionary.opened += 1

    def pairs(self):
        return self._pairs

    def translate(self, texts, **_):
        return [[] for _ in texts]


@pytest.fixture
def shelf(monkeypatch):
    """What is installed: pair → name; a pair that is missing is an error, as for the real one."""
    installed = {("en", "es"): "rules", ("de", "en"): "weights"}

    def open_translator(name, *, source, target):
        found = installed.get((source, target))
        if found is None:
            raise TongliError("translate.no-engine", received="", allowed="", fix="")
        return Dictionary(found, *[pair for pair, each in installed.items() if each == found])

    monkeypatch.setattr(Dictionary, "opened", 0)
    monkeypatch.setattr(module, "open_translator", open_translator)
    return installed


def test_an_open_one_stays(shelf):
    all_ = Translators()
    first = all_.of("en", "es")
    assert all_.of("en-GB", "es-MX") is first
    assert all_.of("de", "en") is not first
    assert Dictionary.opened == 2


def test_a_pair_that_was_installed_meanwhile_is_found(shelf):
    all_ = Translators()
    all_.of("en", "es")
    with pytest.raises(TongliError, match=r"translate\.no-engine"):
        all_.of("en", "fr")
    shelf["en", "fr"] = "rules"
    assert all_.of("en", "fr").name == "rules"
    assert all_.of("en", "es").name == "rules"
    assert Dictionary.opened == 2
