from __future__ import annotations

import json

import pytest

from tongli.applications import Job
from tongli.applications.gender.fill import fill_lines
from tongli.applications.gender.rewrite import rewrite_lines

KIM = [{"name": "Kim", "pronouns": "fey/fem/feir/feirs/feirself"}]


@pytest.fixture
def run(tmp_path):
    def run(lines, *, job=rewrite_lines, **options):
        source, target = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
        source.write_text("".join(json.dumps(line) + "\n" for line in lines))
        job(Job(source=str(source), target=str(target), overwrite=True, **options))
        errors = tmp_path / "out.errors.jsonl"
        read = [path.read_text().splitlines() if path.exists() else [] for path in (target, errors)]
        return tuple([json.loads(line) for line in each] for each in read)

    return run


def test_goals(run):
    text = {"text": "Kim said he is late.", "lang": "en"}
    good, bad = run(
        [
            {"id": 1, **text, "people": KIM},
            {"id": 2, **text, "to": "neutral"},
            {"id": 3, **text, "alternatives": True},
        ]
    )
    assert bad == []
    assert [line.get("text") for line in good] == ["Kim said fey is late.", "Kim said they are late.", None]
    assert good[2]["alternatives"]["feminine"] == "Kim said she is late."
    assert good[0]["edits"][0]["span"] == [9, 11]
    assert all(line["abstained"] == [] for line in good)


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "Mr Bernd Kim came. Bernd said he was late."),
        ("de", "Herr Bernd kam. Der Lehrer Bernd suchte Bernds Hut."),
        ("es", "El señor Bernd está cansado."),
        ("ru", "Учитель Bernd устал."),
        ("zh", "我见过Bernd先生。"),
    ],
)
def test_a_former_name_is_in_no_line(run, lang, text):
    people = [{"name": "Kim", "agreement": "feminine", "former_names": ["Bernd"]}]
    (line,), bad = run([{"id": 1, "lang": lang, "text": text, "people": people}])
    assert bad == []
    assert "Kim" in line["text"]
    assert "Bernd" not in json.dumps(line)
    assert any(edit["kind"] == "name" and edit["span"] for edit in line["edits"])


def test_language_and_style_of_the_job(run):
    line = {"id": "a", "text": "He hurt himself.", "to": "neutral"}
    assert run([line], lang="en")[0][0]["text"] == "They hurt themself."
    assert run([{**line, "style": "themselves"}], lang="en")[0][0]["text"] == "They hurt themselves."


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ({"text": "He.", "to": "neutral"}, "line.no-lang"),
        ({"text": "He.", "lang": "en"}, "gender.goal"),
        ({"text": "He.", "lang": "en", "to": "secret"}, "gender.goal"),
        ({"text": "He.", "lang": "en", "to": "neutral", "alternatives": True}, "gender.goal"),
        ({"text": "He.", "lang": "en", "to": "neutral", "style": "secret"}, "gender.style"),
        ({"text": "He.", "lang": "tlh", "to": "neutral"}, "gender.language"),
        (
            {"text": "He.", "lang": "en", "people": [{"name": "secret", "pronouns": "secret"}]},
            "pronouns.unknown",
        ),
        ({"lang": "en", "to": "neutral"}, "line.text"),
    ],
)
def test_broken_lines_are_told_and_private(run, line, code):
    good, bad = run([{"id": 7, **line}])
    assert good == []
    assert (bad[0]["id"], bad[0]["code"]) == (7, code)
    assert "secret" not in json.dumps(bad)


def test_fill(run):
    lines = [
        {"id": 1, "text": "Kim lost [MASK] keys.", "people": KIM},
        {"id": 2, "text": "Kim left.", "people": KIM},
        {"id": 3, "text": "[MASK] left.", "people": [{"name": "Kim"}]},
        {"id": 4, "text": "[MASK] left."},
    ]
    good, bad = run(lines, job=fill_lines)
    assert [line["text"] for line in good] == ["Kim lost feir keys.", None]
    assert good[1]["abstained"][0]["span"] == [0, 6]
    assert [line["code"] for line in bad] == ["gender.mask", "people.required"]
