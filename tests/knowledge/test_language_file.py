from importlib.resources import files

import pytest

from tongli.core import ConfigError
from tongli.knowledge.language_file import parse_domains, parse_profile

GOOD = (files("tongli.knowledge") / "profiles" / "de.toml").read_text(encoding="utf-8")


def test_a_good_file():
    assert parse_profile("de", GOOD).forms["formal"] == ("Sie",)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('register = "formal"', 'register = "stiff"'),
        ("mirror = true", 'mirror = "yes"'),
        ("mirror = true", ""),
        ('named = "Hallo {name},"', 'named = "Hallo,"'),
        ('bare = "Hallo,"', 'bare = "Hallo {name},"'),
        ('informal = "Viele Grüße"', 'informal = " "'),
        ('strength = "common"', 'strength = "everybody"'),
        ('["Clyne, Norrby & Warren (2009), Language and Human Relations"]', "[]"),
        ('counter = ["Public offices', 'counters = ["Public offices'),
        (r"(?!\w)']", r"(?!\w']"),
        ("[closing]", "[closing"),
        ('position = "before"', 'position = "under"'),
    ],
)
def test_every_mistake_is_a_coded_error_that_names_the_file(old, new):
    assert old in GOOD
    with pytest.raises(ConfigError) as caught:
        parse_profile("de", GOOD.replace(old, new))
    assert caught.value.code == "knowledge.profile"
    assert "profiles/de.toml" in caught.value.received


def test_a_domain_without_a_counter_example_is_refused():
    text = """
        [[domain]]
        names = ["x"]
        id = "a.b"
        register = "formal"
        statement = "s"
        strength = "common"
        sources = ["t"]
    """
    with pytest.raises(ConfigError, match="no counter-example"):
        parse_domains(text)
