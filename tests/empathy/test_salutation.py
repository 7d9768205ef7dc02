import pytest

from tongli.core import Person
from tongli.empathy.salutation import salutation
from tongli.knowledge.locales import languages, profile

PARTS = {"given": "Ana", "family": "Souza"}
HANAKO = {"given": "花子", "family": "田中"}


def salute(lang, *, register="formal", name_lang=None, **person):
    known = profile(lang)
    return salutation(Person(**person), profile=known, register=register, name_lang=name_lang or lang)


@pytest.mark.parametrize(
    ("lang", "register", "person", "expected"),
    [
        ("en", "formal", PARTS, "Ana Souza"),
        ("en", "informal", PARTS, "Ana"),
        ("en", "formal", {**PARTS, "title": "Mx"}, "Mx Souza"),
        ("en", "formal", {"name": "Ana Souza"}, "Ana Souza"),
        ("en", "informal", {"name": "Ana Souza"}, "Ana Souza"),
        ("en", "formal", {"name": "Ana Souza", "title": "Dr"}, "Dr Ana Souza"),
        ("en", "formal", {"family": "Souza"}, ""),
        ("en", "formal", {"title": "Dr"}, ""),
        ("de", "formal", {**PARTS, "title": "Frau"}, "Frau Souza"),
        ("ja", "formal", HANAKO, "田中様"),
        ("ja", "informal", HANAKO, "田中さん"),
        ("ja", "formal", {"family": "田中"}, "田中様"),
        ("ja", "formal", {"name": "田中花子"}, "田中花子様"),
        ("ja", "formal", {**HANAKO, "title": "先生"}, "田中先生"),
        ("ja", "formal", {"name": "Ana Souza"}, "Ana Souza様"),
        ("ko", "formal", {"given": "민수", "family": "김"}, "김민수님"),
        ("zh", "formal", {"given": "伟", "family": "王"}, "王伟"),
        ("zh", "formal", {"given": "伟", "family": "王", "title": "老师"}, "王老师"),
        ("zh", "formal", {"given": "伟", "family": "王", "title": "Dr"}, "Dr 王"),
        ("hi", "formal", {"given": "राज", "family": "शर्मा"}, "राज शर्मा जी"),
        ("tr", "formal", {"given": "Ayşe", "family": "Kaya", "title": "Hanım"}, "Ayşe Hanım"),
        ("tr", "formal", {"given": "Ayşe", "family": "Kaya", "title": "Dr."}, "Dr. Ayşe Kaya"),
        ("vi", "formal", {"given": "Lan", "family": "Nguyễn", "title": "chị"}, "chị Lan"),
        ("id", "formal", {"name": "Budi", "family": "Budi"}, "Budi"),
        ("en", "formal", {"name": "  Ana\n Souza "}, "Ana Souza"),
        ("en", "formal", {"name": "  "}, ""),
    ],
)
def test_declared_parts_only(lang, register, person, expected):
    assert salute(lang, register=register, **person) == expected


def test_the_order_follows_the_declared_locale():
    assert salute("en", given="Hanako", family="Tanaka", name_lang="ja") == "Tanaka Hanako"
    assert salute("en", given="Hanako", family="Tanaka", name_lang="en") == "Hanako Tanaka"


@pytest.mark.parametrize("lang", languages())
@pytest.mark.parametrize("register", ["formal", "neutral", "informal"])
def test_no_title_is_added(lang, register):
    known = profile(lang)
    text = salute(lang, register=register, **PARTS)
    left = text.removesuffix(known.suffix.get(register, ""))
    assert set(left.replace("Ana", "").replace("Souza", "")) <= {" "}
    assert salute(lang, register=register) == ""
