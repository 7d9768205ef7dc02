"""Impersonal texts: one person for all, everything else as it was."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongli.encoders.impersonal import impersonal
from tongli.encoders.impersonal_words import words

NAMES = {
    "Latn": ("Maria", "Ahmed", "Wei", "Agnieszka", "Chinedu", "Olga", "Joseph", "Aïcha"),
    "Cyrl": ("Мария", "Иван", "Ахмед", "Ольга"),
    "Deva": ("राजेश", "सुनीता", "मारिया"),
    "Arab": ("محمد", "فاطمة", "ماريا"),
}
SLOTS = {
    "Latn": (
        "{} lost the ticket and cried.",
        "Nobody believed {} when the lights went out.",
        "Ich habe {} gestern gesehen, und wir haben gelacht.",
        "Hoy {} está muy lejos de aquí.",
        "We know that this is {}'s umbrella.",
        "{} bugün çok yorgun ve mutsuz.",
    ),
    "Cyrl": ("{} потерял билет и плачет.", "Сегодня здесь {}, и мы рады."),
    "Deva": ("{} बहुत दूर है।", "आज {} यहाँ नहीं है।"),
    "Arab": ("{} في البيت الآن.", "الكتاب عند {} و{} في السوق."),
}
SETS = (
    ("en", ("She lost {0} keys and we saw {1} there.", ("her", "her"), ("his", "him"), ("xyr", "xem"))),
    ("de", ("Wir wissen, dass {0} heute {1} Schirm sucht.", ("sie", "ihren"), ("er", "seinen"))),
    ("es", ("Hoy {0} no quiere bailar con {1}.", ("ella", "él"), ("él", "ella"), ("elle", "elle"))),
    ("fr", ("On pense que demain {0} va chanter sans {1}.", ("elle", "elle"), ("iel", "iel"))),
    ("it", ("Forse {0} non vuole parlare di {1}.", ("lei", "lui"), ("lui", "lei"))),
    ("pt", ("Hoje {0} não quer cantar com {1}.", ("ela", "ele"), ("ele", "ela"), ("elu", "elu"))),
    ("sv", ("Jag tror att {0} har glömt {1} väska.", ("hon", "hennes"), ("han", "hans"), ("hen", "hens"))),
    ("ru", ("Завтра {0} приедет, и мы ждём {1}.", ("она", "её"), ("он", "его"))),
    ("zh", ("{0}今天不来，我们等{1}。", ("她", "她"), ("他", "他"), ("TA", "TA"))),
    ("ja", ("今日は{0}が来るので、{1}を待つ。", ("彼", "彼"), ("彼女", "彼女"))),
    ("ko", ("{0} 오늘 노래한다.", ("그녀는",), ("그는",))),
    ("he", ("{0} גר כאן והספר {1}.", ("הוא", "שלו"), ("היא", "שלה"))),
)
UNTOUCHED = (
    "",
    " \n",
    "no one here at all",
    "Hope is a joy, and grace will come in May.",
    "Will you mark the page? Faith moves mountains!",
    "Ben seni çok seviyorum. Her şey bir anda oldu.",
    "Han llegado los libros.",
    "¡Qué alegría! Esperanza y amor para todos.",
    "Il y a du bruit et il faut partir.",
    "Das kann doch nicht sein, wir sind hier.",
    "Könnten Sie mir bitte helfen?",
    "Июнь был тёплым, и вера помогла.",
    "أنا سعيد جدا والجو جميل",
    "मुझे आशा है कि आनंद मिलेगा।",
    "其他的书在桌子上，我很高兴。",
    "加拿大和巴基斯坦都很远。",
    "お母さんと皆さんによろしく。",
    "#Maria and @Ahmed",
    "In Paris and in Jordan it rained on Monday.",
)
LISTED = sorted(name for name, role in words().roles.items() if role is True and name.isascii())


@pytest.mark.parametrize("script", SLOTS)
def test_names_in_the_same_slot_give_the_same_text(script: str) -> None:
    for slot in SLOTS[script]:
        assert len({impersonal(slot.replace("{}", name)) for name in NAMES[script]}) == 1, slot


@given(st.sampled_from(LISTED), st.sampled_from(LISTED), st.sampled_from(SLOTS["Latn"][:2]))
def test_any_two_listed_names_give_the_same_text(first: str, second: str, slot: str) -> None:
    assert impersonal(slot.replace("{}", first)) == impersonal(slot.replace("{}", second))


@pytest.mark.parametrize(("lang", "swap"), SETS, ids=[lang for lang, _ in SETS])
def test_pronoun_sets_give_the_same_text(lang: str, swap: tuple[str, ...]) -> None:
    template, *sets = swap
    found = {impersonal(template.format(*forms)) for forms in sets}
    assert len(found) == 1, (lang, found)
    assert found != {template.format(*sets[0])}, "nothing was replaced"


def test_name_and_pronoun_are_the_same_person() -> None:
    assert impersonal("We know that she sings.") == impersonal("We know that Olga sings.")


@pytest.mark.parametrize("text", UNTOUCHED)
def test_text_without_persons_is_left_alone(text: str) -> None:
    assert impersonal(text) == text


@given(st.text(max_size=60))
def test_any_text_is_read_and_idempotent(text: str) -> None:
    once = impersonal(text)
    assert impersonal(once) == once


MARKS = (",", ".", "!", "'", "?", "@", "-", "#")
MIXED = {
    "en": ("she", "her", "his", "they", "them", "are", "Rose", "May", "the", "and", "Jean-Luc"),
    "de": ("sie", "ihr", "er", "seine", "Haus", "ist", "und", "Marias"),
    "fr": ("elle", "il", "iel", "qu'", "d'Aïcha", "est", "un"),
    "sv": ("hon", "hennes", "han", "och", "inte"),
    "it": ("lei", "lui", "ad", "ed", "che", "non"),
}


@given(
    st.sampled_from(sorted(MIXED)).flatmap(
        lambda lang: st.lists(st.sampled_from((*MIXED[lang], *NAMES["Latn"], *MARKS)), max_size=9)
    )
)
def test_idempotent_on_persons(found: list[str]) -> None:
    once = impersonal(" ".join(found))
    assert impersonal(once) == once


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Maria Kowalski saw her dog.", "Sam saw Sam's dog."),
        ("They are here.", "Sam is here."),
        ("MARIA IS LOUD", "SAM IS LOUD"),
        ("D'Olga on ne sait rien, qu'elle vienne.", "De Sam on ne sait rien, que Sam vienne."),
        ("Das ist Marias Hut.", "Das ist Sams Hut."),
        ("Мы видели Марию и Ивана.", "Мы видели Саша и Саша."),
        ("ومحمد هنا", "وأليكس هنا"),
        ("지영이는 웃었다.", "지수는 웃었다."),
        ("玛丽亚和李静来了，他们很开心。", "小明和小明来了，他们很开心。"),
        ("I saw Rose today, and it was fun.", "I saw Sam today, and it was fun."),
    ],
)
def test_forms(text: str, expected: str) -> None:
    assert impersonal(text) == expected


def test_unknown_names_when_ordinary_words_are_known() -> None:
    ordinary = {"honest", "yesterday", "smiled", "paris"}.__contains__
    first, second = "Yesterday Qwerkan smiled, honestly.", "Yesterday Zzubari smiled, honestly."
    assert impersonal(first) == first
    assert impersonal(first, ordinary=ordinary) == impersonal(second, ordinary=ordinary)
    assert impersonal("Honestly, I was in Paris.", ordinary=ordinary) == "Honestly, I was in Paris."
    assert impersonal("Gestern war die Qwerkan da.", ordinary=ordinary) == "Gestern war die Qwerkan da."


def test_no_name_has_more_than_languages() -> None:
    for role in words().roles.values():
        assert role is True or isinstance(role, frozenset | dict)
