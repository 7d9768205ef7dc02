import json
import os
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from starlette.testclient import TestClient

import tongli
from tongli.core import EngineError, InputError, ModelError, Settings
from tongli.safety.risk import with_risks
from tongli.serving import create_app
from tongli.serving.schemas import ReadingOut, ReadingsOut, ResponseOut

GOLDEN = Path(__file__).parents[1] / "golden" / "openapi.json"


def test_health(client):
    assert client.get("/healthz").json() == {
        "status": "ok",
        "ready": True,
        "version": tongli.__version__,
        "error": None,
    }


def test_read_one_message(client, fake):
    answer = client.post("/v1/read", json={"id": 7, "text": "Great!", "lang": "EN_gb", "context": ["Hi"]})
    assert answer.status_code == 200
    assert answer.json() == {
        "id": 7,
        "lang": "en-GB",
        "claims": [
            {
                "dimension": "emotion",
                "label": "joy",
                "score": 0.8,
                "scheme": "ekman6",
                "evidence": [[0, 1]],
                "abstained": False,
            },
            {
                "dimension": "sentiment",
                "label": "positive",
                "score": 0.7,
                "evidence": [],
                "abstained": False,
            },
        ],
        "scores": {"ekman6": {"joy": 0.8}, "sentiment": {"positive": 0.7}, "politeness": 0.5},
        "language": {"tag": "en-GB", "score": 0.9, "declared": False, "abstained": False, "others": []},
        "notes": [],
    }
    assert fake.messages[0].history == ("Hi",)


def test_read_a_batch_keeps_order_and_options(client):
    items = [
        {"id": place, "text": f"Message {place}", "evidence": place % 2 == 0, "heads": ["ekman6"]}
        for place in range(256)
    ]
    answer = client.post("/v1/read", json={"messages": items})
    readings = answer.json()["readings"]
    assert [item["id"] for item in readings] == list(range(256))
    assert all(list(item["scores"]) == ["ekman6"] for item in readings)
    assert [bool(item["claims"][0]["evidence"]) for item in readings] == [
        place % 2 == 0 for place in range(256)
    ]
    assert {claim["dimension"] for item in readings for claim in item["claims"]} == {"emotion"}
    ReadingsOut.model_validate(answer.json())


def test_a_call_for_help_is_flagged_even_in_a_batch_of_chosen_heads(client, fake, monkeypatch):
    read_many = fake.read_many
    monkeypatch.setattr(  # as the pipeline does
        fake, "read_many", lambda *args, **options: [with_risks(it) for it in read_many(*args, **options)]
    )
    text = "I want to kill myself"
    for body in ({"text": text}, {"messages": [{"text": text, "heads": ["sentiment"]}]}):
        found = client.post("/v1/read", json=body).json()
        (reading,) = found.get("readings", [found])
        assert "risk" in {claim["dimension"] for claim in reading["claims"]}


def test_respond(client, fake):
    answer = client.post(
        "/v1/respond", json={"id": "a", "text": "Great!", "reply_lang": "pt_br", "heads": ["ekman6"]}
    )
    body = answer.json()
    assert (body["id"], body["text"], body["lang"]) == ("a", "Thank you!", "pt-BR")
    assert list(body["reading"]["scores"]) == ["ekman6"]
    ResponseOut.model_validate(body)
    ReadingOut.model_validate(body["reading"])


def test_declarations_reach_the_pipeline_and_only_it(client, fake):
    author = {
        "name": "Ana Souza",
        "pronouns": "xe/xem",
        "agreement": {"pt": "neutral"},
        "address": "informal",
        "locale": "pt_br",
        "register": "formal",
    }
    answer = client.post("/v1/respond", json={"text": "Hello", "author": author})
    person = fake.messages[0].author
    assert person.name == "Ana Souza"
    assert person.pronouns["en"][0].reflexive == "xemself"
    assert person.agreement == {"pt": "neutral"}
    assert person.address["de"] == "informal"
    assert (person.locale, person.register) == ("pt-BR", "formal")
    assert "Souza" not in answer.text
    assert "xem" not in answer.text


