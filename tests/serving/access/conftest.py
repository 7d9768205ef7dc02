"""An application behind the gate, without any toolkit and without any database."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest

pytest.importorskip("sqlalchemy", reason="the extra studio is not installed")

from fastapi import FastAPI, Request, WebSocket
from starlette.testclient import TestClient

from tongli.applications.studio import AccessError, Account, Actor, Login
from tongli.serving import problems
from tongli.serving.access import add_gate, visitor_of

HOST = "127.0.0.1"


@dataclass
class FakeSessions:
    """Ana's password is ``right``; her sessions are ``s1``, ``s2``, …."""

    open: set = field(default_factory=set)
    asked: list = field(default_factory=list)
    role: str = "writer"

    def login(self, name, password, *, token=None):
        self.asked.append((name, password))
        if (name.casefold(), password) != ("ana", "right"):
            raise AccessError("access.login", received="", allowed="", fix="")
        self.open.discard(token)
        new = f"s{len(self.asked)}"
        self.open.add(new)
        now = datetime.now(UTC)
        return Login(
            token=new,
            account=Account(id="1", name="ana", role="writer", created=now),
            expires=now + timedelta(days=1),
        )

    def actor(self, token):
        return Actor(id="1", name="ana", role=self.role) if token in self.open else None

    def logout(self, token):
        self.open.discard(token)


@pytest.fixture
def sessions():
    return FakeSessions()


@pytest.fixture
def application():
    app = FastAPI(openapi_url=None)
    problems.install(app)

    @app.get("/page")
    def page(request: Request):
        return {"name": visitor_of(request).actor().name}

    @app.post("/change")
    def change():
        return {"done": True}

    @app.get("/healthz")
    def healthz():
        return {"status": "ok"}

    @app.websocket("/socket")
    async def socket(websocket: WebSocket):
        await websocket.accept()
        await websocket.send_text(visitor_of(websocket).actor().name)
        await websocket.close()

    return app


@pytest.fixture
def client(application):
    """A browser that asks for pages, and follows nothing."""
    made = TestClient(application, base_url=f"http://{HOST}:8000", follow_redirects=False)
    made.headers["accept"] = "text/html"
    return made


@pytest.fixture
def local(application):
    """The door of one user."""
    return add_gate(application, hosts=(HOST,), first="/page")


@pytest.fixture
def accounts(application, sessions):
    """The door of accounts."""
    return add_gate(application, sessions=sessions, hosts=(HOST,), first="/page")


@pytest.fixture
def logged_in(client, accounts):
    assert client.post("/login", data={"name": "ana", "password": "right"}).status_code == 303
    return client
