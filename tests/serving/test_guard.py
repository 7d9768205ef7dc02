import asyncio
import json

import pytest
from starlette.responses import PlainTextResponse

from tongli.serving.guard import HEADERS, Guard
from tongli.serving.limits import Limits


async def echo(scope, receive, send):
    message = await receive()
    await PlainTextResponse(str(len(message["body"])))(scope, receive, send)


def call(chunks, *, app=echo, headers=(), **limits):
    """Status, headers, body and how many chunks were read, of one request whose body comes in chunks."""
    pending = list(chunks)
    sent = []

    async def receive():
        if not pending:
            await asyncio.sleep(3600)
        chunk = pending.pop(0)
        if chunk is None:
            await asyncio.sleep(3600)
        return {"type": "http.request", "body": chunk, "more_body": bool(pending)}

    async def send(message):
        sent.append(message)

    scope = {"type": "http", "method": "POST", "path": "/", "headers": [*headers], "query_string": b""}
    asyncio.run(Guard(app, limits=Limits(**limits))(scope, receive, send))
    names = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
    return sent[0]["status"], names, sent[1]["body"], len(chunks) - len(pending)


def test_a_body_arrives_whole():
    assert call([b"a" * 10, b"", b"b" * 5])[2] == b"15"


def test_a_body_is_refused_as_soon_as_it_is_too_large():
    status, _, body, read = call([b"a" * 60] * 100, body_bytes=100)
    assert (status, json.loads(body)["code"], read) == (413, "request.too-large", 2)


def test_a_declared_length_is_refused_before_the_body_is_read():
    status, _, _, read = call([b"a"], headers=[(b"content-length", b"101")], body_bytes=100)
    assert (status, read) == (413, 0)


def test_a_false_length_changes_nothing():
    assert call([b"a" * 200], headers=[(b"content-length", b"5")], body_bytes=100)[0] == 413
    assert call([b"a"], headers=[(b"content-length", "⁵".encode())], body_bytes=100)[0] == 200


def test_a_body_that_never_ends_is_given_up():
    status, _, body, _ = call([b"a", None, b"b"], seconds=0.05)
    assert (status, json.loads(body)["code"]) == (408, "request.slow")


def test_every_answer_has_the_security_headers():
    for chunks in ([b"a"], [b"a" * 200]):
        names = call(chunks, body_bytes=100)[1]
        assert {name.lower(): value for name, value in HEADERS.items()}.items() <= names.items()


@pytest.mark.parametrize(
    ("host", "status"),
    [
        (b"localhost", 200),
        (b"localhost:8000", 200),
        (b"127.0.0.1:1", 200),
        (b"[::1]", 200),
        (b"[::1]:8000", 200),
        (b"evil.example", 421),
        (b"evil.example:8000", 421),
        (b"", 421),
    ],
)
def test_a_loopback_server_answers_to_its_own_names_only(host, status):
    hosts = ("localhost", "127.0.0.1", "[::1]")
    assert call([b""], headers=[(b"host", host)], hosts=hosts)[0] == status


def test_an_unforeseen_error_is_answered_without_its_words(caplog):
    async def broken(scope, receive, send):
        raise ValueError((await receive())["body"])

    status, _, body, _ = call([b"secret-word"], app=broken)
    assert status == 500
    assert json.loads(body)["code"] == "serve.internal"
    assert "secret-word" not in body.decode() + caplog.text
    assert "ValueError" in caplog.text
    assert "test_guard.py" in caplog.text
