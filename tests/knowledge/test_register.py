"""The tables of address."""

from __future__ import annotations

import pytest

from tongli.knowledge.register import table, weights


@pytest.mark.parametrize("lang", ["de", "es", "fr", "hi", "it", "ja", "ko", "nl", "pt", "vi"])
def test_every_table_states_its_source(lang):
    assert table(lang)["source"]


@pytest.mark.parametrize("lang", ["es", "it", "pt"])
def test_weights_are_finite_and_have_a_bias(lang):
    learnt = weights(lang)
    assert "bias" in learnt
    assert all(abs(weight) < 20 for weight in learnt.values())
