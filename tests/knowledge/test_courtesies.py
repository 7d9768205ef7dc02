"""Short messages of courtesy."""

import tomllib
from collections import Counter
from importlib.resources import files

import pytest

from tongli.encoders.language import identify
from tongli.generation.realiser import Realiser
from tongli.knowledge.courtesies import gives_thanks, language_of

LISTED = tomllib.loads((files("tongli.knowledge") / "courtesies.toml").read_text("utf-8"))["phrases"]


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("Дякую!", "uk"),
        ("धन्यवाद 🙏", "hi"),
        ("hello", "en"),
        ("Hola, ¡muchas gracias!", "es"),
        ("S’il vous plaît…", "fr"),
        ("شكراً", "ar"),
        ("謝謝", "zh-Hant"),
        ("Merci\nBonne journée", "fr"),
    ],
)
def test_the_language_of_a_courtesy(text, lang):
    assert language_of(text) == lang


@pytest.mark.parametrize(
    "text",
    ["", "ok", "👍", "merci, thanks", "thanks for nothing", "tak", "hallo", "thank you " * 20],
)
def test_anything_else_is_left_to_the_model(text):
    assert language_of(text) is None


def test_no_phrase_is_listed_for_two_languages():
    found = Counter(phrase for listed in LISTED.values() for phrase in listed.split("|"))
    assert [phrase for phrase, count in found.items() if count > 1] == []


@pytest.mark.parametrize("lang", LISTED)
def test_every_phrase_is_found_however_it_is_written(lang):
    for phrase in LISTED[lang].split("|"):
        assert language_of(f" {phrase.capitalize()}! ") == lang, phrase


@pytest.mark.models
def test_a_reading_knows_it():
    found = identify("Дякую")
    assert (found.tag, found.abstained, found.declared) == ("uk", False, False)


THANKS = {
    "ar": "شكرا جزيلا لكم على المساعدة.",
    "de": "Vielen Dank für die schnelle Hilfe!",
    "en": "Thank you, Lena sorted it out in five minutes.",
    "es": "Le agradezco mucho la ayuda.",
    "fa": "خیلی ممنون از کمک شما",
    "fr": "Je vous remercie de tout cœur.",
    "hi": "आपकी मदद के लिए बहुत धन्यवाद!",
    "id": "Terima kasih banyak atas bantuannya!",
    "it": "Grazie mille, gentilissimi!",
    "ja": "とても助かりました。",
    "ko": "도와주셔서 정말 감사합니다!",
    "nl": "Bedankt voor jullie hulp!",
    "pl": "Bardzo dziękuję za pomoc.",
    "pt": "Muito obrigada pelo atendimento!",
    "ru": "Спасибо большое, вы мне очень помогли!",
    "sv": "Tack så mycket för hjälpen!",
    "sw": "Asante sana kwa msaada wenu!",
    "tr": "Yardımınız için teşekkürler!",
    "uk": "Дуже вдячний за допомогу!",
    "vi": "Cảm ơn các bạn rất nhiều!",
    "zh": "非常感谢你们的帮助！",
    "zh-Hant": "謝謝你們的幫忙！",
}


def test_thanks_are_known_in_every_language_of_the_realiser():
    assert set(THANKS) == Realiser().languages()
    assert [lang for lang, text in THANKS.items() if not gives_thanks(text, lang=lang)] == []


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "No, thanks."),
        ("en", "Thanks for nothing!"),
        ("en", "Thank you in advance for a reply."),
        ("en", "Thanks to your driver I missed the train."),
        ("de", "Nein danke."),
        ("fr", "Merci d’avance."),
        ("es", "Gracias a ustedes perdí el tren."),
        ("en", "Where is my parcel?"),
        ("fi", "Kiitos paljon!"),
    ],
)
def test_what_only_looks_like_thanks(lang, text):
    assert not gives_thanks(text, lang=lang)
