from __future__ import annotations

import pytest

from tongli.core import InputError
from tongli.knowledge.catalogue import catalogue, has_claims


@pytest.mark.parametrize(
    ("lang", "audience", "claim", "role"),
    [
        ("en", "ja-JP", "en.idiom.piece-of-cake", None),
        ("en", "ja-JP", "en.idiom.a-piece-of-cake", "expression"),
        ("en-GB", "en-US", "en.slang.knackered", "regional"),
        ("en", "ja-JP", "en-gb.culture-item.boxing-day", "explain"),
        ("en", "en-GB", "en-gb.culture-item.boxing-day", "known"),
        ("en", "ja-JP", "ja-jp.norm.no-tip", "practice"),
        ("ja", "en-US", "ja-jp.norm.no-tip", "explain"),
    ],
)
def test_roles(lang, audience, claim, role):
    entry = catalogue(lang, audience).get(claim)
    assert (entry.role if entry else None) == role


def test_unknown_audiences_and_languages():
    with pytest.raises(InputError) as caught:
        catalogue("en", "nl-NL")
    assert caught.value.code == "claims.audience"
    assert has_claims("arz")
    assert not has_claims("sw")
    assert not has_claims("?")
