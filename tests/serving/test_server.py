"""The server as a process of its own."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from tongli.core import ConfigError, Settings
from tongli.encoders.store import list_models
from tongli.serving.schemas import ReadingOut, ReadingsOut, ResponseOut
from tongli.serving.server import is_loopback, run

HERE = Path(__file__).parent
FAKE = "import conftest; from tongli.serving import run; run(port=0, pipeline=conftest.Fake())"
EVERYWHERE = """
import conftest
from tongli.serving import server

listen = server._listen
server._listen = lambda host, port: listen("127.0.0.1", port)  # no port is opened to others
server.run("0.0.0.0", 0, pipeline=conftest.Fake())
"""
SOCKET = {
    "connection": "upgrade",
    "upgrade": "websocket",
    "sec-websocket-version": "13",
    "sec-websocket-key": "dGhlIHNhbXBsZSBub25jZQ==",
}
REAL = [sys.executable, "-m", "tongli", "serve", "--port", "0"]


@contextmanager
def server(command):
    """A running server: client and the lines of its log."""
    environment = {**os.environ, "PYTHONPATH": str(HERE), "PYTHONUNBUFFERED": "1"}
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=environment)
    lines: list[str] = []
    try:
        url = next(filter(None, (_address(line, lines) for line in process.stderr)))
        reader = threading.Thread(target=lambda: lines.extend(process.stderr))
        reader.start()
        with httpx.Client(base_url=url, timeout=60, trust_env=False) as client:
            while not (health := client.get("/healthz").json())["ready"]:
                assert health["error"] is None
                time.sleep(0.05)
            yield client, lines
        process.send_signal(signal.SIGINT)
        assert process.wait(30) == 0
        reader.join(10)
    finally:
        process.kill()
        process.wait(10)
        process.stderr.close()


def _address(line, lines):
    lines.append(line)
    found = re.search(r"Listening on http://\S+:(\d+)", line)
    return found and f"http://127.0.0.1:{found[1]}"


def check_misuse(client, is_problem):
    json_type = {"content-type": "application/json"}
    is_problem(client.post("/v1/read", content=b"{", headers=json_type), status=400, code="request.json")
    is_problem(client.post("/v1/read", json={"text": 5}), status=422, code="request.invalid")
    is_problem(client.post("/v1/read", json={"text": ""}), status=422, code="input.empty")
    is_problem(client.get("/nothing"), status=404, code="request.path")
    is_problem(client.get("/healthz", headers={"host": "evil.example"}), status=421, code="request.host")
    many = (b"a" * 100_000 for _ in range(30))  # chunked: no Content-Length to believe
    is_problem(client.post("/v1/read", content=many, headers=json_type), status=413, code="request.too-large")


def test_a_server_process(is_problem):
    with server([sys.executable, "-c", FAKE]) as (client, lines):
        with ThreadPoolExecutor(8) as pool:
            bodies = [
                {"id": place, "text": "secret-word", "author": {"name": "secret-word"}} for place in range(40)
            ]
            answers = list(pool.map(lambda body: client.post("/v1/read", json=body), bodies))
        client.get("/nothing?id=secret-word", headers=SOCKET)
        assert [answer.json()["id"] for answer in answers] == list(range(40))
        check_misuse(client, is_problem)
    log = "".join(lines)
    assert "POST /v1/read 200" in log
    assert "secret-word" not in log
    assert "no authentication" not in log


@pytest.mark.models
def test_the_command_with_its_models(is_problem):
    if list_models(Settings.from_env())[0].state != "ready":
        pytest.skip("the embedded models are not prepared: tongli models pull")
    with server(REAL) as (client, _):
        texts = [
            "I am so happy today!",
            "Das ist sehr enttäuschend.",
            "为什么没有人回答我？",
            "¡Qué miedo pasé!",
        ]
        with ThreadPoolExecutor(4) as pool:
            answers = list(pool.map(lambda text: client.post("/v1/read", json={"text": text}), texts * 3))
        readings = [ReadingOut.model_validate(answer.raise_for_status().json()) for answer in answers]
        assert [reading.lang for reading in readings] == ["en", "de", "zh", "es"] * 3
        batch = client.post("/v1/read", json={"messages": [{"text": text} for text in texts]})
        together = ReadingsOut.model_validate(batch.json()).readings
        assert [reading.lang for reading in together] == ["en", "de", "zh", "es"]
        person = {"name": "Ana Souza", "pronouns": "xe/xem"}
        body = {
            "text": "My order 4471 is two weeks late and I am furious.",
            "author": person,
            "reply_lang": "en",
        }
        answer = client.post("/v1/respond", json=body).raise_for_status().json()
        ResponseOut.model_validate(answer)
        assert answer["lang"] == "en"
        assert answer["text"] or answer["needs_person"]
        check_misuse(client, is_problem)


def test_an_address_that_is_taken():
    with socket.create_server(("127.0.0.1", 0)) as taken, pytest.raises(ConfigError) as caught:
        run(port=taken.getsockname()[1], settings=Settings(cache=Path("unused"), threads=1))
    assert caught.value.code == "serve.address"


@pytest.mark.parametrize(
    ("host", "expected"),
    [
        ("127.0.0.1", True),
        ("::1", True),
        ("localhost", True),
        ("0.0.0.0", False),
        ("::", False),
        ("example", False),
    ],
)
def test_is_loopback(host, expected):
    assert is_loopback(host) is expected


def test_binding_elsewhere_warns_and_answers_to_any_name():
    with server([sys.executable, "-c", EVERYWHERE]) as (client, lines):
        assert client.get("/healthz", headers={"host": "tongli.example"}).status_code == 200
    assert "no authentication" in "".join(lines)
