from __future__ import annotations

import asyncio
import html
import importlib
import json
from pathlib import Path

import pytest

pytest.importorskip("socketio", reason="the extra studio is not installed")
FOLDER = Path(__file__).parents[2] / "benchmarks"


@pytest.fixture
def studio(monkeypatch):
    monkeypatch.syspath_prepend(str(FOLDER))
    return importlib.import_module("studio")


class Socket:
    """Answers a press as the server does: first the bars, then the words."""

    def __init__(self) -> None:
        self.sent: list[dict] = []

    def on(self, name, handler):
        self.handler = handler

    async def emit(self, name, data):
        self.sent.append(data)
        if data["listener_id"] == "press":
            self.handler({"7": {"props": {"innerHTML": '<table class="bars">'}}})
            await asyncio.sleep(0.02)
            self.handler({"5": {"text": "Read: joy 0.90."}})


def page() -> str:
    events = [{"type": "edit", "listener_id": "typed"}, {"type": "submit", "listener_id": "press"}]
    elements = {"3": {"props": {}, "events": []}, "4": {"props": {"keep": "read"}, "events": events}}
    told = html.escape(json.dumps(elements), quote=True)
    return f"parseElements(String.raw`{told}`) query: {{'client_id': 'abc', 'next': 0}}"


def test_a_read_is_timed_in_two_steps(studio):
    socket = Socket()
    person = studio.Person(page(), socket)
    answer, words = asyncio.run(person.read("Hello"))
    assert 0 <= answer < words
    assert socket.sent[0] == {
        "id": 4,
        "client_id": "abc",
        "listener_id": "typed",
        "args": ['"Hello"'],
    }


def test_percentiles(studio):
    found = studio.told([(float(at), float(2 * at)) for at in range(1, 101)])
    assert found["answer_p95"] == 95
    assert found["words_p50"] == 100


def test_both_parts_count_every_read(studio):
    people = [studio.Person(page(), Socket()) for _ in range(2)]
    assert len(asyncio.run(studio.together(people, reads=2))) == 4
    assert len(asyncio.run(studio.paced(people, reads=2, pause=0.001))) == 4
