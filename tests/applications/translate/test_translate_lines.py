"""Sessions, lines and checked documents, with an engine and a reader that stand in."""

from __future__ import annotations

import json

import pytest

from tongli.applications import Job
from tongli.applications.translate.checked import translate_checked
from tongli.applications.translate.glossary import Glossary
from tongli.applications.translate.lines import translate_lines
from tongli.applications.translate.memory import Memory
from tongli.applications.translate.session import Session
from tongli.core import (
    ConfigError,
    Draft,
    EngineError,
    InputError,
    Language,
    Message,
    Provenance,
    Reading,
    Verdict,
)
from tongli.generation.translate import Translation


class Stand:
    """In place of Tongli: translates by upper case; "bad" needs a person, "crash" fails."""

    def __init__(self):
        self.batches = []

    def translate(self, messages, to, by, *, briefs, n, mbr):
        self.batches.append([message.text for message in messages])
        return [self.one(message, to, by, brief) for message, brief in zip(messages, briefs, strict=True)]

    def one(self, message, to, by, brief):
        if "crash" in message.text:
            raise EngineError("translate.failed", received="x", allowed="y", fix="z")
        if by.name == "memory":
            [[draft]] = by.translate([message.text], source="en", target=to)
        else:
            text = message.text.upper() + "".join(f" [{term}]" for _, term in brief.terms)
            draft = Draft(text=text, lang=to, provenance=Provenance(engine=by.name))
        return Translation(
            text=draft.text,
            lang=to,
            source=Reading(message=message, language=Language(tag=message.lang, score=1.0)),
            verdict=Verdict(draft=draft, checks=()),
            needs_person="bad" in message.text,
        )


class Engine:
    name = "stand-in"


@pytest.fixture
def session():
    return Session(tongli=Stand(), engine=Engine())


def lines(path, *records):
    path.write_text("".join(f"{json.dumps(each)}\n" for each in records), encoding="utf-8")
    return str(path)


def told(path):
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def job(tmp_path, **how):
    return Job(source=str(tmp_path / "in.jsonl"), target=str(tmp_path / "out.jsonl"), lang="en", **how)


RECORDS = (
    {"id": 1, "text": "one", "to": "es"},
    {"id": 2, "text": "two", "to": "fr"},
    {"id": 3, "text": "three"},
    {"id": 4, "text": "crash", "to": "es"},
    {"id": 5, "text": "five", "to": "es"},
    {"id": 6, "text": "six", "to": "en"},
    {"id": 7, "text": "", "to": "es"},
    {"id": 8, "text": "uno", "from": "es", "to": "fr"},
)


def test_lines_in_order_and_broken_ones_apart(tmp_path, session):
    lines(tmp_path / "in.jsonl", *RECORDS)
    tally = translate_lines(job(tmp_path), session=session)
    found = told(tmp_path / "out.jsonl")
    assert [(each["id"], each["text"], each["from"], each["to"]) for each in found] == [
        (1, "ONE", "en", "es"),
        (2, "TWO", "en", "fr"),
        (5, "FIVE", "en", "es"),
        (8, "UNO", "es", "fr"),
    ]
    assert {"engine", "alternatives", "questions", "checks", "needs_person", "readings"} <= set(found[0])
    errors = {each["id"]: each["code"] for each in told(tmp_path / "out.errors.jsonl")}
    assert errors == {
        3: "line.translate",
        4: "translate.failed",
        6: "translate.same-language",
        7: "input.empty",
    }
    assert (tally.read, tally.written, tally.failed) == (8, 4, 4)


@pytest.mark.parametrize("keep", [0, 40, 10_000])
def test_a_stopped_run_ends_in_the_same_bytes(tmp_path, session, keep):
    lines(tmp_path / "in.jsonl", *RECORDS)
    translate_lines(job(tmp_path, batch=2), session=session)
    whole = (tmp_path / "out.jsonl").read_bytes(), (tmp_path / "out.errors.jsonl").read_bytes()
    (tmp_path / "out.jsonl").write_bytes(whole[0][: len(whole[0]) - 1 if keep == 40 else keep])
    tally = translate_lines(job(tmp_path, batch=2, resume=True), session=session)
    assert ((tmp_path / "out.jsonl").read_bytes(), (tmp_path / "out.errors.jsonl").read_bytes()) == whole
    assert tally.read == 8


def test_an_output_that_is_there_is_not_replaced(tmp_path, session):
    lines(tmp_path / "in.jsonl", *RECORDS)
    (tmp_path / "out.jsonl").write_text("mine", encoding="utf-8")
    with pytest.raises(ConfigError, match=r"output\.exists"):
        translate_lines(job(tmp_path), session=session)


def test_memory_and_glossary(tmp_path):
    memory = Memory(tmp_path / "m.db")
    stand = Stand()
    session = Session(
        tongli=stand, engine=Engine(), memory=memory, glossary=Glossary(({"en": "boat", "es": "lancha"},))
    )
    lines(
        tmp_path / "in.jsonl",
        {"id": 1, "text": "The boats.", "to": "es"},
        {"id": 2, "text": "bad", "to": "es"},
    )
    translate_lines(job(tmp_path), session=session)
    assert [(unit.source, unit.target) for unit in memory.units()] == [("The boats.", "THE BOATS. [lancha]")]
    translate_lines(job(tmp_path, overwrite=True), session=session)
    assert [each["engine"] for each in told(tmp_path / "out.jsonl")] == ["memory", "stand-in"]


