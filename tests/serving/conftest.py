"""A pipeline without models, whose readings and answers can be worked out by hand."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from tongli.core import (
    Check,
    Claim,
    CultureContext,
    Draft,
    Evidence,
    Language,
    Plan,
    Provenance,
    Reading,
    Response,
    Settings,
    Verdict,
)
from tongli.serving import Limits, create_app


@dataclass
class Fake:
    """Claims joy of everything; ``gate`` holds its calls, ``error`` breaks them."""

    error: Exception | None = None
    load_error: Exception | None = None
    gate: threading.Event = field(default_factory=threading.Event)
    messages: list = field(default_factory=list)
    running: int = 0
    most: int = 0

    def __post_init__(self):
        self.gate.set()
        self.lock = threading.Lock()

    def load(self):
        self._work()
        if self.load_error:
            raise self.load_error

    def read_many(self, messages, *, evidence=False):
        self._work()
        self.messages += messages
        if self.error:
            raise self.error
        return [reading(message, evidence=evidence) for message in messages]

    def respond(self, message, *, reply_lang=None, evidence=True):
        (found,) = self.read_many([message], evidence=evidence)
        return response(found, lang=reply_lang or "en")

    def _work(self):
        with self.lock:
            self.running += 1
            self.most = max(self.most, self.running)
        self.gate.wait(20)
        with self.lock:
            self.running -= 1


def reading(message, *, evidence):
    spans = (Evidence(span=(0, 1), weight=0.5),) if evidence else ()
    return Reading(
        message=message,
        language=Language(tag=message.lang or "en", score=0.9),
        claims=(
            Claim(
                dimension="emotion",
                label="joy",
                score=0.8,
                scheme="ekman6",
                evidence=spans,
                source="head:ekman6",
            ),
            Claim(dimension="sentiment", label="positive", score=0.7, source="head:sentiment"),
        ),
        scores={"ekman6": {"joy": 0.8}, "sentiment": {"positive": 0.7}, "politeness": 0.5},
    )


def response(found, *, lang):
    plan = Plan(
        culture=CultureContext(lang=lang, locale=lang, register="neutral", address="formal"),
        acts=("thank",),
    )
    verdict = Verdict(
        draft=Draft(text="Thank you!", lang=lang, provenance=Provenance(engine="fake")),
        checks=(Check(name="length", passed=True, detail="short", score=None, evidence=((0, 5),)),),
    )
    return Response(text="Thank you!", lang=lang, plan=plan, reading=found, verdict=verdict)


@pytest.fixture
def fake():
    made = Fake()
    yield made
    made.gate.set()


@pytest.fixture
def serve(fake):
    """Starts an application around ``fake``; waits for its models unless told otherwise."""
    clients = []

    def start(*, ready=True, max_chars=1000, **limits):
        settings = Settings(cache=Path("unused"), threads=2, max_chars=max_chars)
        app = create_app(fake, settings, limits=Limits(**limits))
        client = TestClient(app).__enter__()
        clients.append(client)
        while ready and not client.get("/healthz").json()["ready"]:
            time.sleep(0.005)
        return client

    yield start
    fake.gate.set()
    for client in clients:
        client.__exit__(None, None, None)


@pytest.fixture
def client(serve):
    return serve()


def check_problem(answer, *, status, code):
    """An RFC 9457 problem with tongli's fields."""
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    body = answer.json()
    assert body["status"] == status
    assert body["code"] == code
    assert body["title"]
    assert body["received"]
    assert body["allowed"]
    assert body["fix"]
    return body


@pytest.fixture
def is_problem():
    return check_problem
