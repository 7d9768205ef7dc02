from __future__ import annotations

import pytest
from starlette.datastructures import Headers

from tongli.serving.origin import check_host, check_origin
from tongli.serving.problems import ServingError


@pytest.mark.parametrize("host", ["localhost", "localhost:80", "[::1]", "[::1]:8000"])
def test_names_of_this_machine(host):
    check_host(Headers({"host": host}), ("localhost", "[::1]"))


@pytest.mark.parametrize("host", ["", "evil.example", "localhost.evil.example", "::1", "localhost@evil"])
def test_other_names(host):
    with pytest.raises(ServingError, match=r"request\.host"):
        check_host(Headers({"host": host}), ("localhost", "[::1]"))
    check_host(Headers({"host": host}), ())


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", None])
def test_a_change_from_elsewhere(method):
    elsewhere = Headers({"host": "a", "origin": "http://b"})
    with pytest.raises(ServingError, match=r"request\.origin"):
        check_origin(elsewhere, method=method)


@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS"])
def test_looking_from_elsewhere(method):
    check_origin(Headers({"host": "a", "origin": "http://b", "sec-fetch-site": "cross-site"}), method=method)


@pytest.mark.parametrize(
    "headers",
    [
        {"host": "a:1", "origin": "http://a:1"},
        {"host": "a:1", "origin": "null", "sec-fetch-site": "same-origin"},
        {"host": "a:1", "sec-fetch-site": "none"},
        {"host": "a:1"},
    ],
)
def test_a_change_from_here(headers):
    check_origin(Headers(headers), method="POST")
