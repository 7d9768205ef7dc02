from __future__ import annotations

import re
import tomllib
from importlib.resources import files

import pytest

from tongli.applications.lint.mixing import find_mix
from tongli.knowledge.claim_files import claims

LEVELS = tomllib.loads((files("tongli.applications.lint") / "levels.toml").read_text("utf-8"))


@pytest.mark.parametrize("lang", LEVELS)
def test_levels_name_claims_about_address(lang):
    for side in ("formal", "informal"):
        entry = LEVELS[lang][side]
        assert claims(lang)[entry["claim"]].kind in {"address", "honorific"}
        re.compile(entry.get("pattern", ""))


def test_one_finding_at_the_level_that_is_used_less():
    text = "Wenn Sie mögen, schicke ich Ihnen alles. Sag mir, was du brauchst, und danke Ihnen!"
    (found,) = find_mix(text, "de")
    assert text[slice(*found.span)] == "du"
    assert found.message == "two levels of address in one text: “du” (once) and “Sie” (3 times)"
    assert found.audience is None


def test_one_level_or_none_is_nothing_to_report():
    assert find_mix("Kommst du mit deinem Bruder?", "de") == []
    assert find_mix("", "de") == []
    assert find_mix("You and you.", "en") == []


def test_the_claim_is_one_that_may_be_reported():
    """ты is silent by itself, so the mix is told by the claim about вы."""
    (found,) = find_mix("Ты читал моё письмо? Жду вас завтра, и вас тоже.", "ru")
    assert found.claim.id == "ru.address.vy"
    assert found.span == (0, 2)


def test_quotations_are_not_the_writers_level():
    assert find_mix("Sie fragte: „Kommst du?“ Können Sie mir helfen?", "de") == []
