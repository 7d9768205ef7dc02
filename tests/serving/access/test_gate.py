from __future__ import annotations

import pytest
from starlette.websockets import WebSocketDisconnect

from tongli.applications.studio import AccessError
from tongli.core import ConfigError
from tongli.serving.access import AccountsDoor, Gate, LocalDoor, Rate, Visitor, add_gate

OWN, SOCKET = "http://127.0.0.1:8000", "ws://127.0.0.1:8000/socket"


def test_the_printed_address_opens_the_door_and_its_secret_leaves_the_address(client, local):
    answer = client.get(f"/page?a=b&token={local.token}&c=%20")
    assert answer.status_code == 303
    assert answer.headers["location"] == "/page?a=b&c=+"
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=lax" in cookie
    assert client.get("/page").json() == {"name": "local"}


def test_each_start_has_a_secret_of_its_own(client, local):
    assert len(local.token) >= 32
    assert local.token != LocalDoor().token


@pytest.mark.parametrize("path", ["/page", "/page?token=wrong", "/page?token=", "/page?token=%F0%9F", "/no"])
def test_nobody_enters_without_it(client, local, path):
    answer = client.get(path)
    assert answer.status_code == 403
    assert "set-cookie" not in answer.headers
    assert local.token not in answer.text
    assert "style-src 'nonce-" in answer.headers["content-security-policy"]


def test_programs_get_a_problem(client, local, is_problem):
    answer = client.get("/page", headers={"accept": "application/json"})
    is_problem(answer, status=401, code="access.unknown-visitor")
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_programs_may_show_the_secret_in_a_header(client, local):
    assert client.get("/page", headers={"authorization": f"Bearer {local.token}"}).json() == {"name": "local"}
    assert client.get("/page", headers={"authorization": "Bearer wrong"}).status_code == 403
    assert client.get("/page", headers={"authorization": f"Basic {local.token}"}).status_code == 403


def test_health_is_open_to_all(client, local):
    assert client.get("/healthz").status_code == 200


@pytest.mark.parametrize("path", ["/healthz/", "//healthz", "/login/../page", "/HEALTHZ"])
def test_only_the_very_path_is_open(client, local, path):
    assert client.get(path).status_code != 200


def test_another_host_is_refused(client, local, is_problem):
    answer = client.get(f"/page?token={local.token}", headers={"host": "evil.example:8000"})
    is_problem(answer, status=421, code="request.host")


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "http://evil.example"},
        {"origin": "null"},
        {"origin": "http://127.0.0.1:9000"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site", "origin": "http://127.0.0.1:8000"},
    ],
)
def test_other_sites_can_change_nothing(client, local, is_problem, headers):
    client.get(f"/page?token={local.token}")
    is_problem(client.post("/change", headers=headers), status=403, code="request.origin")


@pytest.mark.parametrize("headers", [{}, {"origin": OWN}, {"sec-fetch-site": "same-origin"}])
def test_own_pages_can(client, local, headers):
    client.get(f"/page?token={local.token}")
    assert client.post("/change", headers=headers).json() == {"done": True}


def test_a_link_from_another_site_still_opens_a_page(client, local):
    client.get(f"/page?token={local.token}")
    assert client.get("/page", headers={"sec-fetch-site": "cross-site"}).status_code == 200


def test_a_socket_of_an_own_page_is_let_in(client, local):
    client.get(f"/page?token={local.token}")
    with client.websocket_connect(SOCKET, headers={"origin": OWN}) as socket:
        assert socket.receive_text() == "local"


@pytest.mark.parametrize("headers", [{"origin": "http://evil.example"}, {"host": "evil.example"}])
def test_a_socket_of_another_site_is_not(client, local, headers):
    client.get(f"/page?token={local.token}")
    with pytest.raises(WebSocketDisconnect), client.websocket_connect(SOCKET, headers=headers):
        pass


def test_a_socket_of_nobody_is_not(client, local):
    for address in (SOCKET, f"{SOCKET}?token={local.token}"):
        with pytest.raises(WebSocketDisconnect), client.websocket_connect(address, headers={"origin": OWN}):
            pass


def test_one_user_is_not_served_to_other_machines(application):
    with pytest.raises(ConfigError, match=r"access\.public"):
        add_gate(application, hosts=())


def test_nobody_is_sent_to_log_in(client, accounts):
    answer = client.get("/page")
    assert (answer.status_code, answer.headers["location"]) == (303, "/login?next=%2Fpage")


def test_a_session_that_ends_ends_open_pages(logged_in, accounts, sessions):
    token = next(iter(sessions.open))
    visitor = Visitor(token, accounts)
    assert visitor.actor().role == "writer"
    sessions.role = "reviewer"
    assert visitor.actor().role == "reviewer"
    sessions.logout(token)
    with pytest.raises(AccessError, match=r"access\.ended"):
        visitor.actor()
    assert logged_in.get("/page").status_code == 303


def test_each_session_has_a_rate(application, client, sessions, is_problem):
    sessions.open |= {"one", "two"}
    application.add_middleware(Gate, door=AccountsDoor(sessions), rate=Rate(most=3, seconds=3_600))
    one, two = ({"authorization": f"Bearer {token}"} for token in ("one", "two"))
    assert [client.get("/page", headers=one).status_code for _ in range(3)] == [200] * 3
    answer = client.get("/page", headers=one)
    is_problem(answer, status=429, code="request.rate")
    assert answer.headers["retry-after"]
    assert client.get("/page", headers=two).status_code == 200


def test_over_https_the_cookie_stays_there(application, local):
    from starlette.testclient import TestClient

    client = TestClient(application, base_url="https://127.0.0.1", follow_redirects=False)
    assert "; secure" in client.get(f"/page?token={local.token}").headers["set-cookie"].lower()
