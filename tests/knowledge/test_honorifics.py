from __future__ import annotations

import tomllib
from importlib.resources import files

import pytest

from tongli.knowledge.claim_files import claims
from tongli.knowledge.honorifics import levels
from tongli.knowledge.locales import knows, profile

LANGUAGES = tomllib.loads((files("tongli.knowledge") / "honorifics.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_level_can_be_found(lang: str) -> None:
    scale = levels(lang)
    assert len({level.name for level in scale}) == len(scale)
    for level in scale:
        if level.marked:
            assert level.address in profile(lang).markers, level
        else:
            assert level.pattern or any(claims(lang)[name].forms for name in level.claims), level


@pytest.mark.parametrize("lang", [lang for lang in LANGUAGES if any(level.claims for level in levels(lang))])
def test_levels_point_to_claims_that_are_there(lang: str) -> None:
    found = claims(lang)
    for level in levels(lang):
        for name in level.claims:
            assert found[name].kind in {"honorific", "address"}


def test_members_of_a_macrolanguage_share_its_scale_and_others_have_none() -> None:
    assert levels("arz-EG") == levels("ar") != ()
    assert levels("fi") == ()
    assert not knows("jv")
    assert levels("jv")[0].name == "ngoko"
