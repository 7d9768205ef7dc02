import numpy as np
import pytest

from tongli.core import Draft, Language, Provenance, Reading
from tongli.generation.tasks import check_text, compose
from tongli.generation.tasks.label import label_data, label_words


class Reader:
    """Finds nothing but the language it is told."""

    def __init__(self, lang):
        self.language = Language(tag=lang, score=0.99)

    def sentences(self, texts):
        return np.ones((len(texts), 4), np.float32) / 2

    def read_many(self, messages):
        return [Reading(message=message, language=self.language) for message in messages]


@pytest.fixture
def judged(sheet):
    def run(text, *, sheet=sheet, engine="m", **options):
        settings = {"locale": "en-GB", "register": "neutral", "address": "informal", "max_chars": 2000}
        draft = Draft(text=text, lang="en-GB", provenance=Provenance(engine=engine))
        found = check_text(draft, sheet=sheet, reader=Reader("en"), **{**settings, **options})
        return {check.name: check for check in found.checks}

    return run


def failed(checks):
    return [name for name, check in checks.items() if check.passed is False]


@pytest.mark.parametrize("task", ["post", "ad", "news", "story", "reply"])
def test_what_the_realiser_writes_passes(judged, sheet, task):
    for text in compose(task, sheet, locale="en-GB", address="informal", n=4):
        checks = judged(text)
        assert set(failed(checks)) <= {"stated"}
        assert "stated" not in failed(checks) or task == "reply"


@pytest.mark.parametrize(
    "text",
    [
        "An evening of poems on 15 March 2031.",
        "An evening of poems: only £4.00!",
        "An evening of poems, with 400 places.",
        "An evening of poems, see https://evil.example.org.",
        "An evening of poems at 20:00.",
        "An evening of poems, and Beatrix Crane reads too.",
    ],
)
def test_a_fact_that_was_not_in_fails(judged, text):
    assert failed(judged(text)) == ["facts"]


@pytest.mark.parametrize(
    "text",
    [
        "An evening of poems on March 14, at 19:00, for 4.50 GBP.",
        "An evening of poems, 14 Mar 2031: £4.50, 40 places, and the deadline is 10 March.",
        "Mina Okafor wrote hers on the bus. An evening of poems in Leeds!",
    ],
)
def test_the_same_facts_in_other_words_pass(judged, text):
    assert failed(judged(text)) == []


def test_the_opposite_of_a_fact_fails(judged):
    text = "An evening of poems. Writers of the town do not read poems about the river."
    assert failed(judged(text)) == ["negation"]


def test_what_must_be_told(judged, sheet):
    assert failed(judged("Come to us on 14 March 2031.")) == ["stated"]


def test_limits_and_strings_to_avoid(judged):
    assert "length" in failed(judged("An evening of poems. " + "Come. " * 60, channel="x"))
    assert "avoid" in failed(judged("An evening of poems, dearest.", avoid=("dearest",)))


def test_the_label_is_no_part_of_what_is_judged(judged):
    label = label_words(Provenance(engine="openai"), "en-GB")
    assert failed(judged(f"An evening of poems.\n\n{label}", label=label)) == []


def test_a_label_for_machines_names_what_wrote_it():
    rules, model = (label_data(Provenance(engine=name), "ja-JP") for name in ("realiser", "openai"))
    assert rules["digital_source_type"].endswith("/algorithmicMedia")
    assert model["digital_source_type"].endswith("/trainedAlgorithmicMedia")
    assert "AI" in model["statement"]
    assert label_words(Provenance(engine="openai"), "is") == label_words(Provenance(engine="openai"), "en")
