"""Values out of range are refused with a code, before anything is computed."""

from __future__ import annotations

import pytest

from tongli.core import ConfigError
from tongli.learning.adapt.adaptation import MERGEABLE, METHODS, Adaptation


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"method": "magic"}, "adapt.method"),
        ({"rank": 0}, "adapt.value"),
        ({"alpha": 0}, "adapt.value"),
        ({"prefix": 0}, "adapt.value"),
        ({"bottleneck": -1}, "adapt.value"),
        ({"top_k": -1}, "adapt.value"),
        ({"dropout": 1.0}, "adapt.value"),
    ],
)
def test_values_out_of_range_are_refused(values, code):
    with pytest.raises(ConfigError) as caught:
        Adaptation(**values)
    assert caught.value.code == code
    assert str(next(iter(values.values()))) in caught.value.received


@pytest.mark.parametrize("method", METHODS)
def test_every_method_has_defaults(method):
    assert Adaptation(method=method).method == method


def test_what_ships_is_a_method():
    assert set(MERGEABLE) < set(METHODS)
