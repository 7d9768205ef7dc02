import pytest

from tongli.core import InputError
from tongli.knowledge.claim_files import ClaimFiles
from tongli.knowledge.claim_search import search


@pytest.fixture
def files(write_claims, claim_data):
    write_claims(
        "languages/en/idioms",
        claim_data(),
        claim_data(
            "en.idiom.under-the-weather", "under the weather", statement="It says that one feels ill."
        ),
    )
    write_claims("languages/zh/idioms", claim_data("zh.idiom.bei-heiguo", "背(了|着)黑锅"))
    return ClaimFiles(
        write_claims("cultures/en-GB/norms", claim_data("en-gb.norm.beans-on-toast", "beans on toast"))
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He spilt the proverbial beans", [("en.idiom.spill-the-beans", "form")]),
        ("背了黑锅", [("zh.idiom.bei-heiguo", "form")]),
        ("spill the beans", [("en.idiom.spill-the-beans", "form")]),
        ("weather secret", [("en.idiom.under-the-weather", "words")]),
        ("  UNDER the\nweather ", [("en.idiom.under-the-weather", "form")]),
        ("bei-heiguo", [("zh.idiom.bei-heiguo", "id")]),
        ("feels ill", [("en.idiom.under-the-weather", "statement")]),
        ("", []),
        ("nothing of the kind", []),
    ],
)
def test_what_is_found(files, text, expected):
    assert [(item.claim.id, item.why) for item in search(text, files=files)] == expected


def test_the_nearest_come_first(files):
    found = search("泄露秘密", files=files)
    assert {item.why for item in found} == {"equivalent"}
    assert [item.tag for item in found] == ["en", "en", "en-GB", "zh"]
    assert [item.why for item in search("beans", files=files)] == ["form", "form", "literal", "literal"]


def test_one_audience(files):
    assert [item.tag for item in search("beans", lang="en-GB", files=files)] == ["en", "en-GB", "en"]
    assert {item.tag for item in search("beans", lang="en", files=files)} == {"en"}


def test_an_audience_without_claims(files):
    with pytest.raises(InputError, match=r"claims\.audience"):
        search("beans", lang="ko", files=files)


def test_where_it_matters_is_searched_too_and_practices_come_first(write_claims, claim_data):
    scope = {"register": ["neutral"], "medium": ["email"]}
    write_claims("languages/en/idioms", claim_data("en.idiom.a", "touch base", scope=scope))
    root = write_claims("languages/en/norms", claim_data("en.norm.b", "Dear sir", kind="norm", scope=scope))
    found = search("email", files=ClaimFiles(root))
    assert [(item.claim.id, item.why) for item in found] == [("en.norm.b", "scope"), ("en.idiom.a", "scope")]


def test_what_is_only_inside_of_words_gives_way(write_claims, claim_data):
    inside = claim_data("en.norm.a", "x", statement="Multiple greetings.", kind="norm")
    start = claim_data("en.norm.b", "y", statement="Tips are usual.", kind="norm")
    whole = claim_data("en.norm.c", "z", statement="A tip is left.", kind="norm")
    files = ClaimFiles(write_claims("languages/en/norms", inside, start, whole))
    assert [item.claim.id for item in search("tip", files=files)] == ["en.norm.c", "en.norm.b"]
    assert [item.claim.id for item in search("ultip", files=files)] == ["en.norm.a"]
