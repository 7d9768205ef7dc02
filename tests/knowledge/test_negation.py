import pytest

from tongli.knowledge import negation as module
from tongli.knowledge.negation import negation

KINDS = {("deny", "open", "idle"), ("strong", "weak"), ("deny", "open", "idle", "strong", "weak")}


def test_every_language_has_whole_sets_of_lists():
    table = module._table()
    assert {tuple(lists) for lists in table.values()} <= KINDS
    assert sum("deny" in lists for lists in table.values()) >= 20


def test_words_are_found():
    assert negation("en", "deny").find("it did not arrive") == [(7, 10)]
    assert negation("de", "strong").find("Das ist keine Lösung.")


@pytest.mark.parametrize(("lang", "kind"), [("tr", "strong"), ("yo", "deny")])
def test_without_a_list_there_is_none(lang, kind):
    assert negation(lang, kind) is None


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("it", "Sono stanca: scriva la sua risposta e invii il suo ordine."),
        ("fr", "Elle est inquiète et déjà informée."),
        ("de", "Wir und unsere Leute rufen uns unter dieser Nummer."),
        ("pt", "Ela disse isso desde o início."),
        ("es", "Desde entonces, la información se distribuye."),
        ("ja", "お受け取りいただけます。忘れてしまいました。"),
    ],
)
def test_words_that_only_begin_like_a_negated_one(lang, text):
    assert [negation(lang, kind).find(text) for kind in ("strong", "weak")] == [[], []]


@pytest.mark.parametrize(("lang", "text"), [("it", "Sono scontenta."), ("de", "unklar"), ("fr", "infidèle")])
def test_prefixes_that_negate(lang, text):
    assert negation(lang, "weak").find(text)