def test_a_document_with_its_report(tmp_path, session):
    (tmp_path / "in.md").write_text("# One\n\nbad news\n\none more\n", encoding="utf-8")
    done = translate_checked(
        tmp_path / "in.md",
        str(tmp_path / "out.md"),
        session=session,
        source="en",
        target_lang="es",
        report=str(tmp_path / "report.jsonl"),
    )
    assert (tmp_path / "out.md").read_text(encoding="utf-8") == "# ONE\n\nBAD NEWS\n\nONE MORE\n"
    assert (done.units, done.person) == (3, (3,))
    assert "1 for a person to look at (3)" in done.summary()
    assert [each["needs_person"] for each in told(tmp_path / "report.jsonl")] == [False, True, False]


@pytest.mark.parametrize("target", ["in.md", "there.md"])
def test_originals_and_older_outputs_stay(tmp_path, session, target):
    (tmp_path / "in.md").write_text("one", encoding="utf-8")
    (tmp_path / "there.md").write_text("before", encoding="utf-8")
    with pytest.raises(ConfigError, match=r"output\.(same-file|exists)"):
        translate_checked(
            tmp_path / "in.md", str(tmp_path / target), session=session, source="en", target_lang="es"
        )
    assert (tmp_path / "in.md").read_text(encoding="utf-8") == "one"


def test_a_unit_that_is_too_long_stays_for_a_person(tmp_path, session):
    (tmp_path / "in.txt").write_text("word " * 200_000, encoding="utf-8")
    done = translate_checked(
        tmp_path / "in.txt", str(tmp_path / "out.txt"), session=session, source="en", target_lang="es"
    )
    assert (tmp_path / "out.txt").read_text(encoding="utf-8") == "word " * 200_000
    assert done.person == (1,)


def test_a_language_that_is_a_mere_guess_is_asked_for(session):
    with pytest.raises(InputError, match=r"translate\.language.*--from"):
        session.translate([Message("hallo")], target="es")
    assert session.translate([Message("hello", lang="en")], target="es")


def test_an_endpoint_that_is_down_costs_no_line(tmp_path, session, monkeypatch):
    lines(tmp_path / "in.jsonl", *({"id": at, "text": f"Text {at}."} for at in range(5)))

    def down(self, message, to, by, brief):
        raise EngineError("engine.unreachable", received="x", allowed="y", fix="z")

    one = Stand.one
    monkeypatch.setattr(
        Stand, "one", lambda self, message, *rest: (down if message.id == 3 else one)(self, message, *rest)
    )
    with pytest.raises(EngineError):
        translate_lines(job(tmp_path, batch=2), session=session, target="es")
    assert [line["id"] for line in told(tmp_path / "out.jsonl")] == [0, 1]
    assert not (tmp_path / "out.errors.jsonl").exists()
    monkeypatch.setattr(Stand, "one", one)
    tally = translate_lines(job(tmp_path, batch=2, resume=True), session=session, target="es")
    assert (tally.resumed, tally.written, tally.failed) == (2, 5, 0)


@pytest.mark.parametrize(("slow", "failed"), [({3}, 1), ({1, 2, 4, 5}, 4), ({2, 3, 4}, None)])
def test_three_lines_without_an_answer_stop_the_run(tmp_path, session, monkeypatch, slow, failed):
    lines(tmp_path / "in.jsonl", *({"id": at, "text": f"Text {at}."} for at in range(7)))
    one = Stand.one

    def some(self, message, *rest):
        if message.id in slow:
            raise EngineError("engine.busy", received="x", allowed="y", fix="z")
        return one(self, message, *rest)

    monkeypatch.setattr(Stand, "one", some)
    if failed is None:
        with pytest.raises(EngineError) as caught:
            translate_lines(job(tmp_path), session=session, target="es")
        assert caught.value.code == "engine.busy"
        return
    tally = translate_lines(job(tmp_path), session=session, target="es")
    assert (tally.written, tally.failed) == (7 - failed, failed)


def test_another_input_is_not_gone_on_with(tmp_path, session):
    lines(tmp_path / "in.jsonl", {"id": 1, "text": "One."}, {"id": 2, "text": "Two."})
    translate_lines(job(tmp_path), session=session, target="es")
    lines(tmp_path / "in.jsonl", {"id": 1, "text": "One."}, {"id": 3, "text": "Two."})
    with pytest.raises(InputError) as caught:
        translate_lines(job(tmp_path, resume=True), session=session, target="es")
    assert caught.value.code == "resume.mismatch"


def test_a_language_that_is_none_is_told_by_its_field(tmp_path, session):
    lines(
        tmp_path / "in.jsonl", {"id": 1, "text": "One.", "to": "es,fr"}, {"id": 2, "text": "x", "from": "?"}
    )
    translate_lines(job(tmp_path), session=session, target="es")
    assert [error["received"] for error in told(tmp_path / "out.errors.jsonl")] == [
        'a "to" that is no language tag',
        'a "from" that is no language tag',
    ]
