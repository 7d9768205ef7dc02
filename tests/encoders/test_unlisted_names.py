"""Names that are on no list, and words that agree with persons."""

from __future__ import annotations

from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongli.encoders.impersonal import impersonal
from tongli.encoders.impersonal.agreement import agree, grammars
from tongli.encoders.impersonal.lists import lists
from tongli.encoders.impersonal.spelling import WORD, fold, split
from tongli.encoders.impersonal.told import Told
from tongli.encoders.impersonal.unlisted import (
    BUCKETS,
    LEAST,
    bits,
    bucket,
    features,
    features_unspaced,
    stem,
    stems,
    unlisted,
)

ELSEWHERE = {"Bence": "tr", "Budi": "id", "Malee": "om", "Inti": "id"}
"""Name → language in which it is an ordinary word, in no language of ``SLOTS``."""
INVENTED = ("Vorenka", "Zelumar", "Quorban")
SLOTS = (
    "{} closed the window and went to the market with us.",
    "Yesterday I gave the umbrella to {} because it rained.",
    "Ayer {} cerró la ventana y no dijo nada.",
    "Je crois que {} a fermé la porte avant de partir.",
    "Ich glaube, dass {} gestern nicht da war.",
)
TWINS = (
    "Olga llegó {} a la oficina, y no es por mí.|cansada|cansado|cansade",
    "Creo que Olga está muy {}.|nerviosa|nervioso|nerviose",
    "Acho que a Olga ficou muito {} com o que eu disse.|chateada|chateado|chateade",
    "Penso che Olga sia molto {} per questo.|delusa|deluso",
    "Je pense que Olga est très {} de te voir.|heureuse|heureux",
    "Je pense que Olga est {} avec nous.|arrivée|arrivé",
    "Я думаю, что Ольга {} книгу.|прочитала|прочитал",
    "Вчера Ольга {} с нами, и это не секрет.|смеялась|смеялся",
    "मुझे लगता है कि सुनीता दफ़्तर में {} है।|सोती|सोता|सोते",
    "सुनीता बाज़ार {} और मुझे नहीं मिली।|गई|गया|गए",
    "أظن أن مريم {} في هذا البيت.|تسكن|يسكن",
    "في الصباح مريم {} الكتاب على الطاولة.|وضعت|وضع",
)


@pytest.mark.parametrize("slot", SLOTS)
def test_names_on_no_list_are_names(slot: str) -> None:
    assert not {fold(name) for name in INVENTED} & set(lists().names)
    found = {impersonal(slot.format(name)) for name in (*INVENTED, "Olga")}
    assert len(found) == 1, found


@pytest.mark.parametrize("slot", SLOTS)
def test_words_of_other_languages_are_names(slot: str) -> None:
    model = unlisted()
    assert all(model.is_form_of(fold(name), lang=lang) for name, lang in ELSEWHERE.items())
    found = {impersonal(slot.format(name)) for name in (*ELSEWHERE, "Olga")}
    assert len(found) == 1, found


@pytest.mark.parametrize(
    "text",
    [
        "Bence bugün hava çok güzel ve yollar boş.",
        "Budi baik orang itu selalu dikenang.",
        "Anders ist heute nichts, und das ist gut.",
    ],
)
def test_words_of_the_language_are_no_names(text: str) -> None:
    assert impersonal(text) == text


def test_the_language_of_a_text_is_told_by_its_ordinary_words() -> None:
    def told(text: str) -> Told:
        return Told(WORD.split(text), *split(text), lists())

    assert told("Budi closed the window and went home.").clear == "en"
    assert told("Bence pencereyi açtı ve hava soğuk.").clear == "tr"
    assert told("Maanantai on viikon ensimmäinen päivä.").clear != "en"
    assert told("XK 42").clear is None


@pytest.mark.parametrize("twins", TWINS)
def test_agreement_does_not_show(twins: str) -> None:
    slot, *forms = twins.split("|")
    found = {impersonal(slot.format(form)) for form in forms}
    assert len(found) == 1, found
    assert found != {slot.format(form) for form in forms}


@pytest.mark.parametrize(
    "text",
    [
        "Estoy cansada y la ventana está cerrada.",
        "Сегодня я очень устала, и школа далеко.",
        "It rained, and it was fun.",
        "Unfortunately nobody answered my letters.",
        "Wahrscheinlich regnet es morgen wieder.",
        "O kadar yoruldum ki uyuyamadım.",
    ],
)
def test_texts_without_persons_stay(text: str) -> None:
    assert impersonal(text) == text


def test_it_may_stand_for_a_person_only_where_there_is_one() -> None:
    assert impersonal("Olga said that it lost its keys.") == impersonal("Olga said that she lost her keys.")
    assert impersonal("The dog lost its ball.") == "The dog lost its ball."
    assert "it is late" in impersonal("Olga said that it is late.")


