from collections import Counter
from importlib.resources import files

import pytest

from tongli.core import EngineError
from tongli.generation.realiser.phrasebook import load, parse, tags
from tongli.generation.realiser.shape import POOLS

ENGLISH = (files("tongli.generation.realiser") / "phrases" / "en.toml").read_text(encoding="utf-8")


@pytest.mark.parametrize("tag", sorted(tags()))
def test_files_have_the_shape(tag):
    book = load(tag)
    assert book.tag == tag
    assert book.pools.keys() == POOLS.keys()


@pytest.mark.parametrize("tag", sorted(tags()))
@pytest.mark.parametrize("address", ["formal", "informal"])
def test_no_wording_serves_two_purposes(tag, address):
    texts = Counter(
        wording.render(address=address)
        for pool, wordings in load(tag).pools.items()
        if not pool.startswith("greeting.")
        for wording in wordings
    )
    assert [text for text, count in texts.items() if count > 1] == []


@pytest.mark.parametrize("tag", sorted(tags()))
def test_signoff_tells_register_and_address_apart(tag):
    pools = load(tag).pools
    signoffs = {
        wording.render(address=address)
        for register in ("formal", "neutral", "informal")
        for address in ("formal", "informal")
        for wording in pools[f"signoff.{register}"]
    }
    assert len(signoffs) == 6


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ("[comfort.fear]", "[comfort.dread]", "comfort.dread.high"),
        ('gap = " "', "gap = 1", "style"),
        ('gap = " "\n', "", "style"),
        ('informal = ["[All the best|Take care]"]', "informal = []", "signoff.informal"),
        ('informal = ["[All the best|Take care]"]', 'informal = "Bye"', "signoff.informal"),
        ('informal = ["[All the best|Take care]"]', 'informal = [" "]', "signoff.informal"),
        ("[All the best|Take care]", "[All the best|Take care", "signoff.informal"),
        ("[All the best|Take care]", "Bye, <dear|dear>", "signoff.informal"),
        ("[All the best|Take care]", "Bye, {name}", "signoff.informal"),
        ("Hi {name},", "Hi,", "greeting.informal.named"),
    ],
)
def test_a_broken_file_names_the_key(old, new, key):
    assert old in ENGLISH
    with pytest.raises(EngineError) as caught:
        parse(ENGLISH.replace(old, new).encode(), name="en.toml")
    assert caught.value.code == "engine.phrases"
    assert "en.toml" in str(caught.value)
    assert key in str(caught.value)


@pytest.mark.parametrize("raw", [b"\xff\xfe", b"[greeting", b""])
def test_a_file_that_is_no_phrase_file(raw):
    with pytest.raises(EngineError) as caught:
        parse(raw, name="xx.toml")
    assert caught.value.code == "engine.phrases"


def test_content_decides_the_version():
    one, two = (parse(text.encode(), name="en.toml") for text in (ENGLISH, ENGLISH + "\n"))
    assert one.version != two.version
    assert one.version == load("en").version
