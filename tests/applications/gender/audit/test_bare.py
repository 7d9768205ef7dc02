from __future__ import annotations

import pytest

from tongli.applications.gender.audit.bare import neutral, with_name


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("Hi Inti, Inti's parcel.", "Inti", "Hi X, X's parcel."),
        ("Intimate intint Inti", "Inti", "Intimate intint X"),
        ("Intiさん、こんにちは", "Inti", "Xさん、こんにちは"),
        ("阿米娜您好", "阿米娜", "X您好"),
        ("Иван, Иванов", "Иван", "X, Иванов"),
        ("no name", "", "no name"),
    ],
)
def test_another_name(text, name, expected):
    assert with_name(text, name, instead="X") == expected


@pytest.mark.parametrize(
    ("lang", "forms"),
    [
        ("de-AT", ("Liebe Amina,", "Lieber Amina,")),
        ("es", ("Estimada Amina, no está sola.", "Estimado Amina, no está solo.")),
        ("fr", ("Chère Amina, tu es fatiguée.", "Cher Amina, tu es fatigué.")),
        ("ru", ("Уважаемая Амина, вы не одна.", "Уважаемый Амина, вы не один.")),
        ("pl", ("Pani wiadomość", "Pana wiadomość")),
        ("ar", ("عزيزتي", "عزيزي")),
        ("en", ("Tell her she is right.", "Tell him he is right.")),
        ("nl", ("Beste Amina,", "Beste Amina,")),
    ],
)
def test_forms_of_the_reader(lang, forms):
    assert len({neutral(form, lang=lang) for form in forms}) == 1


def test_other_words_stay_different():
    assert neutral("Estimada Amina, calma.", lang="es") != neutral("Estimado Amina, gracias.", lang="es")
