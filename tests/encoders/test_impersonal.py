"""Impersonal texts: one person for all, everything else as it was."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongli.core import Message
from tongli.encoders.impersonal import impersonal
from tongli.encoders.impersonal.lists import PLACE, lists
from tongli.encoders.impersonal.spelling import WORD, fold, split
from tongli.encoders.text import TextEncoder

NAMES = {
    "Latn": ("Maria", "Ahmed", "Jonas", "Agnieszka", "Chinedu", "Olga", "Joseph", "Aïcha"),
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
    "Der Sturm hat den Reis verdorben.",
    "Könnten Sie mir bitte helfen?",
    "Июнь был тёплым, и вера помогла.",
    "أنا سعيد جدا والجو جميل",
    "मुझे आशा है कि आनंद मिलेगा।",
    "其他的书在桌子上，我很高兴。",
    "加拿大和巴基斯坦都很远，墨西哥也是。",
    "お母さんと皆さんによろしく。",
    "คุณสบายดีไหม",
    "#Maria and @Ahmed",
    "In Paris and in Jordan it rained on Monday.",
    "Thank God for Google.",
)
LISTED = sorted(name for name, languages in lists().names.items() if not languages and name.isascii())


@pytest.mark.parametrize("script", SLOTS)
def test_names_in_the_same_slot_give_the_same_text(script: str) -> None:
    for slot in SLOTS[script]:
        assert len({impersonal(slot.replace("{}", name)) for name in NAMES[script]}) == 1, slot


@given(st.sampled_from(LISTED), st.sampled_from(LISTED), st.sampled_from(SLOTS["Latn"][:2]))
def test_any_two_listed_names_give_the_same_text(first: str, second: str, slot: str) -> None:
    texts = {impersonal(slot.replace("{}", name.capitalize())) for name in (first, second)}
    assert len(texts) == 1


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


@given(st.text(max_size=60))
def test_folding_keeps_the_words_apart(text: str) -> None:
    lower, folded = split(text)
    assert len(lower) == len(folded) == len(WORD.split(text))


MARKS = (",", ".", "!", "'", "?", "@", "-", "#")
MIXED = {
    "en": ("she", "her", "his", "they", "them", "are", "the", "and", "Jean-Luc"),
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
        ("ومحمد هنا", "أليكس هنا"),
        ("지영이는 웃었다.", "지수는 웃었다."),
        ("玛丽亚和李静来了，他们很开心。", "小明和小明来了，他们很开心。"),
        ("田中さんとマリアさんは来た。", "サムさんとサムさんは来た。"),
        ("คุณสมชายมาแล้ว", "คุณแซมมาแล้ว"),
        ("I saw Rose today, and it was fun.", "I saw Sam today, and it was fun."),
        ("Maria asked you to look into it.", "Sam asked you to look into it."),
        ("Maria forgot about its size, and hugged it.", "Sam forgot about Sam's size, and hugged Sam."),
        ("Maria fue una sorpresa.", "Sam fue una sorpresa."),
        ("Maria è una sorpresa.", "Sam è una sorpresa."),
        ("Maria foi uma surpresa.", "Sam foi uma surpresa."),
        ("Grace said that it rained.", "Sam said that it rained."),
        ("Grace Miller is here.", "Sam is here."),
        ("Grace periods end today.", "Grace periods end today."),
        ("Esperanza dijo que no.", "Sam dijo que no."),
        ("今天钱德里卡来了。", "今天小明来了。"),
    ],
)
def test_forms(text: str, expected: str) -> None:
    assert impersonal(text) == expected


def test_one_spelling() -> None:
    assert fold("JOSÉ") == fold("Jose") == "jose"
    assert fold("إسماعيل") == fold("اسماعيل")
    assert fold("डैनियल") == fold("डेनियल")


def test_heads_read_the_same_whoever_is_named(tiny_model, tiny_settings) -> None:
    encoder = TextEncoder(model=str(tiny_model), settings=tiny_settings)
    texts = ("Maria lost her keys.", "Ahmed lost his keys.")
    first, second = encoder.encode([Message(text) for text in texts])
    assert (first.features == second.features).all()
    assert (first.pieces == second.pieces).all()
    assert [first.message.text, second.message.text] == list(texts)
    meaning = encoder.sentences(texts)
    assert (meaning[0] != meaning[1]).any(), "meaning is of the text as written"


def test_no_name_carries_more_than_languages() -> None:
    for name, languages in lists().names.items():
        assert name == fold(name)
        assert all(2 <= len(lang.removeprefix(PLACE)) <= 3 for lang in languages)
