from __future__ import annotations

import pytest

from tongli.core import InputError
from tongli.generation.adapt import Audience
from tongli.generation.adapt.audience import registers, told_choices
from tongli.knowledge.claim_files import SHIPPED


@pytest.mark.parametrize(
    ("told", "tag", "register", "medium"),
    [
        ("ja-JP", "ja-JP", None, None),
        ("ja", "ja-JP", None, None),
        ("ja-JP:register=keigo,medium=e-mail", "ja-JP", "formal", "email"),
        ("ko_KR: register = Banmal ", "ko-KR", "informal", None),
        ("de-AT:register=du", "de-AT", "informal", None),
        ("fr-FR:medium=letter,register=neutral", "fr-FR", "neutral", "letter"),
    ],
)
def test_words_for_an_audience(told, tag, register, medium):
    audience = Audience.parse(told)
    assert (audience.tag, audience.register, audience.medium) == (tag, register, medium)
    assert Audience.parse(str(audience)) == audience


@pytest.mark.parametrize("told", ["", "nope", "xx-YY", "nl-NL", "ja JP", "日本", "-", "de-DE-"])
def test_unknown_audiences_are_refused_with_what_is_allowed(told):
    with pytest.raises(InputError) as caught:
        Audience.parse(told)
    assert caught.value.code == "adapt.audience"
    assert "ja-JP" in caught.value.allowed
    assert "medium" in caught.value.allowed


@pytest.mark.parametrize(
    "setting", ["register=keigo", "register=", "medium=fax", "colour=red", "=", "formal"]
)
def test_unknown_settings_are_refused_with_what_is_allowed(setting):
    with pytest.raises(InputError) as caught:
        Audience.parse(f"de-DE:{setting}")
    assert caught.value.code == "adapt.setting"
    assert "duzen" in caught.value.allowed


def test_neutral_is_what_is_usual_in_a_language():
    assert Audience.parse("de-DE:register=neutral").address("de") == "formal"
    assert Audience.parse("de-DE").address("de") is None


def test_every_audience_has_its_three_registers():
    for tag in SHIPPED.audiences:
        assert {"formal", "neutral", "informal"} <= registers(tag).keys()
        assert tag in told_choices()
