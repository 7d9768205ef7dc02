import gzip
import json
import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest

from tongli.core import ConfigError, InputError, StorageError, TongliError
from tongli.learning.data.record import Record, write_records
from tongli.learning.evaluate.report import write_report
from tongli.learning.evaluate.resample import Resampling
from tongli.learning.evaluate.run import Job, check, evaluate

QUICK = Resampling(draws=20)


def record(at, **labels):
    return Record(
        id=str(at),
        text=f"text {at} <b>",
        lang="en" if at % 2 else "pt-BR",
        culture="<i>" if at % 3 else "",
        labels=labels,
    )


RECORDS = [
    record(
        at,
        formality={"formal": float(at % 4 > 1)},
        **({"empathy": {"empathy": 1.0 + at % 7}} if at < 50 else {}),
    )
    for at in range(60)
]


def predicted(at, *, flip=1):
    right = float(at % 4 > 1)
    value = 1 - right if at % flip == flip - 1 else right
    claim = {"dimension": "formality", "label": None, "abstained": True}
    scores = {"formality": 0.1 + 0.8 * value, "empathy": 1.0 + (at * 3) % 7}
    return {"id": at if at % 2 else str(at), "lang": "en", "claims": [claim] * (at < 15), "scores": scores}


@pytest.fixture
def job(tmp_path):
    data, first, second = (tmp_path / name for name in ("data.jsonl", "first.jsonl", "second.jsonl.gz"))
    write_records(data, RECORDS)
    first.write_text("".join(json.dumps(predicted(at, flip=10)) + "\n" for at in range(61)), "utf-8")
    with gzip.open(second, "wt", encoding="utf-8") as file:
        file.writelines(json.dumps(predicted(at, flip=2)) + "\n" for at in range(60))
    return Job(data=data, predictions=first, against=second, how=QUICK)


def test_a_report(job, tmp_path):
    report = evaluate(job, reader=None)
    assert report.records == 60
    assert report.languages == {"en": 30, "pt-BR": 30}
    formality, empathy = report.heads
    assert (formality.head, formality.records, empathy.records) == ("formality", 60, 50)
    assert formality.measures["accuracy"].value == pytest.approx(0.9)
    assert formality.coverage == pytest.approx(0.75)
    by = {grouping.field: grouping for grouping in formality.by}
    assert set(by) == {"lang"}
    assert by["lang"].worst == "en"
    assert {group.name: group.records for group in by["lang"].groups} == {"en": 30, "pt-BR": 30}
    assert report.differences["formality"].delta.value > 0.3
    assert report.differences["empathy"].delta.value == 0


def test_the_report_is_plain_json_without_texts(job, tmp_path):
    texts = tmp_path / "texts.jsonl"
    lines = [{"text": "thank you for that", "reference": "thank you for this", "lang": "en"}]
    texts.write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")
    data, page = write_report(evaluate(replace(job, texts=texts), reader=None), tmp_path / "new" / "report")
    found = json.loads(data.read_text("utf-8"), parse_constant=pytest.fail)
    assert found["format"] == 1
    assert found["texts"]["en"]["dist_1"] == 1
    for written in (data, page):
        assert "text 1" not in written.read_text("utf-8")


class Page(HTMLParser):
    """Checks that elements are closed, and notes what there is."""

    def __init__(self):
        super().__init__()
        self.open, self.seen, self.ids, self.refs = [], [], [], []

    def handle_starttag(self, tag, attrs):
        self.seen.append((tag, dict(attrs)))
        self.ids += [value for name, value in attrs if name == "id"]
        self.refs += [part for name, value in attrs if name == "aria-labelledby" for part in value.split()]
        if tag != "meta":
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.seen.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


