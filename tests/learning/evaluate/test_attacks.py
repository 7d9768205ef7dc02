import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongli.core import ConfigError
from tongli.learning.evaluate.attacks import ATTACKS, EDITS, perturb

TEXTS = st.text(max_size=60)
ATTACK = st.sampled_from(ATTACKS)
RATE = st.floats(0, 1)
SEED = st.integers(0, 2**40)

SENTENCES = {
    "en": "Thank you so much, I really did not expect such a kind letter today!",
    "hi": "मुझे आज बहुत अच्छा लगा, आप सबका दिल से धन्यवाद।",
    "ar": "شكرا جزيلا على هذه الرسالة اللطيفة، لقد أسعدتني كثيرا.",
    "zh": "今天收到你的来信,我心里特别高兴。",
    "ja": "お手紙ありがとうございます、とても嬉しかったです。",
    "ru": "Спасибо за письмо, оно меня очень обрадовало!",
}


@given(TEXTS, ATTACK, RATE, SEED)
def test_repeatable_and_never_emptied(text, attack, rate, seed):
    changed = perturb(text, attack=attack, rate=rate, seed=seed)
    assert changed == perturb(text, attack=attack, rate=rate, seed=seed)
    assert bool(changed.strip()) == bool(text.strip())


@given(TEXTS, ATTACK, SEED)
def test_rate_zero_changes_nothing(text, attack, seed):
    assert perturb(text, attack=attack, rate=0, seed=seed) == text


@given(TEXTS, SEED)
def test_swap_keeps_the_characters(text, seed):
    assert sorted(perturb(text, attack="swap", rate=1, seed=seed)) == sorted(text)


@given(st.text(alphabet="ab c", max_size=60), ATTACK, st.floats(0, 1), st.floats(0, 1), SEED)
def test_a_low_rate_changes_a_part_of_what_a_high_rate_changes(text, attack, first, second, seed):
    low, high = sorted([first, second])
    words = [perturb(text, attack=attack, rate=rate, seed=seed).split(" ") for rate in (0, low, high)]
    assert all(early in (late, before) for before, early, late in zip(*words, strict=True))


@pytest.mark.parametrize("lang", SENTENCES)
@pytest.mark.parametrize("attack", ["typos", *EDITS])
def test_edits_reach_every_script(lang, attack):
    assert perturb(SENTENCES[lang], attack=attack, rate=1, seed=1) != SENTENCES[lang]


@pytest.mark.parametrize("lang", SENTENCES)
@pytest.mark.parametrize("seed", range(5))
def test_marks_stay_with_their_letter(lang, seed):
    changed = perturb(SENTENCES[lang], attack="typos", rate=1, seed=seed)
    orphans = [
        char
        for before, char in zip(" " + changed, changed, strict=False)
        if unicodedata.combining(char) and unicodedata.category(before)[0] not in "LMN"
    ]
    assert orphans == []


def test_about_the_asked_share_of_words_changes():
    text = " ".join(["feeling"] * 2000)
    changed = perturb(text, attack="typos", rate=0.1, seed=3).split(" ")
    assert 150 < sum(word != "feeling" for word in changed) < 250


@pytest.mark.parametrize(
    ("attack", "text", "expected"),
    [
        ("punctuation", "Well... don't!", "Well dont"),
        ("punctuation", "?!", "?!"),
        ("diacritics", "garçon ёлка Ünlü", "garcon елка Unlu"),
        ("diacritics", "हिन्दी ガーデン", "हिन्दी ガーデン"),
        ("casing", "你好", "你好"),
        ("homoglyphs", "o", "о"),
        ("homoglyphs", "नमस्ते", "नमस्ते"),
        ("drop", "a", "a"),
        ("repeat", "a", "aa"),
        ("swap", "ab", "ba"),
    ],
)
def test_worked_examples(attack, text, expected):
    assert perturb(text, attack=attack, rate=1, seed=0) == expected


def test_seeds_differ():
    assert len({perturb(SENTENCES["en"], attack="typos", rate=0.5, seed=seed) for seed in range(9)}) > 5


def test_surrogates_are_no_obstacle():
    assert perturb("a\ud800b", attack="repeat", rate=1, seed=0)


@pytest.mark.parametrize(("attack", "rate", "code"), [("x", 0, "attack.unknown"), ("drop", 2, "attack.rate")])
def test_bad_arguments(attack, rate, code):
    with pytest.raises(ConfigError) as caught:
        perturb("text", attack=attack, rate=rate, seed=0)
    assert caught.value.code == code
