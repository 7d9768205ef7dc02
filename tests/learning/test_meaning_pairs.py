"""Changes of meaning by rule, and the pairs that are made of them."""

from __future__ import annotations

import gzip
import json
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongli.learning.meaning import faults, own
from tongli.learning.meaning.examples import examples
from tongli.learning.meaning.faults import KINDS, exchanged, names_of, swaps, with_clause, without_clause
from tongli.learning.meaning.parallel import UNSEEN, Group, groups, part_of

LANGUAGES = (
    "en",
    "de",
    "es",
    "fr",
    "it",
    "pt",
    "nl",
    "ru",
    "zh",
    "ja",
    "ko",
    "id",
    "vi",
    "ar",
    "hi",
    "tr",
    "pl",
)


def made(text, lang, kind):
    return {swap.made(text).text for swap in swaps(text, lang) if swap.kind == kind}


@pytest.mark.parametrize(
    ("lang", "text", "kind", "changed"),
    [
        ("en", "The boat is ready.", "negation", "The boat is not ready."),
        ("en", "The boat is not ready.", "negation", "The boat is ready."),
        ("en", "We didn't go.", "negation", "We did go."),
        ("en", "All boats left.", "quantity", "Some boats left."),
        ("en", "You must go.", "modality", "You may go."),
        ("en", "It opens on Monday.", "time", "It opens on Wednesday."),
        ("en", "She paid 40 euros.", "number", "She paid 38 euros."),
        ("de", "Sie kommt vor dem Essen.", "opposite", "Sie kommt nach dem Essen."),
        ("de", "Das Boot ist fertig.", "negation", "Das Boot ist nicht fertig."),
        ("es", "Siempre llega tarde.", "quantity", "Nunca llega tarde."),
        ("es", "La tienda está cerca.", "negation", "La tienda no está cerca."),
        ("fr", "Le bateau est là.", "negation", "Le bateau n'est pas là."),
        ("fr", "Le bateau n'est pas là.", "negation", "Le bateau est là."),
        ("ja", "船が来ました。", "negation", "船が来ませんでした。"),
        ("zh", "他们昨天走了。", "time", "他们明天走了。"),
        ("ru", "Она придёт завтра.", "time", "Она придёт вчера."),
        ("tr", "Bugün hava güzel.", "time", "Yarın hava güzel."),
    ],
)
def test_changes_by_rule(lang, text, kind, changed):
    assert changed in made(text, lang, kind)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_language_has_words_of_every_kind(lang):
    kinds = {kind for kind, poles in faults._poles(lang) if poles}
    assert kinds >= {"opposite", "quantity", "modality", "time"}


@given(st.text(max_size=60), st.sampled_from(LANGUAGES))
def test_a_change_changes_one_place(text, lang):
    for swap in swaps(text, lang):
        change = swap.made(text)
        assert swap.kind in KINDS
        assert change.text != text
        for start, end in change.spans:
            assert change.text[:start] == text[: swap.start]
            assert change.text[end:] == text[swap.end :]


def test_names_change_places():
    text = "Yesterday Anna Holt met Boris Lind."
    assert names_of(text) == ["Anna Holt", "Boris Lind"]
    change = exchanged(text, ("Anna Holt", "Boris Lind"))
    assert change.text == "Yesterday Boris Lind met Anna Holt."
    assert [change.text[slice(*span)] for span in change.spans] == ["Boris Lind", "Anna Holt"]
    assert exchanged(text, ("Anna Holt", "Anna")) is None


def test_a_clause_comes_and_a_clause_goes():
    text, other = "The boat left early, and nobody waved.", "A second meeting is planned."
    change = with_clause(text, other, random.Random(1))
    assert [change.text[slice(*span)] for span in change.spans] == ["A second meeting is planned"]
    assert without_clause(text, random.Random(1)).text in {"and nobody waved.", "The boat left early."}
    assert without_clause("The boat left early.", random.Random(1)) is None


GROUP = Group(
    source="ntrex",
    part="fit",
    texts={"en": ("The shop is open today.",), "es": ("La tienda está abierta hoy.",)},
)
OTHER = Group(source="ntrex", part="fit", texts={"en": ("A boat came.",), "es": ("Vino un barco.",)})


def test_what_both_texts_allow_is_right_as_often_as_wrong():
    found = [
        each
        for each in examples([GROUP, OTHER] * 6, seed=1)
        if "mañana" in each.first.text + each.second.text
    ]
    good = [each for each in found if not each.kind and "tomorrow" in each.first.text + each.second.text]
    wrong = [each for each in found if each.kind == "time"]
    assert good
    assert len(wrong) >= len(good)
    for each in found:
        for told, marks in zip((each.first, each.second), each.marks, strict=True):
            assert all(0 <= start < end <= len(told.text) for start, end in marks or ())


def test_examples_are_the_same_from_the_same_seed():
    one, two = ([*examples([GROUP, OTHER] * 3, seed=4, own_facts=5)] for _ in range(2))
    assert one == two
    assert [*examples([GROUP, OTHER] * 3, seed=5, own_facts=5)] != one


def test_our_own_sentences_differ_in_every_language():
    for fact, other, kind in own.facts(random.Random(2), 60):
        assert kind in KINDS
        for lang in own.languages():
            assert fact.said(lang) != other.said(lang)


def test_our_own_lists_are_of_one_length():
    table = own._table()
    names = {len(words) for words in table["names"].values()}
    assert len(names) == 1
    for key in "vit":
        assert len({len(table[lang][key]) for lang in own.languages()}) == 1


def test_a_language_kept_aside_is_not_seen():
    group = Group(source="ntrex", part="fit", texts={"en": ("One.",), UNSEEN[0]: ("Raz.",)})
    assert {each.seen for each in examples([group, group], seed=1)} == {False}


def test_groups_are_read_from_the_files(tmp_path):
    def write(name, rows):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        with gzip.open(path, "wt", encoding="utf-8") as file:
            file.writelines(json.dumps(row) + "\n" for row in rows)

    write(
        "ntrex/dev.jsonl.gz", [{"doc": "a", "text": "One.", "translations": {"pt-BR": "Um.", "pt-PT": "Um!"}}]
    )
    write(
        "formality_mt/train.jsonl.gz",
        [{"en": "Go!", "lang": "de", "formal": "Gehen Sie!", "informal": "Geh!"}],
    )
    for lang in ("ar", "de", "es", "fr", "hi", "it", "pt", "ru"):
        write(
            f"gender-mtgeneval/pairs_{lang}.jsonl.gz", [{"en_m": "He.", "en_f": "She.", "m": "m", "f": "f"}]
        )
    write(
        "xsid/dev.jsonl.gz",
        [{"lang": "nl", "text": "Ja.", "text_en": "Yes."}, {"lang": "en", "text": "Yes."}],
    )
    found = list(groups(tmp_path))
    assert found[0].texts == {"en": ("One.",), "pt": ("Um.", "Um!")}
    assert found[0].part == part_of("a")
    assert found[1].texts == {"en": ("Go!",), "de": ("Gehen Sie!", "Geh!")}
    assert found[-1].texts == {"en": ("Yes.",), "nl": ("Ja.",)}
    assert len(found) == 11
