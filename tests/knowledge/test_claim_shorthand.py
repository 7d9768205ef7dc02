"""Shorthand for the words of an expression that change."""

import pytest

from tongli.knowledge.claim_shorthand import citation, spelled_out


@pytest.mark.parametrize(
    ("verb", "forms"),
    [
        ("kick", "kick|kicks|kicked|kicking"),
        ("chase", "chase|chases|chased|chasing"),
        ("free", "free|frees|freed|freeing"),
        ("cry", "cry|cries|cried|crying"),
        ("play", "play|plays|played|playing"),
        ("stop", "stop|stops|stopped|stopping"),
        ("tip", "tip|tips|tipped|tipping"),
        ("box", "box|boxes|boxed|boxing"),
        ("wash", "wash|washes|washed|washing"),
        ("look", "look|looks|looked|looking"),
        ("refer", "refer|refers|referred|referring"),
        ("go", "go|goes|went|gone|going"),
    ],
)
def test_english_verbs(verb, forms):
    assert spelled_out(f"{{{verb}}} it", "en") == (f"{forms} it",)


def test_sets_of_words():
    (form,) = spelled_out("{lose} {one's} hat", "en")
    assert form.startswith("lose|loses|lost|losing my|your|his|her|its|our|their|one's|")
    assert form.endswith(" hat")


def test_romance_verbs_are_stems():
    assert spelled_out("{tirar} la toalla", "es") == ("tir* la toalla",)
    assert spelled_out("{tener} sed", "es") == ("tener|ten*|tien*|tuv*|tendr*|teng* sed",)
    assert spelled_out("{tirarsi} indietro", "it") == ("tir* indietro",)


def test_german_verbs_stand_last_or_first():
    last, first = spelled_out("ins Gras {beißen}", "de")
    assert last == "ins Gras (zu) beißen|beiß*|beiss*|biss*|gebissen*"
    assert first == "beißen|beiß*|beiss*|biss*|gebissen* … ins Gras"


def test_german_verbs_that_come_apart():
    last, first = spelled_out("den Löffel {ab|geben}", "de")
    assert "abgeb*" in last
    assert "abgegeben*" in last
    assert "abzugeb*" in last
    assert first.startswith("geben|geb*")
    assert first.endswith(" … den Löffel ab")


def test_german_sein_is_a_verb_at_the_end_and_a_possessive_before():
    last, first = spelled_out("am Ball {sein}", "de")
    assert last.startswith("am Ball (zu) sein|bin|")
    assert first.endswith("|seien … am Ball")
    assert spelled_out("{sein} Brot {verdienen}", "de")[0].startswith("mein|dein|sein|ihr|")


def test_a_verb_needs_an_infinitive():
    with pytest.raises(ValueError, match="infinitive"):
        spelled_out("{toalla} la tir", "es")


def test_languages_without_shorthand_have_plain_rows():
    assert spelled_out("猫の手", "ja") == ("猫の手",)


def test_another_way_of_writing_is_another_form():
    assert spelled_out("画蛇添足 / 畫蛇添足", "zh") == ("画蛇添足", "畫蛇添足")
    assert citation("画蛇添足 / 畫蛇添足") == "画蛇添足"


def test_japanese_endings():
    (form,) = spelled_out("舌{を}巻{く}", "ja")
    assert form.startswith("舌(を|")
    assert "いた|" in form
    assert citation("舌{を}巻{く}") == "舌を巻く"


@pytest.mark.parametrize(
    ("expression", "words"),
    [
        ("{kick} the bucket", "kick the bucket"),
        ("{lose} {one's} (very) hat|cap", "lose one's hat"),
        ("den Löffel {ab|geben}", "den Löffel abgeben"),
        ("tir* la toalla", "tir la toalla"),
    ],
)
def test_citation(expression, words):
    assert citation(expression) == words
