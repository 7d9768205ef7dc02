import pytest

from tongli.core import EngineError
from tongli.generation import verify as package
from tongli.generation.verify import CHECKS, verify


def judge(subject):
    return verify(subject.draft, plan=subject.plan, reading=subject.reading, reader=subject.reader)


def test_every_check_gives_a_verdict_under_its_own_name(subject):
    verdict = judge(subject("I am sorry that your parcel never came."))
    assert [check.name for check in verdict.checks] == list(CHECKS)
    assert verdict.passed, [check for check in verdict.checks if check.passed is False]


@pytest.mark.parametrize("name", list(CHECKS))
def test_a_check_that_breaks_does_not_pass(subject, monkeypatch, name):
    def broken(_):
        raise ZeroDivisionError("a detail that may hold private words")

    monkeypatch.setitem(package.CHECKS, name, broken)
    verdict = judge(subject("I am sorry that your parcel never came."))
    [check] = [check for check in verdict.checks if check.name == name]
    assert not verdict.passed
    assert check.detail == "[check.crashed] the check broke: ZeroDivisionError"


def test_the_code_of_a_known_error_is_kept(subject, monkeypatch):
    def broken(_):
        raise EngineError("engine.some", received="x", allowed="y", fix="z")

    monkeypatch.setitem(package.CHECKS, "facts", broken)
    details = [check.detail for check in judge(subject("Fine.")).checks if check.name == "facts"]
    assert details == ["[engine.some] the check broke: EngineError"]


def test_a_reader_that_breaks_fails_every_check_that_needs_it(subject, reader, monkeypatch):
    def broken(_):
        raise OSError

    monkeypatch.setattr(reader, "encode", broken)
    monkeypatch.setattr(reader, "read_many", broken)
    failed = {
        check.name
        for check in judge(subject("I am sorry.", culture={"register": "formal"})).checks
        if check.passed is False
    }
    assert failed == {"language", "register", "emotion", "meaning", "toxicity"}


def test_spans_lie_in_the_draft(subject):
    text = "Dear [name], you idiot, your 7 parcels are lost, says http://x.test/9."
    for check in judge(subject(text)).checks:
        assert all(0 <= start < end <= len(text) for start, end in check.evidence)
