"""The review queue over HTTP, behind the gate, on a database of its own."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

pytest.importorskip("sqlalchemy", reason="the extra studio is not installed")

from starlette.testclient import TestClient

from tongli.applications.studio import LOCAL, open_store
from tongli.serving.access import LocalDoor, add_gate
from tongli.serving.review import add_review

GOLDEN = Path(__file__).parents[2] / "golden" / "openapi_review.json"
HOST = "127.0.0.1"
PASSWORD = "a good long password"
DRAFT = {"draft": "We are sorry.", "lang": "en", "source": "It broke.", "engine": "gguf", "notes": ["risk"]}


@pytest.fixture
def store(tmp_path, monkeypatch):
    for name in ("TONGLI_PEOPLE_KEY", "TONGLI_PEOPLE_KEY_FILE"):
        monkeypatch.delenv(name, raising=False)
    with open_store(f"sqlite:///{tmp_path / 'studio.db'}") as opened:
        yield opened


@pytest.fixture
def app(fake, store, tmp_path):
    from tongli.core import Settings
    from tongli.serving import Limits, create_app

    made = create_app(fake, Settings(cache=tmp_path, threads=1), limits=Limits())
    add_review(made, store)
    return made


@pytest.fixture
def client(app):
    """The one user of a Studio without accounts."""
    door = add_gate(app, hosts=(HOST,))
    assert isinstance(door, LocalDoor)
    made = TestClient(app, base_url=f"http://{HOST}:8000")
    made.headers["authorization"] = f"Bearer {door.token}"
    return made


@pytest.fixture
def account(app, store):
    """Clients of accounts, by role."""
    add_gate(app, sessions=store.sessions, hosts=(HOST,))

    def made(role: str) -> TestClient:
        store.accounts.add(role, password=PASSWORD, role=role, by=LOCAL)
        client = TestClient(app, base_url=f"http://{HOST}:8000")
        client.headers["authorization"] = f"Bearer {store.sessions.login(role, PASSWORD).token}"
        return client

    return made


def test_a_draft_goes_through_the_queue(client, store):
    made = client.post("/v1/review", json=DRAFT)
    assert made.status_code == 201
    item = made.json()
    assert {key: item[key] for key in DRAFT} == DRAFT
    assert item["status"] == "open"
    assert client.get("/v1/review").json() == {"items": [item]}
    assert client.get(f"/v1/review/{item['id']}").json() == item
    done = client.post(f"/v1/review/{item['id']}/approve", json={}).json()
    assert (done["status"], done["final"]) == ("approved", "We are sorry.")
    assert client.get("/v1/review").json() == {"items": []}
    assert client.get("/v1/review", params={"status": "approved"}).json() == {"items": [done]}
    assert store.review.get(item["id"], by=LOCAL).to_dict() == done


def test_an_approved_draft_in_other_words_is_edited(client):
    item = client.post("/v1/review", json=DRAFT).json()["id"]
    done = client.post(f"/v1/review/{item}/approve", json={"text": "We are very sorry."}).json()
    assert (done["status"], done["final"], done["draft"]) == ("edited", "We are very sorry.", DRAFT["draft"])


def test_a_rejection_has_a_reason(client, is_problem):
    item = client.post("/v1/review", json=DRAFT).json()["id"]
    is_problem(
        client.post(f"/v1/review/{item}/reject", json={"reason": " "}), status=422, code="review.reason"
    )
    is_problem(client.post(f"/v1/review/{item}/reject", json={}), status=422, code="request.invalid")
    done = client.post(f"/v1/review/{item}/reject", json={"reason": "Too cold."}).json()
    assert (done["status"], done["reason"], done["final"]) == ("rejected", "Too cold.", None)
    again = client.post(f"/v1/review/{item}/approve", json={})
    is_problem(again, status=409, code="review.decided")


def test_the_trail_says_who_did_what_and_no_word_of_any_text(client):
    item = client.post("/v1/review", json=DRAFT).json()["id"]
    client.post(f"/v1/review/{item}/reject", json={"reason": "Too cold."})
    answer = client.get("/v1/review/audit")
    events = answer.json()["events"]
    assert [(event["kind"], event["subject"], event["who"]) for event in events] == [
        ("review.submitted", item, "local"),
        ("review.rejected", item, "local"),
    ]
    assert "sorry" not in answer.text
    assert "cold" not in answer.text
    later = client.get("/v1/review/audit", params={"after": events[0]["number"], "limit": 1}).json()
    assert later["events"] == events[1:]


def test_what_does_not_exist_is_told(client, is_problem):
    is_problem(client.get("/v1/review/nothing"), status=422, code="review.unknown")
    is_problem(client.get("/v1/review", params={"status": "lost"}), status=422, code="request.invalid")
    is_problem(client.post("/v1/review", json={"text": "a"}), status=422, code="request.invalid")


def test_nobody_comes_in_unknown(client, is_problem):
    del client.headers["authorization"]
    is_problem(client.get("/v1/review"), status=401, code="access.unknown-visitor")
    is_problem(client.post("/v1/review", json=DRAFT), status=401, code="access.unknown-visitor")


def test_writers_see_their_own_and_decide_nothing(account, is_problem):
    writer, reviewer = account("writer"), account("reviewer")
    item = writer.post("/v1/review", json=DRAFT).json()["id"]
    other = reviewer.post("/v1/review", json=DRAFT).json()["id"]
    assert [each["id"] for each in writer.get("/v1/review").json()["items"]] == [item]
    assert len(reviewer.get("/v1/review").json()["items"]) == 2
    is_problem(writer.get(f"/v1/review/{other}"), status=422, code="review.unknown")
    denied = writer.post(f"/v1/review/{item}/approve", json={})
    is_problem(denied, status=403, code="access.denied")
    is_problem(reviewer.get("/v1/review/audit"), status=403, code="access.denied")
    assert reviewer.post(f"/v1/review/{item}/approve", json={}).json()["status"] == "approved"
    assert account("admin").get("/v1/review/audit").status_code == 200


def test_another_origin_cannot_decide(account, store, is_problem):
    reviewer = account("reviewer")
    item = reviewer.post("/v1/review", json=DRAFT).json()["id"]
    forged = reviewer.post(f"/v1/review/{item}/approve", json={}, headers={"origin": "http://evil.example"})
    assert forged.status_code == 403
    assert store.review.get(item, by=LOCAL).status == "open"


def test_what_is_documented_is_unchanged(client):
    """To accept a change, run with ``TONGLI_UPDATE_GOLDEN=1`` and read the difference."""
    whole = client.get("/openapi.json").json()
    found = {path: told for path, told in whole["paths"].items() if path.startswith("/v1/review")}
    if os.environ.get("TONGLI_UPDATE_GOLDEN") == "1":
        GOLDEN.write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    assert json.loads(GOLDEN.read_text(encoding="utf-8")) == found
    assert "no authentication" not in whole["info"]["description"]
    refused = found["/v1/review"]["get"]["responses"]["403"]["content"]
    assert list(refused) == ["application/problem+json"]
