from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("torch", reason="needs tongli[train]")

WORDS = {"polite": ("please", "kindly"), "rude": ("now", "quick")}


def line(number: int, split: str, *, licence: str = "CC0-1.0") -> dict[str, Any]:
    side = ("polite", "rude")[number % 2]
    return {
        "id": f"{split}{number}",
        "text": f"{WORDS[side][number // 2 % 2]} open window number {number} {split}",
        "lang": "en",
        "labels": {"politeness": {"polite": float(side == "polite")}},
        "source": "authored",
        "licence": licence,
    }


def write(path: Path, rows: list[dict[str, Any]]) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


@pytest.fixture
def tiny(tiny_model: Path, tiny_settings: Any) -> tuple[list[Any], dict[str, str]]:
    environment = {"TONGLI_CACHE": str(tiny_settings.cache), "TONGLI_HEADS": str(tiny_settings.heads)}
    quick = ["--head", "politeness", "--steps", "20", "--draws", "20"]
    return [*quick, "--model", tiny_model, "--threads", "1"], environment


@pytest.fixture
def oracle() -> Iterator[str]:
    """A chat endpoint that labels by the first word, and answers every fifth text in prose."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            text = json.loads(body["messages"][1]["content"])["text"]
            named = ["polite"] if text.split()[0] in WORDS["polite"] else []
            content = "It is polite." if "number 5 " in text else json.dumps({"labels": named})
            raw = json.dumps({"choices": [{"message": {"content": content}}]}).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(raw)))
            self.end_headers()
            self.wfile.write(raw)

        def log_message(self, *args: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/v1"
    server.shutdown()
    server.server_close()
    thread.join()


def test_eight_texts_a_label_and_a_language_model(real: Any, tmp_path: Path, tiny: Any, oracle: str) -> None:
    options, environment = tiny
    source = write(tmp_path / "all.jsonl", [line(n, "all") for n in range(40)])
    out = tmp_path / "out"
    command = ["learn", "few-shot", source, "-o", out, "--shots", "8", "--engine", "openai:oracle", *options]
    done = real(*command, "--json", TONGLI_OPENAI_BASE_URL=oracle, **environment)
    assert (done.returncode, done.stderr) == (0, b"")
    found = json.loads(done.stdout)
    assert (found["examples"], found["measured"], found["on"]) == (16, 24, "held-out texts")
    methods = {item["name"]: item for item in found["methods"]}
    assert list(methods) == ["logistic", "contrastive", "openai:oracle"]
    asked = methods["openai:oracle"]
    assert asked["abstained"] in {0, 1}  # the text with number 5 may be an example
    assert asked["figure"]["value"] >= 0.9
    card = json.loads((out / "politeness.json").read_text(encoding="utf-8"))
    assert card["metrics"]["few_shot"]["methods"][0]["name"] == "logistic"
    assert card["releasable"] is True

    environment["TONGLI_HEADS"] = str(out)
    read = real(
        *("read", "--json", "--no-evidence", "--heads", "politeness", "--model", tiny[0][7], "please"),
        **environment,
    )
    assert isinstance(json.loads(read.stdout)["scores"]["politeness"], float)


def test_held_out_records_and_the_human_view(real: Any, tmp_path: Path, tiny: Any) -> None:
    options, environment = tiny
    examples = write(tmp_path / "few.jsonl", [line(n, "few") for n in range(16)])
    dev = write(tmp_path / "dev.jsonl", [line(n, split) for n in range(16) for split in ("few", "dev")])
    out = tmp_path / "out"
    command = ["learn", "few-shot", examples, "-o", out, "--dev", dev, "--method", "logistic", *options]
    told = real(*command, **environment).stdout.decode()
    assert "16 examples; 16 texts: held-out texts" in told  # those that are examples are not measured on
    for part in ("logistic", "contrastive", "macro_f1", f"logistic written to {out}"):
        assert part in told.replace("\n", " ")


def test_what_cannot_be_done_is_said(real: Any, tmp_path: Path, tiny: Any) -> None:
    options, environment = tiny
    source = write(tmp_path / "few.jsonl", [line(n, "few", licence="CC-BY-NC-4.0") for n in range(16)])
    command = ["learn", "few-shot", source, "-o", tmp_path / "out", *options]
    assert b"error[licence.not-free]" in real(*command, **environment).stderr
    command.append("--research-only")
    done = real(*command, "--engine", "oracle", **environment)
    assert b"error[plugin.unknown]" in done.stderr
    done = real(
        *command, "--engine", "openai:x", TONGLI_OPENAI_BASE_URL="http://127.0.0.1:9/v1", **environment
    )
    assert done.returncode == 5
    assert b"error[engine.unreachable]" in done.stderr
    assert not (tmp_path / "out").exists()
