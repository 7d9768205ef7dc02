from __future__ import annotations

import pytest

from tongli.core import ConfigError, Draft, Provenance
from tongli.learning.augment.translation import BackTranslation
from tongli.learning.data.record import Record


class Upside:
    """A translator that marks the way."""

    name = "upside"

    def pairs(self):
        return frozenset({("en", "es"), ("es", "en"), ("en", "fr"), ("fr", "en"), ("en", "ca")})

    follows = False

    def translate(self, texts, *, source, target, n=1, brief=None):
        made = Provenance(engine=self.name)
        return [
            [Draft(text=f"{text} {source}>{target}", lang=target, provenance=made)] if len(text) < 50 else []
            for text in texts
        ]


def test_there_and_back_for_each_language_that_has_a_way():
    records = [
        Record(id=str(n), text=f"t{n}", lang=lang) for n, lang in enumerate(["en-GB", "ja", "es", "en"])
    ]
    found = BackTranslation(Upside()).propose(records, count=5, seed=0)
    assert [[item.text for item in row] for row in found] == [
        ["t0 en>es es>en", "t0 en>fr fr>en"],
        [],
        ["t2 es>en en>es"],
        ["t3 en>es es>en", "t3 en>fr fr>en"],
    ]
    assert found[0][0].detail == "upside:en-es"


def test_pivots_are_taken_in_the_order_given():
    method = BackTranslation(Upside(), pivots=["fr", "es"])
    (found,) = method.propose([Record(id="1", text="t", lang="en")], count=1, seed=0)
    assert [item.text for item in found] == ["t en>fr fr>en"]


def test_a_pivot_without_a_way_back_is_refused():
    with pytest.raises(ConfigError, match=r"augment\.pivot.*en, es, fr"):
        BackTranslation(Upside(), pivots=["ca"])
