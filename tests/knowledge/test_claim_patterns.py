from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongli.core import ConfigError, InputError
from tongli.knowledge.claim_patterns import Choice, Gap, Pause, Word, parse_form


def told(form: str, lang: str = "en") -> list[str]:
    """A form in short: options in the order of trying, ? for optional."""
    found = []
    for item in parse_form(form, lang).items:
        if isinstance(item, Choice):
            options = (" ".join(word.text + "*" * word.open for word in option) for option in item.options)
            found.append("|".join(options) + "?" * item.optional)
        else:
            found.append({Gap: "…", Pause: "."}[type(item)])
    return found


@pytest.mark.parametrize(
    ("form", "lang", "expected"),
    [
        ("kick|kicked the bucket", "en", ["kicked|kick", "the", "bucket"]),
        ("perd* la cabeza", "es", ["perd*", "la", "cabeza"]),
        ("on a shoestring (budget)", "en", ["on", "a", "shoestring", "budget?"]),
        ("(very|so) blue moon", "en", ["very|so?", "blue", "moon"]),
        ("make (both ends) meet", "en", ["make", "both ends?", "meet"]),
        ("favo(u)r|good walk(ed|ing)", "en", ["favour|favor|good", "walking|walked"]),
        ("take … with a", "en", ["take", "…", "with", "a"]),
        ("take… with", "en", ["take", "…", "with"]),
        ("… sells out …", "en", ["sells", "out"]),
        ("tomber à l'eau", "fr", ["tomber", "à", "l eau"]),
        ("in for a penny, in", "en", ["in", "for", "a", "penny", "in"]),
        ("¡Ay! ¿Qué tal?", "es", ["ay", ".", "qué", "tal"]),
        ("Straße", "de", ["strasse"]),
        ("👍|👌", "en", ["👍|👌"]),
        ("猫の手も借り(たい|たかった)", "ja", ["猫の手も借り", "たかった|たい"]),
        ("背(了|着)(个)黑锅", "zh", ["背", "了|着", "个?", "黑锅"]),
        ("炒(了|过|)…鱿鱼", "zh", ["炒", "了|过?", "…", "鱿鱼"]),
        ("摸鱼|划(了)水", "zh", ["划了水|摸鱼|划水"]),
        ("ＹＹＤＳ", "zh", ["yyds"]),
    ],
)
def test_the_language(form, lang, expected):
    assert told(form, lang) == expected


@pytest.mark.parametrize(
    ("form", "lang", "words"),
    [
        ("", "en", "nothing in it must be there"),
        ("(maybe)", "en", "nothing in it must be there"),
        ("…", "en", "nothing in it must be there"),
        ("?!", "en", "nothing in it must be there"),
        ("spill (the beans", "en", r"a \( without its \)"),
        ("spill the) beans", "en", r"a \) without its \("),
        ("spill (the … x) beans", "en", "a gap stands between words"),
        ("sp*ill", "en", "stands at the end"),
        ("* beans", "en", "needs a stem"),
        ("a" + "(b|c|d|e)" * 5, "en", "more than 512 texts"),
        ("黑*", "zh", "no meaning here"),
        ("()黑", "zh", "an empty group"),
        ("(黑)", "zh", "nothing in it must be there"),
    ],
)
def test_every_mistake_is_a_coded_error(form, lang, words):
    with pytest.raises(ConfigError, match=words) as caught:
        parse_form(form, lang)
    assert caught.value.code == "claims.pattern"


def test_a_language_that_is_none():
    with pytest.raises(InputError):
        parse_form("a", "?")


def test_examples_show_every_option():
    form = parse_form("kick|kicked the (old) bucket", "en")
    assert set(form.examples()) == {"kicked the old bucket", "kicked the bucket", "kick the old bucket"}
    assert list(parse_form("背(了|着)黑锅", "zh").examples()) == ["背了黑锅", "背了黑锅", "背着黑锅"]


def test_an_open_word():
    assert parse_form("loc*", "es").items == (Choice(((Word("loc", open=True),),)),)


@given(st.text(alphabet="ab ()|*….'", max_size=25), st.sampled_from(["en", "zh"]))
def test_any_text_is_understood_or_refused(form, lang):
    with suppress(ConfigError):
        assert list(parse_form(form, lang).examples())
