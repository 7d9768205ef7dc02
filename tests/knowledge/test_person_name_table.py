from __future__ import annotations

from itertools import product
from typing import get_args

import pytest

from tongli.core import InputError
from tongli.knowledge.person_name_table import expand, parent, rules, source
from tongli.knowledge.person_names import FIELDS, MODIFIERS, Formality, Length, Order, Usage


def test_locales_inherit() -> None:
    assert rules("nl-BE") == rules("nl")
    assert rules("es-CO").tag == "es-419"
    assert rules("zh-TW").tag == "zh-Hant"
    assert rules("en-GB").initial == "{0}" != rules("en").initial
    assert rules("en-GB").patterns == rules("en").patterns


def test_what_cldr_does_not_know_has_the_rules_of_the_root() -> None:
    assert rules("tlh").tag == "und"
    assert rules("tlh").patterns == rules("und").patterns


def test_no_tag_at_all() -> None:
    with pytest.raises(InputError) as caught:
        rules("not a tag")
    assert caught.value.code == "locale.tag"


@pytest.mark.parametrize("tag", ["und", "en", "ja", "ko", "ar-EG", "hi", "ru", "pt-PT", "zh-Hant-HK", "my"])
def test_every_style_has_patterns_of_known_fields(tag: str) -> None:
    found = rules(tag)
    for order, length, usage, formality in product(*map(get_args, (Order, Length, Usage, Formality))):
        for pattern in found.choices(order, length=length, usage=usage, formality=formality):
            keys = [piece.partition("}")[0] for piece in pattern.split("{")[1:]]
            assert keys
            for field, *modifiers in (key.split("-") for key in keys):
                assert field in FIELDS
                assert set(modifiers) <= set(MODIFIERS)


def test_the_source_is_a_package_at_a_version() -> None:
    assert source().startswith("cldr-person-names-full@")


def test_expanding_puts_a_locale_over_its_parent() -> None:
    locales = {
        "und": {"initial": "{0}.", "patterns": {"a": ["1"], "b": ["2"]}},
        "es": {"patterns": {"b": ["3"]}},
        "es-MX": {"initial": "{0}"},
    }
    assert parent("es-MX", locales) == "es"
    assert parent("es", locales) == "und"
    assert expand(locales, "es-MX") == {"initial": "{0}", "patterns": {"a": ["1"], "b": ["3"]}}
    assert locales["und"]["patterns"] == {"a": ["1"], "b": ["2"]}
