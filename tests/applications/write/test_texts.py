import json

import numpy as np
import pytest

from tongli.applications import Job
from tongli.applications.write.brief import make_brief, read_audiences
from tongli.applications.write.texts import to_dict, write, write_lines
from tongli.core import Draft, EngineError, InputError, Language, Provenance, Reading
from tongli.generation.adapt import Adaptation
from tongli.generation.house_style import parse_style
from tongli.generation.tasks import parse_sheet

FACTS = {
    "title": "Open day",
    "what": "Come and see the library",
    "when": "2031-03-14",
    "link": "https://a.example.org/day",
    "de": {"title": "Tag der offenen Tür", "what": "Kommt und seht die Bibliothek"},
}
GOOD, BAD = "Open day on 14 March 2031.", "Open day on 15 March 2031."


class Engine:
    """Answers with texts from a script, and remembers the turns."""

    name = "openai"

    def __init__(self, *texts):
        self.texts = list(texts)
        self.asked = []

    def complete(self, turns, *, prompt, lang, max_chars, seed, n=1):
        self.asked.append((prompt, turns))
        if not self.texts:
            raise EngineError("engine.timeout", received="r", allowed="a", fix="Again.")
        return [
            Draft(text=self.texts.pop(0), lang=lang, provenance=Provenance(engine=self.name, prompt=prompt))
        ]


class FakeTongli:
    """Reads nothing into a text but its language."""

    def __init__(self, *engines):
        self.engines = engines
        self.engine = engines[0].name if engines else "realiser"

    def read_many(self, messages):
        return [
            Reading(message=each, language=Language(tag=(each.lang or "en")[:2], score=0.9))
            for each in messages
        ]

    def sentences(self, texts):
        return np.ones((len(texts), 4), np.float32) / 2

    def adapt(self, text, *, to, lang):
        return Adaptation(text=text, lang=lang, audience=to)


@pytest.fixture
def sheet():
    return parse_sheet(FACTS)


def written(sheet, model=None, to=(), **brief):
    audiences = read_audiences(list(to), sheet)
    return write(sheet, make_brief("post", **brief), audiences=audiences, tongli=model or FakeTongli())


def test_each_audience_gets_variants_in_its_language_and_format(sheet):
    english, german = written(sheet, to=["en-US,de-DE:register=formal"], variants=2)
    assert "March 14, 2031" in english.variants[0].text
    assert len(english.variants) == 2
    assert str(german.audience) == "de-DE:register=formal"
    assert "Tag der offenen Tür" in german.variants[0].text
    assert "14. März 2031" in german.variants[0].text


def test_sentences_without_words_of_the_language_are_left_out_and_told():
    sheet = parse_sheet({**FACTS, "points": ["Tea is served"], "call": "Book your seat"})
    english, german = written(sheet, to=["en-GB,de-DE"])
    assert english.notes == ()
    assert "Tea is served" in english.variants[0].text
    assert german.notes == ("not in the words of de-DE, so not told: points, call",)
    assert not any(word in each.text for each in german.variants for word in ("Tea", "Book"))


def test_without_an_audience_the_language_of_the_sheet_is_taken(sheet):
    assert [str(each.audience) for each in written(sheet)] == ["en-US"]


def test_the_label_is_on_unless_taken_out_and_counts(sheet):
    [labelled], [plain] = written(sheet), written(sheet, label=False)
    assert labelled.variants[0].text.endswith("Put together automatically from given facts.")
    assert "automatically" not in plain.variants[0].text
    [short] = written(sheet, where="x")
    assert all(variant.size.fits for variant in short.variants)


def test_an_engine_writes_first_and_is_told_once_what_failed(sheet):
    engine = Engine(BAD, GOOD)
    [found] = written(sheet, FakeTongli(engine), variants=1, label=False)
    assert found.variants[0].text == GOOD
    assert [prompt for prompt, _ in engine.asked] == ["write.v1", "repair.v1"]
    request = json.loads(engine.asked[0][1][1]["content"])
    assert request["facts"]["title"] == "Open day"


@pytest.mark.parametrize("texts", [(BAD, BAD), ()])
def test_the_realiser_stands_in(sheet, texts):
    [found] = written(sheet, FakeTongli(Engine(*texts)), variants=1)
    assert found.variants[0].verdict.draft.provenance.engine == "realiser"
    assert not found.needs_person
    assert found.notes[0].startswith("openai")


def test_strings_to_avoid_are_blotted_out_of_drafts_that_failed(sheet):
    style = parse_style({"avoid": ["Secretname"]})
    engine = Engine("Open day with Secretname.", "Open day with Secretname.")
    found = written(sheet, FakeTongli(engine), variants=3, style=style)
    told = json.dumps([to_dict(each, avoid=style.avoid) for each in found])
    assert "Secretname" not in told
    assert "Secretname" not in str(engine.asked[0][1])


def test_what_is_left_out_is_told_by_the_keys_of_the_sheet(sheet):
    [found] = written(sheet, where="app-store-name", label=False)
    assert set(found.variants[0].left_out) >= {"when", "link"}


@pytest.mark.parametrize(
    ("task", "options", "code"),
    [
        ("poem", {}, "write.task"),
        ("post", {"tone": "sad"}, "write.tone"),
        ("post", {"variants": 0}, "write.variants"),
    ],
)
def test_a_wrong_brief_is_refused(task, options, code):
    with pytest.raises(InputError) as error:
        make_brief(task, **options)
    assert error.value.code == code


def test_many_at_once(tmp_path):
    source, target = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    lines = [{"id": 1, "facts": FACTS}, {"id": 2}, {"id": 3, "facts": {"title": 5}}]
    source.write_text("".join(json.dumps(line) + "\n" for line in lines))
    tally = write_lines(
        Job(source=str(source), target=str(target)),
        tongli=FakeTongli(),
        brief=lambda _: make_brief("news", variants=1),
        audiences=lambda _, sheet: read_audiences([], sheet),
    )
    assert (tally.written, tally.failed) == (1, 2)
    [line] = map(json.loads, target.read_text().splitlines())
    assert line["texts"][0]["variants"][0]["passed"]
    assert line["texts"][0]["variants"][0]["ai"]["generated"]