def test_pronouns_in_full(client, fake):
    forms = {
        "subject": "hen",
        "object": "hen",
        "determiner": "hens",
        "possessive": "hens",
        "reflexive": "sig",
    }
    body = {"text": "Hej", "audience": {"pronouns": {"sv": [forms], "en": "none"}}}
    assert client.post("/v1/respond", json=body).status_code == 200
    pronouns = fake.messages[0].audience.pronouns
    assert pronouns["sv"][0].forms() == ("hen", "hen", "hens", "hens", "sig")
    assert pronouns["en"] == ()


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({}, "#/text"),
        ({"text": 1}, "#/text"),
        ({"text": None}, "#/text"),
        ({"text": "a", "mood": "sad"}, "#/mood"),
        ({"text": "a", "id": 1.5}, "#/id"),
        ({"text": "a", "id": True}, "#/id"),
        ({"text": "a", "heads": []}, "#/heads"),
        ({"text": "a", "context": "b"}, "#/context"),
        ({"text": "a", "author": {"register": "secret-word"}}, "#/author/register"),
        ({"text": "a", "author": {"pronouns": 5}}, "#/author/pronouns"),
        ({"messages": []}, "#/messages"),
        ({"messages": [{"text": "a"}] * 257}, "#/messages"),
        ({"messages": [{"text": "a"}, {"text": ["secret-word"]}]}, "#/messages/1/text"),
        ([], "#"),
        ("secret-word", "#"),
        (None, "#"),
    ],
)
def test_a_body_of_another_shape_is_pointed_at(client, is_problem, body, pointer):
    found = is_problem(client.post("/v1/read", json=body), status=422, code="request.invalid")
    assert pointer in [fault["pointer"] for fault in found["errors"]]
    assert "secret-word" not in json.dumps(found)


def test_heads_are_those_of_the_model(fake, is_problem, tmp_path):
    app = create_app(fake, Settings(cache=tmp_path, threads=1), heads=("ekman6", "intent"))
    with TestClient(app, base_url="http://127.0.0.1") as client:
        assert client.post("/v1/read", json={"text": "a", "heads": ["intent"]}).status_code == 200
        body = {"messages": [{"text": "a"}, {"text": "a", "heads": ["intent", "secret-word"]}]}
        for path, sent, pointer in (
            ("/v1/read", body, "#/messages/1/heads"),
            ("/v1/respond", {"text": "a", "heads": ["sentiment"]}, "#/heads"),
        ):
            found = is_problem(client.post(path, json=sent), status=422, code="heads.unknown")
            assert found["errors"][0]["pointer"] == pointer
            assert "ekman6, intent" in found["detail"]
            assert "secret-word" not in json.dumps(found)


@pytest.mark.parametrize(
    ("item", "status", "code"),
    [
        ({"text": ""}, 422, "input.empty"),
        ({"text": " \n"}, 422, "input.blank"),
        ({"text": "a" * 1001}, 413, "input.too-long"),
        ({"text": "a", "lang": "klingonese"}, 422, "input.lang"),
        ({"text": "a", "author": {"locale": "nowhere"}}, 422, "input.lang"),
        ({"text": "a", "author": {"pronouns": "secret-word/none-such"}}, 422, "pronouns.unknown"),
    ],
)
def test_a_message_that_cannot_be_used_is_named(client, is_problem, item, status, code):
    found = is_problem(client.post("/v1/read", json=item), status=status, code=code)
    assert found["errors"][0]["pointer"] == "#"
    batch = {"messages": [{"text": "fine"}, item]}
    found = is_problem(client.post("/v1/read", json=batch), status=status, code=code)
    assert found["errors"][0]["pointer"] == "#/messages/1"
    assert "secret-word" not in json.dumps(found)


@pytest.mark.parametrize(
    "raw", [b"", b"{", b'{"text": "a"', b"\xff\xfe", b'{"text": ' + b"9" * 5000 + b"}", b"[" * 100_000]
)
def test_what_is_no_json(client, is_problem, raw):
    answer = client.post("/v1/read", content=raw, headers={"content-type": "application/json"})
    assert answer.status_code in {400, 422}
    is_problem(answer, status=answer.status_code, code=answer.json()["code"])
    assert answer.json()["code"].startswith("request.")


def test_lone_surrogates_come_back_as_they_were(client, is_problem):
    headers = {"content-type": "application/json"}
    answer = client.post("/v1/read", content=b'{"text": "a\\ud800b", "id": "\\udfff"}', headers=headers)
    assert answer.status_code == 200
    assert answer.json()["id"] == "\udfff"
    answer = client.post("/v1/read", content=b'{"text": "a", "\\ud800": 1}', headers=headers)
    is_problem(answer, status=422, code="request.invalid")


@pytest.mark.parametrize("sent", ["text/plain", "application/x-www-form-urlencoded"])
def test_json_under_another_content_type_is_refused(client, is_problem, sent):
    answer = client.post("/v1/read", content=b'{"text": "a"}', headers={"content-type": sent})
    found = is_problem(answer, status=415, code="request.type")
    assert "application/json" in found["fix"]


def test_unknown_path_and_method(client, is_problem):
    is_problem(client.get("/v2/read"), status=404, code="request.path")
    answer = client.get("/v1/read")
    is_problem(answer, status=405, code="request.method")
    assert answer.headers["allow"] == "POST"


