import pytest

from tongli.generation.realiser.outline import forbidden, outline, values_of
from tongli.generation.realiser.phrasebook import load


def roles(plan):
    return [slot.role for slot in outline(plan, load("en"))]


def test_order_is_the_plan_s(plan):
    acts = ("thank", "acknowledge", "thank", "next_step", "close")
    assert roles(plan(acts=acts)) == ["greeting", "thank", "acknowledge", "next_step", "close", "signoff"]


def test_reference_follows_the_acknowledgement(plan):
    assert roles(plan(acts=("acknowledge", "ask"), keep=("4471",))) == [
        "greeting",
        "acknowledge",
        "reference",
        "ask",
    ]
    assert roles(plan(acts=("ask",), keep=("4471",)))[:2] == ["greeting", "reference"]
    glad = plan(acts=("celebrate", "thank", "next_step", "close"), keep=("4471",))
    assert roles(glad)[1:5] == ["celebrate", "thank", "reference", "next_step"]
    bereaved = plan(acts=("condole", "comfort", "next_step", "close"), keep=("4471",))
    assert roles(bereaved)[1:5] == ["condole", "comfort", "reference", "next_step"]


@pytest.mark.parametrize(
    ("keep", "word"),
    [
        (("4471",), "number"),
        (("#AB-4471",), "number"),
        (("https://example.org/x",), "link"),
        (("www.example.org",), "link"),
        (("2024-05-03",), "mention"),
        (("45 %",), "mention"),
        (("4471", "8812"), "mention"),
    ],
)
def test_reference_fits_its_kind(keep, word, plan):
    reference = next(slot for slot in outline(plan(keep=keep), load("en")) if slot.role == "reference")
    assert any(word in option for option in reference.options)


def test_kept_strings_are_listed_once_with_links_last(plan):
    keep = ("https://example.org/4471", "99", "4471", "99", "A7")
    assert values_of(plan(keep=keep), load("en"))["keep"] == "99, A7 and https://example.org/4471"


def test_a_question_asks_for_what_is_needed(plan):
    look, need = (
        outline(plan(acts=("next_step",), strategy=strategy), load("en"))[1].options
        for strategy in ("inform", "question")
    )
    assert set(look).isdisjoint(need)


def test_forbidden_ignores_case_and_empty_strings(plan):
    assert forbidden("Straße", plan(avoid=("STRASSE",)))
    assert not forbidden("Straße", plan(avoid=("",)))
