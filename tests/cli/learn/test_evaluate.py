"""``tongli learn evaluate`` in real processes: from predictions, and on the model that ships."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tongli.cli.learn.evaluate_view import show
from tongli.core import Settings
from tongli.encoders.store import list_models
from tongli.knowledge.schemes import EKMAN6
from tongli.learning.evaluate.figures import measure_head
from tongli.learning.evaluate.report import Report
from tongli.learning.evaluate.resample import Resampling

TEXTS = (
    ("en", "joy", "I am so happy, my sister is coming home tomorrow!"),
    ("en", "sadness", "I miss my grandmother, and I cannot stop crying."),
    ("en", "anger", "This is outrageous, they lied to me and kept my money!"),
    ("es", "joy", "¡Qué felicidad, por fin nació el bebé!"),
    ("es", "fear", "Tengo muchísimo miedo de la operación de mañana."),
    ("de", "sadness", "Mein Hund ist gestorben, ich bin so traurig."),
)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    path = tmp_path / "data.jsonl"
    lines = [
        {
            "id": str(at),
            "lang": lang,
            "text": text,
            "labels": {"ekman6": {label: float(label == feeling) for label in EKMAN6}},
        }
        for at, (lang, feeling, text) in enumerate(TEXTS)
    ]
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    return path


@pytest.fixture
def predictions(tmp_path: Path) -> Path:
    path = tmp_path / "predictions.jsonl"
    lines = [
        {"id": str(at), "claims": [], "scores": {"ekman6": dict.fromkeys(EKMAN6, 0.1)}}
        for at in range(len(TEXTS))
    ]
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    return path


def test_for_people(real: Any, data: Path, predictions: Path, tmp_path: Path) -> None:
    folder = tmp_path / "report"
    arguments = ("learn", "evaluate", data, "--predictions", predictions, "-o", folder, "--draws", "20")
    done = real(*arguments, "--against", predictions, COLUMNS="120")
    assert (done.returncode, done.stderr) == (0, b"")
    out = done.stdout.decode()
    assert "6 texts in 3 languages, read by predictions.jsonl" in out
    assert "ekman6" in out
    assert "+0.000" in out
    assert (folder / "report.html").is_file()
    again = real(*arguments)
    assert again.returncode == 2
    assert b"output.exists" in again.stderr
    assert real(*arguments, "--overwrite").returncode == 0


def test_for_machines(real: Any, data: Path, predictions: Path, tmp_path: Path) -> None:
    folder = tmp_path / "report"
    done = real(
        "learn", "evaluate", data, "--predictions", predictions, "-o", folder, "--draws", "20", "--json"
    )
    assert (done.returncode, done.stderr) == (0, b"")
    assert json.loads(done.stdout) == json.loads((folder / "report.json").read_text("utf-8"))


@pytest.mark.parametrize(
    ("options", "code"),
    [
        (["--fairness"], b"evaluate.options"),
        (["--by", "text"], b"evaluate.field"),
        (["--heads", "mood"], b"heads.unknown"),
    ],
)
def test_what_cannot_be_done(
    real: Any, data: Path, predictions: Path, tmp_path: Path, options: list[str], code: bytes
) -> None:
    folder = tmp_path / "report"
    done = real("learn", "evaluate", data, "--predictions", predictions, "-o", folder, *options)
    assert done.returncode == 2
    assert code in done.stderr
    assert not folder.exists()


def test_a_place_for_no_report_is_told_before_anything_is_read(real: Any, data: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("taken", encoding="utf-8")
    said = data.with_name("said.jsonl")  # not there: it would be the next thing to be read
    done = real("learn", "evaluate", data, "--predictions", said, "-o", tmp_path / "file" / "report")
    assert (done.returncode, b"evaluate.unwritable" in done.stderr) == (6, True)


def test_a_report_of_nothing_special_is_short(capsys: pytest.CaptureFixture[str]) -> None:
    figures = measure_head("ekman6", [], [], by=("lang",), how=Resampling(draws=2))
    report = Report(
        data="x",
        records=0,
        languages={},
        predictions="x",
        how=Resampling(),
        heads=(figures,),
        version="0",
    )
    show(report, [Path("x")])
    assert "minus" not in capsys.readouterr().out


@pytest.mark.models
def test_the_model_that_ships(real: Any, data: Path, tmp_path: Path) -> None:
    if list_models(Settings.from_env())[0].state != "ready":
        pytest.skip("the embedded models are not prepared: tongli models pull")
    folder = tmp_path / "report"
    done = real(
        *("learn", "evaluate", data, "-o", folder, "--heads", "ekman6", "--draws", "20"),
        *("--robustness", "--attacks", "typos", "--json"),
    )
    assert (done.returncode, done.stderr) == (0, b"")
    found = json.loads(done.stdout)
    (head,) = found["heads"]
    assert head["measures"]["auc"]["value"] > 0.8
    assert head["measures"]["micro_f1"]["value"] > 0.6
    (curve,) = found["robustness"]
    assert curve["figures"][0] == head["measures"]["macro_f1"]["value"]


@pytest.mark.models
@pytest.mark.slow
def test_fairness_of_the_model_that_ships(real: Any, data: Path, tmp_path: Path) -> None:
    if list_models(Settings.from_env())[0].state != "ready":
        pytest.skip("the embedded models are not prepared: tongli models pull")
    folder = tmp_path / "report"
    done = real(
        "learn", "evaluate", data, "-o", folder, "--heads", "ekman6", "--draws", "5", "--fairness", "--json"
    )
    assert done.returncode == 0
    found = json.loads(done.stdout)["fairness"]
    assert {swap["axis"] for swap in found["swaps"]} == {"name", "pronouns"}
    assert all(swap["labels_unchanged"] > 0.95 for swap in found["swaps"])
    assert all(len(swap["by_language"]) == 12 for swap in found["swaps"])
