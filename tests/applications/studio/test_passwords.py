from __future__ import annotations

import pytest

from tongli.applications.studio.passwords import hashed, matches, outdated
from tongli.core import InputError


def test_a_password_fits_its_hash_alone():
    kept = hashed("a good long password")
    assert kept.startswith("$argon2id$")
    assert matches("a good long password", kept)
    assert not matches("a good long passwore", kept)
    assert not outdated(kept)


def test_no_hash_fits_nothing():
    for kept in (None, "", "no hash"):
        assert not matches("a password that no account has", kept)


@pytest.mark.parametrize("password", ["", "x" * 14, "x" * 257])
def test_length_is_the_one_rule(password):
    with pytest.raises(InputError) as caught:
        hashed(password)
    assert caught.value.code == "access.password"
    assert not password or password not in str(caught.value)


@pytest.mark.parametrize("password", ["x" * 15, "密码" * 8, " " * 20, "\ud800" * 15])
def test_any_characters_will_do(password):
    assert matches(password, hashed(password))


def test_weak_parameters_are_outdated():
    assert outdated("$argon2id$v=19$m=8,t=1,p=1$c29tZXNhbHQ$9VyQhA0gfaeKLmdN4XlnBA")
