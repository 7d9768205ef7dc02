import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongli.core import InputError
from tongli.knowledge import tags


@pytest.mark.parametrize(
    ("tag", "chain"),
    [
        ("es-MX", ("es-MX", "es-419", "es")),
        ("zh-TW", ("zh-TW", "zh-Hant", "zh")),
        ("zh-Hans-CN", ("zh-Hans-CN", "zh")),
        ("pt-AO", ("pt-AO", "pt-PT", "pt")),
        ("PT_br", ("pt-BR", "pt")),
        ("de-DE-1996", ("de-DE", "de")),
        ("en-US-u-ca-buddhist", ("en-US", "en")),
        ("iw", ("he",)),
        ("deu", ("de",)),
        ("tlh", ("tlh",)),
        ("und", ("und",)),
    ],
)
def test_fallbacks(tag, chain):
    assert tags.fallbacks(tag) == chain


@pytest.mark.parametrize(
    "tag", ["", " ", "e", "123", "not a tag", "a-b", "de--AT", "日本", "x" * 500, "de-ДЕ"]
)
def test_what_is_no_tag_is_refused_without_being_repeated(tag):
    with pytest.raises(InputError) as caught:
        tags.fallbacks(tag)
    assert caught.value.code == "locale.tag"
    assert len(tag) < 2 or tag not in str(caught.value)


@given(st.text(max_size=20))
def test_any_text_is_a_tag_or_a_coded_error(text):
    try:
        chain = tags.fallbacks(text)
    except InputError:
        return
    assert tags.fallbacks(chain[-1])[0] == chain[-1]
    # Not always the last: Nynorsk (nn) inherits from Norwegian (no).
    assert tags.primary(text) in chain
    assert tags.primary(tags.with_region(text)) == tags.primary(text)


@pytest.mark.parametrize(
    ("tag", "full"),
    [("zh", "zh-CN"), ("zh-Hant", "zh-TW"), ("pt", "pt-BR"), ("es-MX", "es-MX"), ("sr-Latn", "sr-Latn-RS")],
)
def test_the_likely_region_is_filled_in(tag, full):
    assert tags.with_region(tag) == full


@pytest.mark.parametrize(
    ("tag", "available", "found"),
    [
        ("es-MX", ["en", "es"], "es"),
        ("es", ["en", "es-MX"], "es-MX"),
        ("es", ["es-MX", "es-AR"], None),
        ("es-AR", ["ES_ar"], "ES_ar"),
        ("zh-TW", ["zh", "zh-Hant"], "zh-Hant"),
        ("de", [], None),
        ("de", ["en"], None),
    ],
)
def test_match(tag, available, found):
    assert tags.match(tag, available) == found


def test_language_and_region():
    assert tags.same_language("pt-PT", "pt-BR")
    assert not tags.same_language("pt", "es")
    assert tags.has_region("es-419")
    assert not tags.has_region("zh-Hant")


@pytest.mark.parametrize(
    ("tag", "available", "found"),
    [
        ("es", "en es-419", "es-419"),
        ("es", "es-419 es-ES", "es-ES"),
        ("es-MX", "es es-419", "es-419"),
        ("es-ES", "es-419 pt", "es-419"),
        ("pt", "pt-BR pt-MZ", "pt-BR"),
        ("pt-PT", "pt-BR pt-MZ", "pt-MZ"),
        ("pt-MZ", "pt pt-BR", "pt"),
        ("zh", "zh-Hans zh-Hant", "zh-Hans"),
        ("zh-TW", "zh-Hans zh-Hant", "zh-Hant"),
        ("zh-Hant", "zh", "zh"),
        ("ar", "arq ary de", "arq ary"),
        ("ar", "ar arq", "ar"),
        ("arq", "ar ary", "ar"),
        ("arz", "arq ary", "arq ary"),
        ("no", "da nb", "nb"),
        ("ak", "sw tw", "tw"),
        ("tw", "ak sw", "ak"),
        ("IW", "he", "he"),
        ("hi-Latn", "en-IN hi", "hi"),
        ("ja", "en zh", ""),
        ("und", "en es-419", ""),
        ("not a tag", "en", ""),
        ("en", "", ""),
    ],
)
def test_nearest(tag, available, found):
    assert tags.nearest(tag, tuple(available.split())) == tuple(found.split())


@given(
    st.text(max_size=12), st.lists(st.sampled_from(["en", "es-419", "zh-Hant", "tw", "x y", ""]), unique=True)
)
def test_whatever_the_tag_the_nearest_are_among_the_available(tag, available):
    assert set(tags.nearest(tag, tuple(available))) <= set(available)
    assert all(tags.nearest(entry, tuple(available)) == (entry,) for entry in available)
