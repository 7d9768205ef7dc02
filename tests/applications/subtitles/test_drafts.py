"""A sentence is translated once, also when a run was killed."""

from __future__ import annotations

import pytest

from tongli.applications.subtitles.drafts import resumable
from tongli.core import TranslationBrief

PLAIN = TranslationBrief()


@pytest.fixture
def run(tmp_path):
    """Translates texts by one run, and says what the engine was asked."""

    def run(texts, *, brief=PLAIN, target="de", name=None, fails=None):
        asked, done = [], []

        def engine(part, brief):
            if fails in part:
                raise KeyboardInterrupt
            asked.extend(part)
            return [f"{target}:{text}:{brief.address}" for text in part]

        with resumable(
            engine, journal=tmp_path / "j", source="en", target=target, name=name, progress=done.append
        ) as ask:
            return ask(texts, brief), asked, done

    return run


def test_every_sentence_is_asked_for_once(run):
    found, asked, done = run(["a", "b", "a"])
    assert found == ["de:a:None", "de:b:None", "de:a:None"]
    assert (asked, done) == (["a", "b"], [3])


def test_a_killed_run_goes_on(run):
    texts = [str(number) for number in range(40)]
    with pytest.raises(KeyboardInterrupt):
        run(texts, fails="35")
    found, asked, done = run(texts)
    assert asked == texts[32:]
    assert len(found) == 40
    assert done == [16, 32, 40]
    assert run(texts)[1] == []


def test_nothing_is_left_of_a_run_that_did_nothing(run, tmp_path):
    with pytest.raises(KeyboardInterrupt):
        run(["a"], fails="a")
    assert not (tmp_path / "j").exists()


def test_other_wishes_languages_and_engines_are_other_drafts(run):
    run(["a"])
    assert run(["a"], brief=TranslationBrief(address="formal"))[0] == ["de:a:formal"]
    assert run(["a"], brief=TranslationBrief(feeling="angry"))[1] == ["a"]
    assert run(["a"])[1] == []
    assert run(["a"], target="es")[1] == ["a"]
    assert run(["a"], target="es", name="mt")[1] == ["a"]


def test_a_damaged_line_ends_what_counts(run, tmp_path):
    run(["a", "b"])
    lines = (tmp_path / "j").read_bytes().splitlines(keepends=True)
    (tmp_path / "j").write_bytes(lines[0] + lines[1] + b"[1, 2, 3]\n" + lines[2])
    assert run(["a", "b"])[1] == ["b"]
