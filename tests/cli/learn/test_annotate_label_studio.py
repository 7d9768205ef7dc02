"""``tongli learn annotate`` in real processes, with a tiny model: once around the loop."""

from __future__ import annotations

import json
from xml.etree import ElementTree as ET

import pytest

TEXTS = [
    ("en", "I am so happy that you came!"),
    ("en", "This makes me furious."),
    ("es", "Me da miedo abrir esa puerta."),
    ("es", "La tienda abre a las nueve."),
    ("de", "Ich vermisse sie sehr."),
    ("de", "Der Zug fährt um acht."),
]


def lines(path):
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


@pytest.fixture
def pool(tmp_path):
    path = tmp_path / "pool.jsonl"
    rows = [{"id": f"m{n}", "text": text, "lang": lang} for n, (lang, text) in enumerate(TEXTS)]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    return path


@pytest.fixture
def run(real, tiny_model, tiny_settings, tmp_path):
    """A command of the group; those that read texts get the tiny model."""

    def call(command, *arguments):
        model = ("--model", tiny_model) if command in {"export", "queue", "errors"} else ()
        return real(
            *("learn", "annotate", command, *arguments, *model),
            cwd=tmp_path,
            TONGLI_CACHE=str(tiny_settings.cache),
            TONGLI_HEADS=str(tiny_settings.heads),
            TONGLI_OFFLINE="1",
        )

    return call


def annotate(tasks, *answers):
    """Everybody's choices of ekman6, the same for each task; ``None`` skips it."""
    for number, task in enumerate(json.loads(tasks.read_text("utf-8"))):
        annotations = [
            {
                "completed_by": who,
                "was_cancelled": answer is None,
                "result": [
                    {
                        "from_name": "ekman6",
                        "to_name": "text",
                        "type": "choices",
                        "value": {"choices": [answer or "joy"]},
                    }
                ],
            }
            for who, answer in enumerate(answers)
        ]
        yield {"id": number, "data": task["data"], "annotations": annotations}


def test_once_around(run, pool, tmp_path):
    queued = run("queue", pool, "-o", "next.jsonl", "-n", "4", "--balance", "--strategy", "bald")
    assert queued.returncode == 0, queued.stderr
    assert b"4 records" in queued.stdout
    chosen = lines(tmp_path / "next.jsonl")
    assert len({row["id"] for row in chosen}) == 4

    done = run("export", "next.jsonl", "-o", "tasks.json", "--heads", "ekman6,intensity", "--json")
    assert json.loads(done.stdout)["tasks"] == 4
    tasks = json.loads((tmp_path / "tasks.json").read_text("utf-8"))
    assert [task["data"] for task in tasks] == [
        {"source": "own", "licence": "unknown", "consent": "unknown"} | row for row in chosen
    ]
    assert any("predictions" in task for task in tasks)
    assert len(ET.parse(tmp_path / "tasks.xml").getroot().findall("Rating")) == 6

    export = tmp_path / "export.json"
    export.write_text(
        json.dumps(list(annotate(tmp_path / "tasks.json", "joy", "fear", "joy", None))), "utf-8"
    )
    done = run("import", "export.json", "-o", "labelled.jsonl", "--least", "3", "--json")
    assert json.loads(done.stdout) == {"tasks": 4, "written": 4, "annotators": 3, "skipped": 4, "unused": {}}
    assert {row["labels"]["ekman6"]["joy"] for row in lines(tmp_path / "labelled.jsonl")} == {2 / 3}

    done = run("agreement", "export.json", "--by-lang", "--json")
    found = json.loads(done.stdout)
    joy = next(row for row in found["agreement"] if (row["label"], row["lang"]) == ("joy", "all"))
    anger = next(row for row in found["agreement"] if (row["label"], row["lang"]) == ("anger", "all"))
    assert joy["alpha"] < 0
    assert anger["alpha"] is None
    assert found["disputed"][0]["disagreement"] == pytest.approx(2 / 3)
    shown = run("agreement", "export.json").stdout.decode()
    assert "one value only" in shown
    assert "disputed item" in shown


def test_blind_tasks_need_no_model(run, pool, tmp_path):
    done = run("export", pool, "-o", "tasks.json", "--blind")
    assert done.returncode == 0, done.stderr
    assert b"6 tasks, 0 with suggestions" in done.stdout
    assert all("predictions" not in task for task in json.loads((tmp_path / "tasks.json").read_text("utf-8")))


def test_errors_lists_and_writes_suspicious_records(run, pool, tmp_path):
    pytest.importorskip("cleanlab", reason="needs the extra train")
    rows = [
        {
            "id": f"e{n}",
            "text": f"{TEXTS[n % 6][1]} {n}",
            "lang": "en",
            "labels": {"politeness": {"polite": n % 2}},
        }
        for n in range(24)
    ]
    (tmp_path / "labelled.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    done = run(
        "errors", "labelled.jsonl", "--heads", "politeness", "--folds", "3", "-o", "again.jsonl", "--json"
    )
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert [row["quality"] for row in found] == sorted(row["quality"] for row in found)
    assert [row["id"] for row in lines(tmp_path / "again.jsonl")] == [row["id"] for row in found]


@pytest.mark.parametrize(
    ("arguments", "status", "code"),
    [
        (("export", "pool.jsonl", "-o", "pool.jsonl"), 2, "output.same-file"),
        (("export", "pool.jsonl", "-o", "there.json"), 2, "output.exists"),
        (("export", "pool.jsonl", "-o", "x.json", "--heads", "mood"), 2, "heads.unknown"),
        (("import", "pool.jsonl", "-o", "x.jsonl"), 2, "labelstudio.json"),
        (("agreement", "absent.json"), 6, "labelstudio.unreadable"),
        (("queue", "pool.jsonl", "-o", "x.jsonl", "-n", "0"), 2, "queue.count"),
        (("queue", "pool.jsonl", "-o", "x.jsonl", "--heads", "distress"), 2, "queue.head"),
        (("errors", "pool.jsonl"), 2, "errors.few"),
    ],
)
def test_what_goes_wrong_is_told(run, pool, tmp_path, arguments, status, code):
    (tmp_path / "there.json").write_text("keep me", "utf-8")
    if code == "errors.few":
        pytest.importorskip("cleanlab", reason="needs the extra train")
    done = run(*arguments)
    assert (done.returncode, code.encode() in done.stderr) == (status, True), done.stderr
    assert b"Traceback" not in done.stderr
    assert (tmp_path / "there.json").read_text("utf-8") == "keep me"
    assert len(lines(pool)) == len(TEXTS)


def test_an_output_is_replaced_when_asked(run, pool, tmp_path):
    (tmp_path / "there.json").write_text("old", "utf-8")
    assert run("export", pool, "-o", "there.json", "--blind", "--overwrite").returncode == 0
    assert len(json.loads((tmp_path / "there.json").read_text("utf-8"))) == 6
