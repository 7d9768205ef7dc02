"""Read: sound from a microphone, which Chromium plays itself."""

from __future__ import annotations

import struct

import pytest

pytestmark = [pytest.mark.slow, pytest.mark.models]
_STARTED = "() => document.querySelector('.button.recording')"

_KEEP = """() => document.addEventListener("change", (event) => {
  if (event.target.files) window.handed = event.target.files[0];
}, true)"""
_BYTES = "async () => [...new Uint8Array(await window.handed.arrayBuffer())]"


def test_a_recording_is_handed_in_and_read(visit, expect):
    studio = visit("read", permissions=["microphone"])
    studio.button("Record…").click()
    studio.status("Recording.")
    assert studio.problems() == []
    studio.page.evaluate(_KEEP)
    studio.page.wait_for_timeout(1500)
    studio.button("Stop and read").click()
    studio.page.wait_for_function("() => window.handed")
    file = bytes(studio.page.evaluate(_BYTES))
    assert file[:4] == b"RIFF"
    assert file[8:16] == b"WAVEfmt "
    channels, rate, _, _, bits = struct.unpack_from("<HIIHH", file, 22)
    assert (channels, rate, bits) == (1, 16_000, 16)
    assert struct.unpack_from("<I", file, 40)[0] == len(file) - 44 > 16_000  # half a second at least
    told = studio.page.locator("[role=alert] code, .cards .card").first
    expect(told).to_be_visible()
    assert "upload.contents" not in studio.page.locator("#main").inner_text()
    expect(studio.button("Record…")).to_be_visible()


def test_a_microphone_that_is_refused_is_told(visit, expect):
    studio = visit("read")
    studio.button("Record…").press("Enter")
    expect(studio.page.get_by_role("alert")).to_contain_text("studio.microphone")
    expect(studio.button("Record…")).to_be_visible()


def test_a_recording_ends_by_itself(visit, expect):
    studio = visit("read", permissions=["microphone"])
    studio.page.evaluate(
        "() => { const start = studio.record; studio.record = (button) => start(button, 1) }"
    )
    with studio.page.expect_request(lambda request: request.method == "POST", timeout=15_000):
        studio.button("Record…").click()
    expect(studio.button("Record…")).to_be_visible()


def test_the_microphone_is_let_go(visit):
    studio = visit("read", permissions=["microphone"])
    studio.page.evaluate(
        "() => { const ask = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);"
        " navigator.mediaDevices.getUserMedia = async (wanted) => (window.heard = await ask(wanted)) }"
    )
    studio.button("Record…").click()
    studio.page.wait_for_function(_STARTED)
    studio.button("Stop and read").click()
    ended = "() => window.heard.getTracks().every((each) => each.readyState === 'ended')"
    studio.page.wait_for_function(ended)
