import pytest

from tongli.core import InputError
from tongli.empathy.reply import declared_for, is_tag, reply_tag


def test_the_tag_asked_for_comes_first(make_reading):
    assert reply_tag(make_reading(lang="de")) == "de"
    assert reply_tag(make_reading(lang="de", reply_lang="es-MX")) == "es-MX"


@pytest.mark.parametrize("lang", ["und", "yo", "tlh"])
def test_unknown_languages_are_answered_in_english(make_reading, lang):
    assert reply_tag(make_reading(lang=lang)) == "en"


def test_a_wrong_tag_asked_for_is_an_error(make_reading):
    with pytest.raises(InputError, match=r"locale\.tag"):
        reply_tag(make_reading(reply_lang="not a tag"))


def test_declared_for():
    assert declared_for("es-MX", {"es": 1, "nonsense!": 2}) == 1
    assert declared_for("fr", {"es": 1}) is None
    assert is_tag("zh-Hant")
    assert not is_tag("")
