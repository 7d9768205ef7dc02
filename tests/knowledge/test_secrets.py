"""Secrets that people write into messages."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongli.knowledge.secrets import secrets_in


@pytest.mark.parametrize(
    ("text", "secrets"),
    [
        ("My password is Sunflower!2024, please check.", ("Sunflower!2024",)),
        ("Mon mot de passe est Soleil2023!, pouvez-vous vérifier ?", ("Soleil2023",)),
        ("Mein Passwort lautet Blume_99 und meine PIN ist 4821.", ("Blume_99", "4821")),
        ("密码是abc12345，请帮我", ("abc12345",)),
        ("パスワードはSakura99です", ("Sakura99",)),
        ("비밀번호는 star_88 입니다", ("star_88",)),
        ("Пароль: Zima2025", ("Zima2025",)),
        ("كلمة السر هي abc123", ("abc123",)),
        ("मेरा पासवर्ड Ganga@12 है", ("Ganga@12",)),
        ("mi contraseña es «girasol»", ("girasol",)),
        ("password: sunshine", ("sunshine",)),
    ],
)
def test_a_secret_is_found(text, secrets):
    assert secrets_in(text) == secrets


@pytest.mark.parametrize(
    "text",
    [
        "I forgot my password. My order is KX-20417.",
        "The password reset mail never came.",
        "I reset my password 3 times.",
        "My PIN does not work for order 55-1234.",
        "",
    ],
)
def test_talk_of_passwords_gives_none_away(text):
    assert secrets_in(text) == ()


@given(st.text())
def test_any_text_is_read(text):
    assert all(secret in text for secret in secrets_in(f"PIN: {text}"))
