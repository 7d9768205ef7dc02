import dataclasses
import re

import pytest

from tongli.generation.verify import toxicity
from tongli.generation.verify.lexicon import phrases, table


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "Only an IDIOT would lose that."),
        ("en", "You are pathetic."),
        ("en", "You'll regret this."),
        ("en", "f\u00aduck off"),
        ("de", "Halten Sie den Mund."),
        ("fr", "Vous êtes vraiment ridicule."),
        ("es", "Cállate, por favor."),
        ("pt", "Cale a boca."),
        ("it", "Te ne pentirai."),
        ("nl", "Hou je mond."),
        ("pl", "Zamknij się."),
        ("ru", "Хватит ныть."),
        ("tr", "Kes sesini."),
        ("ar", "أنت غبي"),
        ("hi", "चुप रहो।"),
        ("zh", "你真是活该。"),
        ("ja", "黙れと言った。"),
        ("ko", "정말 한심하네요."),
        ("hi", "कुत्ते कहीं के!"),
        ("ar", "اخرس يا كلب."),
        ("uk", "Не будь ідіотом."),
        ("sv", "Håll käften."),
        ("id", "Dasar bodoh."),
        ("vi", "Thật là đồ ngu."),
        ("fa", "خفه شو."),
        ("sw", "Wewe ni mpumbavu."),
        ("yo", "What the fuck."),
    ],
)
def test_abuse_fails(subject, lang, text):
    found = toxicity.check(subject(text, lang=lang))
    assert found.passed is False
    assert found.evidence


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "We passed your classic cocktail shuttle on; Scunthorpe is assessed."),
        ("de", "Der Deppenapostroph ist erlaubt, das dumme Missgeschick nicht."),
        ("tr", "Kutunuz yolda."),
        ("nl", "De hoerastemming is terecht."),
        ("sv", "Det är slut nu."),
        ("es", "La disputa y la computadora."),
        ("ru", "Рисунок и сукно в посылке."),
        ("zh", "我们非常抱歉,会尽快处理。"),
        ("ja", "大変申し訳ございません。"),
        ("hi", "हमें खेद है।"),
        ("hi", "आपके कुत्ते की मृत्यु का हमें दुख है।"),
        ("ar", "نأسف لموت كلب العائلة."),
        ("id", "Kami berduka atas kepergian anjing Anda."),
        ("vi", "Chúng tôi chia buồn về chú chó của bạn."),
        ("sw", "Pole kwa kumpoteza mbwa wako."),
    ],
)
def test_innocent_neighbours_pass(subject, lang, text):
    assert toxicity.check(subject(text, lang=lang)).passed in {True, None}


def test_open_hostility_without_words(subject, reader):
    for anger, sadness, usual, passed in (
        (0.95, 0.3, 0.2, False),
        (0.8, 0.3, 0.2, True),
        (0.95, 0.97, 0.2, True),
        (0.95, 0.3, 0.96, True),
    ):
        other = type(reader)()
        other.scores = {"ekman6": {"anger": usual, "sadness": 0.1}}
        other.sounds["Fine."] = {"ekman6": {"anger": anger, "sadness": sadness}}
        made = dataclasses.replace(subject("Fine."), reader=other)
        assert toxicity.check(made).passed is passed


def test_an_unlisted_language_abstains(subject):
    assert toxicity.check(subject("Ni dupe.", lang="yo")).passed is None


@pytest.mark.parametrize("lang", sorted(table("insults")))
def test_lists_are_lower_case_and_compile(lang):
    for pattern in table("insults")[lang]["words"]:
        assert pattern == pattern.lower() or "\\w" in pattern
        re.compile(pattern.removesuffix("*"))
    assert phrases("insults", lang, "words") is not None