def test_the_page_is_whole_accessible_and_alone(job, tmp_path):
    _, path = write_report(evaluate(replace(job, by=("lang", "culture")), reader=None), tmp_path / "report")
    text = path.read_text("utf-8")
    page = Page()
    page.feed(text)
    assert page.open == []
    assert len(set(page.ids)) == len(page.ids)
    assert set(page.refs) == set(page.ids)
    tags = [tag for tag, _ in page.seen]
    assert {"script", "link", "img", "iframe"}.isdisjoint(tags)
    assert not re.search(r"https?://|url\(|@import", text)
    assert tags.count("svg") == tags.count("desc") == tags.count("details") > 0
    assert tags.count("caption") == tags.count("table")
    assert [tag for tag in tags if tag == "h1"] == ["h1"]
    assert ("html", {"lang": "en"}) in page.seen
    wide = [found for tag, found in page.seen if tag == "figure" or found.get("class") == "wide"]
    assert {found["tabindex"] for found in wide} == {"0"}  # what scrolls can be scrolled by keys
    assert all(found.get("aria-label") for found in wide if "class" in found)
    assert "mean of languages" in text
    assert "<i>" not in text


def test_the_model_reads_what_has_no_predictions(job):
    class Reader:
        def read_many(self, messages):
            assert messages[0].lang == "pt-BR"
            return [Said(int(message.id)) for message in messages]

    class Said:
        def __init__(self, at):
            self.at = at

        def to_dict(self):
            return predicted(self.at, flip=10)

    told = []
    own = replace(job, predictions=None, against=None, robustness=True, attacks=("typos",), sample=8)
    report = evaluate(own, reader=Reader(), name="a model", progress=lambda *state: told.append(state))
    assert report.predictions == "a model"
    assert report.attacked == 8
    assert {curve.head for curve in report.robustness} == {"formality", "empathy"}
    assert ("Reading", 60, 60) in told
    assert all(0 <= done <= total for _, done, total in told)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"fairness": True}, "evaluate.options"),
        ({"robustness": True}, "evaluate.options"),
        ({"by": ("text",)}, "evaluate.field"),
    ],
)
def test_jobs_that_cannot_be_done(job, change, code):
    with pytest.raises(ConfigError) as caught:
        check(replace(job, **change))
    assert caught.value.code == code


@pytest.mark.parametrize(
    ("lines", "code"),
    [
        ("{", "record.json"),
        ("[]", "record.object"),
        ('{"id": 1}', "evaluate.line"),
        ('{"id": 1, "scores": {}, "claims": []}', "evaluate.missing"),
    ],
)
def test_bad_predictions(job, lines, code):
    job.predictions.write_text(lines, "utf-8")
    with pytest.raises(InputError) as caught:
        evaluate(job, reader=None)
    assert caught.value.code == code


def test_bad_data(job, tmp_path):
    def code(found, kind):
        with pytest.raises(kind) as caught:
            evaluate(found, reader=None)
        assert issubclass(kind, TongliError)
        return caught.value.code

    assert code(replace(job, predictions=tmp_path / "none.jsonl"), StorageError) == "record.unreadable"
    assert code(replace(job, heads=("ekman6",)), InputError) == "evaluate.unlabelled"
    assert code(replace(job, predictions=None), ConfigError) == "evaluate.options"
    write_records(job.data, [RECORDS[0], RECORDS[0]])
    assert code(job, InputError) == "evaluate.duplicate"


def test_of_a_full_disk_no_half_of_a_report_is_left(job, tmp_path, monkeypatch):
    report = evaluate(job, reader=None)
    write_report(report, tmp_path)
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    write = Path.write_text

    def full(path, text, **options):
        write(path, text[: len(text) // 2], **options)
        if "html" in path.name:
            raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_text", full)
    with pytest.raises(StorageError) as caught:
        write_report(replace(report, data="other.jsonl"), tmp_path)
    assert caught.value.code == "evaluate.unwritable"
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_a_folder_that_cannot_be_written(job, tmp_path):
    (tmp_path / "file").write_text("", "utf-8")
    with pytest.raises(StorageError) as caught:
        write_report(evaluate(job, reader=None), tmp_path / "file")
    assert caught.value.code == "evaluate.unwritable"