@pytest.mark.parametrize(
    ("error", "status", "code"),
    [
        (InputError("input.odd", received="r", allowed="a", fix="f"), 422, "input.odd"),
        (EngineError("engine.down", received="r", allowed="a", fix="f"), 502, "engine.down"),
        (ModelError("model.damaged", received="r", allowed="a", fix="f"), 503, "model.damaged"),
        (RuntimeError("secret-word"), 500, "serve.internal"),
    ],
)
def test_failures_of_the_pipeline(client, fake, is_problem, caplog, error, status, code):
    fake.error = error
    with caplog.at_level("INFO", logger="tongli.serving"):
        answer = client.post("/v1/respond", json={"text": "Hello"})
    is_problem(answer, status=status, code=code)
    assert "secret-word" not in answer.text + caplog.text


def test_nothing_that_was_sent_is_logged(client, caplog):
    with caplog.at_level("DEBUG"):
        body = {"text": "secret-word", "author": {"name": "secret-word"}}
        client.post("/v1/read?q=secret-word", json=body)
        client.post("/v1/read", json={**body, "secret-word": 1})
        client.get("/secret-word")
    logged = "\n".join(record.getMessage() for record in caplog.records if record.name == "tongli.serving")
    assert "secret-word" not in logged
    assert "POST /v1/read 200" in logged
    assert "GET - 404" in logged


def test_not_ready_while_loading(serve, fake, is_problem):
    fake.gate.clear()
    client = serve(ready=False)
    assert client.get("/healthz").json()["ready"] is False
    answer = client.post("/v1/read", json={"text": "Hello"})
    is_problem(answer, status=503, code="serve.loading")
    assert int(answer.headers["retry-after"]) > 0
    fake.gate.set()
    deadline = time.monotonic() + 10
    while not client.get("/healthz").json()["ready"]:
        assert time.monotonic() < deadline
    assert client.post("/v1/read", json={"text": "Hello"}).status_code == 200


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (ModelError("model.missing", received="r", allowed="a", fix="f"), "model.missing"),
        (MemoryError("secret-word"), "serve.internal"),
    ],
)
def test_models_that_cannot_be_loaded(serve, fake, is_problem, error, code):
    fake.load_error = error
    client = serve(ready=False)
    deadline = time.monotonic() + 10
    while client.get("/healthz").json()["error"] is None:
        assert time.monotonic() < deadline
    health = client.get("/healthz").json()
    assert (health["status"], health["ready"], health["error"]) == ("ok", False, code)
    answer = client.post("/v1/read", json={"text": "Hello"})
    is_problem(answer, status=answer.status_code, code=code)
    assert answer.status_code >= 500


def test_a_call_that_takes_too_long(serve, fake, is_problem):
    client = serve(seconds=0.2)
    fake.gate.clear()
    is_problem(client.post("/v1/read", json={"text": "Hello"}), status=503, code="serve.timeout")
    fake.gate.set()
    assert client.post("/v1/read", json={"text": "Hello"}).status_code == 200


def test_the_loop_answers_while_models_work_and_the_queue_is_bounded(serve, fake, is_problem):
    client = serve(concurrency=2, waiting=3)
    fake.gate.clear()
    fake.most = 0
    with ThreadPoolExecutor(8) as pool:
        answers = [pool.submit(client.post, "/v1/read", json={"text": "Hello"}) for _ in range(8)]
        deadline = time.monotonic() + 10
        while sum(answer.done() for answer in answers) < 3:
            assert time.monotonic() < deadline
            assert client.get("/healthz").status_code == 200
        turned_away = [answer.result() for answer in answers if answer.done()]
        fake.gate.set()
    for answer in turned_away:
        is_problem(answer, status=503, code="serve.busy")
    assert sorted(answer.result().status_code for answer in answers) == [200] * 5 + [503] * 3
    assert fake.most == 2


def test_readings_do_not_mix_between_callers(client):
    def ask(place):
        return client.post("/v1/read", json={"id": place, "text": "Hello"}).json()["id"]

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(ask, range(64))) == list(range(64))


def test_stopping_waits_for_no_queue(serve, fake):
    client = serve(seconds=0.1, concurrency=1)
    fake.gate.clear()
    client.post("/v1/read", json={"text": "Hello"})
    stopper = threading.Thread(target=client.__exit__, args=(None, None, None))
    stopper.start()
    stopper.join(10)
    assert not stopper.is_alive()


def test_openapi_is_unchanged(client):
    """To accept a change, run with ``TONGLI_UPDATE_GOLDEN=1`` and read the difference."""
    found = client.get("/openapi.json").json()
    found["info"]["version"] = "0"
    if os.environ.get("TONGLI_UPDATE_GOLDEN") == "1":
        GOLDEN.write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    assert json.loads(GOLDEN.read_text(encoding="utf-8")) == found


def test_openapi_says_that_there_is_no_authentication(client):
    found = client.get("/openapi.json").json()
    assert "no authentication" in found["info"]["description"]
    problem = found["paths"]["/v1/read"]["post"]["responses"]["422"]["content"]
    assert list(problem) == ["application/problem+json"]
