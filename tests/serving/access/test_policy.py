from __future__ import annotations

import re

from starlette.applications import Starlette
from starlette.responses import HTMLResponse, JSONResponse, StreamingResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from tongli.serving.access.policy import PagePolicy

PAGE = (
    '<html><script type="module">a</script><p>&lt;script&gt; <scripted></p><script src="/"></script></html>'
)


def client():
    app = Starlette(
        routes=[
            Route("/page", lambda request: HTMLResponse(PAGE)),
            Route("/parts", lambda request: StreamingResponse((PAGE[:9], PAGE[9:]), media_type="text/html")),
            Route("/data", lambda request: JSONResponse({"a": "<script>"})),
        ]
    )
    app.add_middleware(PagePolicy)
    return TestClient(app)


def test_scripts_of_a_page_run_by_a_nonce_of_this_answer():
    for path in ("/page", "/parts"):
        first, second = client().get(path), client().get(path)
        found = re.findall(r'<script nonce="([\w-]{20,})"', first.text)
        assert len(found) == 2
        assert len(set(found)) == 1
        assert found[0] not in second.text
        assert f"'nonce-{found[0]}'" in first.headers["content-security-policy"]
        assert re.sub(r' nonce="[^"]*"', "", first.text) == PAGE
        assert int(first.headers["content-length"]) == len(first.content)


def test_the_policy_forbids_what_pages_do_not_need():
    policy = dict(
        part.split(" ", 1) for part in client().get("/page").headers["content-security-policy"].split("; ")
    )
    assert policy["default-src"] == "'none'"
    assert "'unsafe-inline'" not in policy["script-src"]
    assert policy["frame-ancestors"] == policy["base-uri"] == "'none'"
    assert all("http" not in value and "*" not in value for value in policy.values())


def test_everything_else_is_passed_on():
    answer = client().get("/data")
    assert answer.json() == {"a": "<script>"}
    assert "content-security-policy" not in answer.headers
