from __future__ import annotations

import pytest

from tongli.learning.augment.gender import same_gender


@pytest.mark.parametrize(
    ("original", "changed", "lang"),
    [
        ("She lost her job", "She lost his job", "en"),
        ("Estoy cansada", "Estoy muy cansado", "es-MX"),
        ("Mis amigos vienen", "Vienen mis amigas", "es"),
        ("Elle est contente", "Elle est content", "fr"),
        ("я устала", "я устал", "ru"),
    ],
)
def test_a_changed_gender_is_noticed(original, changed, lang):
    assert not same_gender(original, changed, lang=lang)
    assert not same_gender(changed, original, lang=lang)


@pytest.mark.parametrize(
    ("original", "changed", "lang"),
    [
        ("She lost her job", "Her job, she lost it", "en"),
        ("She lost her job", "She lost the job", "en"),
        ("Estoy cansada", "Me siento cansada", "es"),
        ("Ich bin froh", "Froh bin ich", "de"),
        ("whatever", "anything", "not a tag"),
    ],
)
def test_other_words_are_no_other_gender(original, changed, lang):
    assert same_gender(original, changed, lang=lang)