def test_halves_with_a_hyphen_are_one_person() -> None:
    assert impersonal("We saw Soo-min in the park.") == "We saw Sam in the park."


@pytest.mark.parametrize(
    "slot",
    [
        "Ekelhaft: {0} fand einen Wurm im Reis, den {0} gerade aß.",
        "غدا تظهر نتائج المستشفى، و{0} خائف للغاية.",
        "{0} صرخ: هذا يكفي!",
    ],
)
def test_what_stands_beside_a_name_is_read_alike_whether_it_is_listed_or_not(slot: str) -> None:
    strange, listed = ("شوتشيتلا", "مريم") if "ف" in slot else ("Vorenka", "Olga")
    assert fold(strange) not in lists().names
    assert fold(listed) in lists().names
    assert impersonal(slot.format(strange)) == impersonal(slot.format(listed))


def test_a_name_is_one_after_an_article_too_where_the_text_has_it_elsewhere() -> None:
    assert (
        impersonal("Olga lachte, weil den Olga niemand kennt.") == "Sam lachte, weil den Sam niemand kennt."
    )
    assert impersonal("Sie sahen den Berg.").endswith("den Berg.")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("We met Maurice in the park.", "We met Sam in the park."),
        ("Je voudrais partir pour Maurice.", "Je voudrais partir pour Maurice."),
        ("Je voudrais partir avec Maurice Martin.", "Je voudrais partir avec Sam."),
        ("We live in Georgia and we like it.", "We live in Georgia and we like it."),
        ("Wir haben gestern lange mit Georgia geredet.", "Wir haben gestern lange mit Sam geredet."),
    ],
)
def test_a_name_is_a_territory_in_some_languages_only(text: str, expected: str) -> None:
    assert impersonal(text) == expected


def test_letters_tell_in_which_language_a_listed_name_is_an_ordinary_word() -> None:
    assert lists().names["linh"]
    assert impersonal("Linh sınavı kazandı, sevinçten havalara uçtu!").startswith("Sam ")
    assert impersonal("Wyślij wiadomość.") == "Wyślij wiadomość."


def test_many_names_on_no_list_take_no_time_together() -> None:
    one = " ".join(f"Gestern sah Xorvan{a}{b}l den Garten." for a in "abcdefgh" for b in "klmnopqr")
    start = process_time()
    impersonal(one)
    single = process_time() - start
    start = process_time()
    impersonal(" ".join([one] * 8))
    assert process_time() - start < 40 * max(single, 0.005), "the square would be 64 times"


def test_handles_and_headlines_stay() -> None:
    for text in ("I wrote to @Vorenka today.", "Vorenka Opens New Bridge In Town Today"):
        assert impersonal(text) == text


def test_chinese_names_on_no_list() -> None:
    names = ("维克多", "佩德罗", "阿卜杜勒", "维尼修斯", "诺姆萨", "古丽娜拉")
    found = {impersonal(f"昨天下雨，{name}没有带伞。") for name in names}
    assert len(found) == 1


@pytest.mark.parametrize(
    "text", ["巴黎马拉松很好看。", "这是基本法的内容。", "夏日的晚风吹过来。", "辛辛苦苦地工作。"]
)
def test_chinese_words_are_no_names(text: str) -> None:
    assert impersonal(text) == text


def test_ordinary_words_are_known() -> None:
    model = unlisted()
    assert all(model.is_ordinary(word) for word in ("window", "ventana", "fenster", "окно"))
    assert not any(model.is_ordinary(fold(name)) for name in INVENTED)
    assert model.is_ordinary("bence")
    assert model.is_ordinary("bence", lang="tr")
    assert not model.is_ordinary("bence", lang="en")


@given(st.text(max_size=12))
def test_filter_and_model_take_any_word(word: str) -> None:
    size = 1000
    assert all(0 <= bit < size * 8 for bit in bits(word, size=size))
    assert 0 <= bucket(word) < BUCKETS
    assert word.startswith(stem(word))
    assert len(word) < 6 or stem(word) in set(stems(word))


@given(st.text(min_size=1, max_size=30))
def test_features_of_any_text(text: str) -> None:
    folded = split(text)[1]
    for place in range(1, len(folded), 2):
        assert features(folded, place, lang=None)
    assert features_unspaced(text, 0, 1)


def test_agreement_is_left_where_there_are_no_rules() -> None:
    parts = ["", "Sam", " ", "cansada", ""]
    agree(parts, lang=None, persons={1})
    agree(parts, lang="en", persons={1})
    assert parts[3] == "cansada"


def test_rules_of_agreement_reach_one_form() -> None:
    for lang, grammar in grammars().items():
        assert lang in LEAST, lang
        for word, common in grammar.words.items():
            assert grammar.words.get(common, common) == common, (lang, word)
