from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongli.core import InputError, PronounSet
from tongli.knowledge.pronouns import known_sets, parse_pronouns


def subjects(text):
    return [item.subject for item in parse_pronouns(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("they/them", ["they"]),
        ("They / Them", ["they"]),
        ("she/her/hers", ["she"]),
        ("he", ["he"]),
        ("she/they", ["she", "they"]),
        ("they/she/he", ["they", "she", "he"]),
        ("he/him, xe/xem", ["he", "xe"]),
        ("she/her or they/them", ["she", "they"]),
        ("she/her and fae/faer", ["she", "fae"]),
        ("she/her/they/them", ["she", "they"]),
        ("it/its", ["it"]),
        ("(they/them)", ["they"]),
        ("ｔｈｅｙ／ｔｈｅｍ", ["they"]),
        ("they/them, they/them", ["they"]),
        ("any", ["they", "she", "he"]),
        ("one/one’s", ["one"]),
        ("xe / xem / xyr / xyrs / xemself", ["xe"]),
        ("xe xem", ["xe"]),
        ("they, them, theirs", ["they"]),
        ("she her, they them", ["she", "they"]),
        ("she, they", ["she", "they"]),
        ("fae\\faer", ["fae"]),
    ],
)
def test_usual_declarations(text, expected):
    assert subjects(text) == expected


@pytest.mark.parametrize(
    ("text", "forms"),
    [
        ("they/them", ("they", "them", "their", "theirs", "themself")),
        ("xe/xem", ("xe", "xem", "xyr", "xyrs", "xemself")),
        ("ze/hir", ("ze", "hir", "hir", "hirs", "hirself")),
        ("fae/faer", ("fae", "faer", "faer", "faers", "faerself")),
        ("ey/em", ("ey", "em", "eir", "eirs", "emself")),
        ("it/its", ("it", "it", "its", "its", "itself")),
        ("e/em/es", ("e", "em", "es", "ems", "emself")),
        ("Bun/Bun/Buns/Buns/Bunself", ("Bun", "Bun", "Buns", "Buns", "Bunself")),
        ("bun bun buns buns bunself", ("bun", "bun", "buns", "buns", "bunself")),
        ("bun, bun, buns, buns, bunself", ("bun", "bun", "buns", "buns", "bunself")),
    ],
)
def test_all_five_forms(text, forms):
    (found,) = parse_pronouns(text)
    assert found.forms() == forms


def test_only_they_takes_a_plural_verb():
    assert [item.subject for item in known_sets() if item.plural_verb] == ["they"]
    (found,) = parse_pronouns("they/them/their/theirs/themselves")
    assert found.reflexive == "themselves"
    assert found.plural_verb


@pytest.mark.parametrize("text", ["none", "No pronouns", "name only", "NONE "])
def test_no_pronouns_is_an_empty_tuple(text):
    assert parse_pronouns(text) == ()


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "pronouns.empty"),
        (" \n", "pronouns.empty"),
        ("bun/bunself", "pronouns.unknown"),
        ("she/him/theirs", "pronouns.unknown"),
        ("a/b/c/d/e/f", "pronouns.unknown"),
        ("a//c/d/e", "pronouns.unknown"),
        ("a b/c/d/e/f", "pronouns.unknown"),
        ("ask me what they are", "pronouns.unknown"),
        ("she they", "pronouns.unknown"),
        (f"a/b/c/d/{'e' * 31}", "pronouns.unknown"),
        ("xe", "pronouns.ambiguous"),
        ("e/em", "pronouns.ambiguous"),
        ("they " * 100, "pronouns.too-long"),
    ],
)
def test_refusals_are_coded_and_do_not_repeat_the_declaration(text, code):
    with pytest.raises(InputError) as caught:
        parse_pronouns(text)
    assert caught.value.code == code
    assert "bun" not in str(caught.value)


@given(st.text(max_size=450))
def test_any_text_gives_sets_or_a_coded_error(text):
    with suppress(InputError):
        found = parse_pronouns(text)
        assert all(isinstance(item, PronounSet) and all(item.forms()) for item in found)


@given(st.lists(st.sampled_from(known_sets()), min_size=1, max_size=4, unique=True))
def test_five_forms_are_read_back(sets):
    assert list(parse_pronouns(", ".join("/".join(item.forms()) for item in sets))) == sets
