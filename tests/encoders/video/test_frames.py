from __future__ import annotations

import tracemalloc

import numpy as np
import pytest

from tongli.core import InputError
from tongli.encoders.video.frames import read_video, video_info

pytest.importorskip("av")

WHITE, GREY = 240, 90


def grey(level: int, *, size=(48, 64)) -> np.ndarray:
    return np.full((*size, 3), level, np.uint8)


def test_frames_come_at_the_rate_asked_for_with_their_times(write_video):
    path = write_video([grey(5 * n) for n in range(40)], rate=10)
    frames = list(read_video(path, step=0.5))
    assert [frame.time for frame in frames] == pytest.approx(np.arange(0, 4, 0.5), abs=0.21)
    levels = [int(frame.pixels.mean()) for frame in frames]
    assert levels == pytest.approx([50 * frame.time for frame in frames], abs=6)
    assert frames[0].pixels.shape == (48, 64, 3)


@pytest.mark.parametrize(("seconds", "step"), [(2, 0.25), (600, 0.5), (14_400, 1.0)])
def test_longer_videos_are_sampled_less_often(write_video, monkeypatch, seconds, step):
    path = write_video([grey(0)] * 20, rate=10)
    monkeypatch.setattr("tongli.encoders.video.frames._MICROSECOND", seconds / 2 * 1e-6)
    info = video_info(path)
    assert info.seconds == pytest.approx(seconds, rel=0.01)
    assert info.step == pytest.approx(step, rel=0.01)


@pytest.mark.parametrize("quarter_turns", [0, 1, 2, 3])
def test_a_phone_held_sideways(write_video, quarter_turns):
    upright = grey(GREY, size=(64, 96))
    upright[:32, :48] = WHITE
    stored = np.rot90(upright, quarter_turns)
    path = write_video([stored] * 10, quarter_turns=quarter_turns)
    pixels = next(read_video(path)).pixels
    assert pixels.shape == upright.shape
    assert np.abs(pixels.astype(int) - upright).mean() < 8


def test_large_frames_are_made_smaller(write_video):
    path = write_video([grey(GREY, size=(200, 2560))] * 3)
    assert next(read_video(path)).pixels.shape == (100, 1280, 3)


def test_memory_does_not_grow_with_length(write_video):
    path = write_video([grey(GREY, size=(240, 320))] * 200)
    tracemalloc.start()
    for _ in read_video(path, step=0.1):
        pass
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 20 * 240 * 320 * 3


def test_a_truncated_file_gives_what_it_holds(write_video):
    path = write_video([grey(n) for n in range(200)], name="video.mkv")
    whole = len(list(read_video(path, step=0.1)))
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    assert 0 < len(list(read_video(path, step=0.1))) < whole


@pytest.mark.parametrize("content", [b"", b"no video", bytes(5000), b"\x00\x00\x00\x18ftypmp42" + bytes(40)])
def test_what_is_no_video(tmp_path, content):
    path = tmp_path / "a.mp4"
    path.write_bytes(content)
    with pytest.raises(InputError) as caught:
        list(read_video(path))
    assert caught.value.code in {"audio.format", "video.none"}


def test_an_mp4_without_its_index(write_video):
    path = write_video([grey(0)] * 20)
    data = path.read_bytes()
    path.write_bytes(data[: data.index(b"moov")])
    with pytest.raises(InputError) as caught:
        video_info(path)
    assert caught.value.code == "audio.format"


def test_sound_only(write_video):
    with pytest.raises(InputError) as caught:
        video_info(write_video([], name="sound.mp4", sound=True))
    assert caught.value.code == "video.none"


def test_a_picture_track_that_cannot_be_decoded(write_video):
    path = write_video([np.random.default_rng(n).integers(0, 255, (48, 64, 3), np.uint8) for n in range(20)])
    data = bytearray(path.read_bytes())
    start = data.index(b"mdat") + 4
    data[start : data.index(b"moov") - 4] = bytes(data.index(b"moov") - 4 - start)
    path.write_bytes(data)
    with pytest.raises(InputError) as caught:
        list(read_video(path))
    assert caught.value.code == "video.damaged"


def test_no_file(tmp_path):
    with pytest.raises(InputError) as caught:
        video_info(tmp_path / "none.mp4")
    assert caught.value.code == "input.missing"
