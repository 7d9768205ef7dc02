import time
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from tongli.core import EngineError
from tongli.generation.engines.transport import Transport


@pytest.fixture
def slept():
    return []


@pytest.fixture
def transport(slept):
    return Transport(timeout=5, retries=3, sleep=slept.append, jitter=lambda: 1.0)


def post(transport, endpoint):
    return transport.post(f"{endpoint.url}/chat/completions", {"a": 1}, headers={})


def test_backs_off_exponentially_until_it_works(endpoint, transport, slept):
    endpoint.steps = [(500, {}, {}), (503, {}, {}), (502, {}, {}), (200, {}, {"ok": True})]
    assert post(transport, endpoint).body == b'{"ok": true}'
    assert slept == [0.5, 1.0, 2.0]


def test_gives_up_after_the_last_attempt(endpoint, transport, slept):
    endpoint.steps = [(500, {}, {})]
    with pytest.raises(EngineError) as error:
        post(transport, endpoint)
    assert error.value.code == "engine.busy"
    assert "4 attempts" in error.value.received
    assert len(endpoint.requests) == 4
    assert len(slept) == 3


def test_waits_as_long_as_retry_after_says(endpoint, transport, slept):
    endpoint.steps = [(429, {"Retry-After": "2"}, {}), (200, {}, {})]
    post(transport, endpoint)
    assert slept == [2.0]


def test_retry_after_may_be_a_date(endpoint, transport, slept):
    soon = format_datetime(datetime.now(UTC) + timedelta(seconds=3), usegmt=True)
    endpoint.steps = [(429, {"Retry-After": soon}, {}), (200, {}, {})]
    post(transport, endpoint)
    assert 1.0 < slept[0] <= 3.0


def test_retry_after_beyond_the_deadline_is_not_waited_for(endpoint, transport, slept):
    endpoint.steps = [(429, {"Retry-After": "3600"}, {})]
    with pytest.raises(EngineError) as error:
        post(transport, endpoint)
    assert error.value.code == "engine.busy"
    assert slept == []


@pytest.mark.parametrize("value", ["soon", "", "-1", "٣"])
def test_a_senseless_retry_after_is_ignored(endpoint, transport, slept, value):
    endpoint.steps = [(429, {"Retry-After": value.encode().decode("latin-1")}, {}), (200, {}, {})]
    post(transport, endpoint)
    assert slept == [0.5]


@pytest.mark.parametrize("status", [400, 401, 404, 418])
def test_other_refusals_are_returned_at_once(endpoint, transport, status):
    endpoint.steps = [(status, {}, {})]
    assert post(transport, endpoint).status == status
    assert len(endpoint.requests) == 1


def test_redirects_are_not_followed(endpoint, transport):
    endpoint.steps = [(307, {"Location": f"{endpoint.url}/elsewhere"}, {})]
    assert post(transport, endpoint).status == 307
    assert len(endpoint.requests) == 1


def test_a_huge_body_is_not_read_to_its_end(endpoint, transport):
    endpoint.steps = [(200, {}, b"x" * 1_500_000)]
    with pytest.raises(EngineError) as error:
        post(transport, endpoint)
    assert error.value.code == "engine.bad-reply"


def test_a_silent_endpoint_times_out(endpoint):
    endpoint.steps = [lambda _: time.sleep(0.6)]
    with pytest.raises(EngineError) as error:
        post(Transport(timeout=0.2, retries=3), endpoint)
    assert error.value.code == "engine.timeout"


def test_a_dripping_endpoint_times_out(endpoint):
    def drip(handler):
        handler.send_response(200)
        handler.end_headers()
        try:
            for _ in range(50):
                handler.wfile.write(b" ")
                time.sleep(0.05)
        except OSError:
            return

    endpoint.steps = [drip]
    started = time.monotonic()
    with pytest.raises(EngineError) as error:
        post(Transport(timeout=0.3, retries=0), endpoint)
    assert error.value.code == "engine.timeout"
    assert time.monotonic() - started < 2


def test_a_connection_that_breaks_off_is_unreachable(endpoint, transport):
    endpoint.steps = [lambda handler: handler.connection.close()]
    with pytest.raises(EngineError) as error:
        post(transport, endpoint)
    assert error.value.code == "engine.unreachable"


@pytest.mark.parametrize("url", ["http://127.0.0.1:9/v1", "http://127.0.0.1:99999/v1"])
def test_nobody_there(url, transport):
    with pytest.raises(EngineError) as error:
        transport.post(url, {}, headers={})
    assert error.value.code == "engine.unreachable"
