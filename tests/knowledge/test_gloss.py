from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongli.core import InputError
from tongli.knowledge.claim import FIGURATIVE
from tongli.knowledge.claim_files import SHIPPED, claims
from tongli.knowledge.gloss import Glossary, gloss


@pytest.mark.parametrize(
    ("lang", "idiom", "claim", "how"),
    [
        ("en", "spill the beans", "en.idiom.spill-the-beans", "exact"),
        ("en", "To spill the beans!", "en.idiom.spill-the-beans", "pattern"),
        ("en", "spilled the beans", "en.idiom.spill-the-beans", "pattern"),
        ("en-GB", "spilled the beans", "en.idiom.spill-the-beans", "pattern"),
        ("de", "jemandem auf den Keks gehen", "de.idiom.auf-den-keks-gehen", "exact"),
        ("de", "ging mir auf den Keks", "de.idiom.auf-den-keks-gehen", "pattern"),
        ("ja", "腹が立った", "ja.idiom.hara-ga-tatsu", "pattern"),
        ("zh", "吃醋", "zh.idiom.chi-cu", "exact"),
        ("fr", "Il m'a posé un lapin.", "fr.idiom.poser-un-lapin", "pattern"),
    ],
)
def test_found(lang: str, idiom: str, claim: str, how: str) -> None:
    found = gloss(idiom, lang)
    assert found.claim is not None
    assert (found.claim.id, found.how, found.abstained) == (claim, how, False)
    assert claims(lang)[claim].meaning.sense in found.text.split("; ")


def test_a_gloss_says_how_english_says_it() -> None:
    assert gloss("estar hasta las narices", "es").text.partition("; ")[0] == "be fed up to the back teeth"
    assert gloss("画蛇添足", "zh").text.endswith("; literally: draw a snake and add feet")
    assert gloss("spill the beans", "en").text == claims("en")["en.idiom.spill-the-beans"].meaning.sense


@pytest.mark.parametrize("idiom", ["beans", "we spilled the beans in the kitchen", "", "…"])
def test_more_or_less_than_the_expression_is_not_glossed(idiom: str) -> None:
    found = gloss(idiom, "en")
    assert (found.text, found.why) == (None, "unknown-expression")


def test_a_text_full_of_expressions_is_none_and_costs_little() -> None:
    text = "spill the beans, 5 miles. " * 5_000
    began = time.process_time()
    assert gloss(text, "en").why == "unknown-expression"
    assert time.process_time() - began < 20


def test_a_language_without_claims() -> None:
    assert gloss("haba na haba", "sw").why == "unknown-language"


def test_no_language_at_all() -> None:
    with pytest.raises(InputError, match="BCP-47"):
        gloss("a", "??")


@pytest.mark.parametrize("lang", SHIPPED.languages)
def test_only_figurative_claims_gloss(lang: str) -> None:
    glossary = Glossary(lang)
    for claim in list(claims(lang).values())[::7]:
        for form in claim.forms[:1]:
            found = glossary.look_up(form)
            assert found.claim is None or found.claim.kind in FIGURATIVE


@given(st.text(max_size=30), st.sampled_from(["en", "zh", "ar"]))
def test_any_text_is_answered(idiom: str, lang: str) -> None:
    found = gloss(idiom, lang)
    assert found.abstained == (found.why is not None) == (found.claim is None and found.source is None)
