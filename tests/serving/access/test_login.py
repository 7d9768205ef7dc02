from __future__ import annotations

import pytest

from tongli.serving.access.login import _inside


def test_logging_in_leads_where_one_wanted_to_go(client, accounts):
    assert client.get("/login?next=/page%3Fa").text.count('value="/page?a"') == 1
    answer = client.post("/login", data={"name": "Ana", "password": "right", "next": "/page?a"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/page?a")
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=lax" in cookie
    assert "expires=" in cookie
    assert client.get("/page").json() == {"name": "ana"}


def test_a_new_login_ends_the_old_session(logged_in, sessions):
    (before,) = sessions.open
    logged_in.post("/login", data={"name": "ana", "password": "right"})
    (after,) = sessions.open
    assert before != after


def test_logging_out(logged_in, sessions):
    answer = logged_in.post("/logout")
    assert (answer.status_code, answer.headers["location"]) == (303, "/login")
    assert not sessions.open
    assert not logged_in.cookies
    assert logged_in.get("/page").status_code == 303


def test_nobody_is_logged_out_by_a_link(logged_in):
    assert logged_in.get("/logout").status_code == 405
    assert logged_in.post("/logout", headers={"sec-fetch-site": "cross-site"}).status_code == 403
    assert logged_in.get("/page").status_code == 200


def test_nobody_is_logged_in_by_another_site(client, accounts, sessions):
    data = {"name": "ana", "password": "right"}
    assert client.post("/login", data=data, headers={"origin": "http://evil.example"}).status_code == 403
    assert not sessions.asked


@pytest.mark.parametrize(("name", "password"), [("ana", "wrong"), ("nobody", "right"), ("", "")])
def test_a_wrong_login_says_the_same_whoever_it_is(client, accounts, name, password):
    answer = client.post("/login", data={"name": name, "password": password})
    assert answer.status_code == 401
    assert "do not fit" in answer.text
    assert "set-cookie" not in answer.headers
    assert answer.text.count("value=") == 1


@pytest.mark.parametrize(
    "wanted",
    ["//evil.example", "/\\evil.example", "https://evil.example", "javascript:alert(1)", "/a\nb", ""],
)
def test_a_login_leads_nowhere_else(client, accounts, wanted):
    assert _inside(wanted) is None
    answer = client.post("/login", data={"name": "ana", "password": "right", "next": wanted})
    assert answer.headers["location"] == "/page"


def test_what_is_typed_is_escaped(client, accounts):
    wanted = '/"><script>alert(1)</script>'
    for answer in (
        client.get("/login", params={"next": wanted}),
        client.post("/login", data={"name": wanted, "password": wanted, "next": wanted}),
    ):
        assert "<script" not in answer.text


def test_the_page_runs_no_script_and_stands_in_no_frame(client, accounts):
    policy = client.get("/login").headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "script-src" not in policy
    assert client.get("/login").headers["content-security-policy"] != policy


@pytest.mark.parametrize(
    ("accepted", "lang", "direction", "title"),
    [
        ("zh-CN,zh;q=0.9", "zh", "ltr", "登录"),
        ("ar", "ar", "rtl", "تسجيل الدخول"),
        ("xx", "en", "ltr", "Log in"),
    ],
)
def test_it_speaks_the_visitors_language(client, accounts, accepted, lang, direction, title):
    page = client.get("/login", headers={"accept-language": accepted}).text
    assert f'<html lang="{lang}" dir="{direction}">' in page
    assert f"<h1>{title}</h1>" in page


def test_attempts_on_one_account_are_few(client, accounts, sessions):
    data = {"name": "ana", "password": "wrong"}
    answers = [client.post("/login", data=data).status_code for _ in range(11)]
    assert answers == [401] * 10 + [429]
    assert client.post("/login", data={"name": "ANA", "password": "right"}).status_code == 429
    assert len(sessions.asked) == 10


def test_attempts_from_one_address_are_few(client, accounts):
    answers = [
        client.post("/login", data={"name": f"n{number}", "password": "x"}).status_code
        for number in range(21)
    ]
    assert answers == [401] * 20 + [429]


@pytest.mark.parametrize("body", [b"", b"name", b"\xff=\xfe", b"name=ana&password=" + b"x" * 10_000])
def test_other_bodies_log_nobody_in(client, accounts, body):
    kind = {"content-type": "application/x-www-form-urlencoded"}
    assert client.post("/login", content=body, headers=kind).status_code == 401
