"""Files to sound: any rate, width and number of channels; what cannot be read is a coded error."""

from __future__ import annotations

import struct
import tracemalloc
import wave
from itertools import pairwise

import numpy as np
import pytest

from tongli.core import ConfigError, InputError
from tongli.encoders.audio import blocks, read_audio, seconds_of

av = pytest.importorskip("av")
RATE = 16_000


def write_wav(path, samples, *, rate=RATE, width=2):
    """Samples of shape ``(channels, n)`` in -1..1."""
    scaled = samples.T * (2 ** (8 * width - 1) - 1)
    data = (scaled + 128).astype("u1") if width == 1 else scaled.astype(f"<i{width}")
    with wave.open(str(path), "wb") as file:
        file.setparams((len(samples), width, rate, 0, "NONE", ""))
        file.writeframes(data.tobytes())
    return path


def tone(seconds=1.0, *, rate=RATE, channels=1, level=0.5):
    at = np.arange(round(seconds * rate)) / rate
    return np.tile(level * np.sin(2 * np.pi * 440 * at), (channels, 1))


@pytest.mark.parametrize(
    ("rate", "channels", "width"), [(8000, 1, 1), (16000, 1, 2), (44100, 2, 2), (48000, 6, 2), (96000, 1, 4)]
)
def test_every_kind_of_sound_becomes_16_khz_mono(tmp_path, rate, channels, width):
    path = write_wav(tmp_path / "a.wav", tone(rate=rate, channels=channels), rate=rate, width=width)
    heard = read_audio(path)
    assert (heard.rate, heard.samples.dtype, heard.samples.ndim) == (RATE, np.float32, 1)
    assert heard.seconds == pytest.approx(1.0, abs=0.02)
    loud = np.fft.rfftfreq(len(heard.samples), 1 / RATE)[np.argmax(np.abs(np.fft.rfft(heard.samples)))]
    assert loud == pytest.approx(440, abs=5)
    assert np.abs(heard.samples).max() <= 1


def test_blocks_are_the_same_sound(tmp_path):
    path = write_wav(tmp_path / "a.wav", np.random.default_rng(0).uniform(-0.5, 0.5, (1, 50_001)))
    whole = read_audio(path).samples
    parts = [block.samples for block in blocks(path, seconds=0.7)]
    assert {len(part) for part in parts[:-1]} == {11_200}
    assert np.array_equal(np.concatenate(parts), whole)
    assert len(whole) == 50_001


@pytest.mark.parametrize("count", [0, 1])
def test_next_to_nothing_is_read_as_it_is(tmp_path, count):
    assert len(read_audio(write_wav(tmp_path / "a.wav", np.zeros((1, count)))).samples) == count


def test_a_suffix_says_nothing(tmp_path):
    path = write_wav(tmp_path / "a.mp3", tone())
    assert read_audio(path).seconds == pytest.approx(1.0)


def test_a_truncated_file_is_read_as_far_as_it_goes(tmp_path):
    path = write_wav(tmp_path / "a.wav", tone(4.0))
    path.write_bytes(path.read_bytes()[:70_000])
    assert 1.5 < read_audio(path).seconds < 2.5


@pytest.mark.parametrize(
    ("content", "code"),
    [(b"", "audio.format"), (b"not sound at all\n" * 50, "audio.format"), (None, "input.missing")],
)
def test_what_is_no_sound(tmp_path, content, code):
    path = tmp_path / "a.wav"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(InputError) as caught:
        read_audio(path)
    assert caught.value.code == code


def test_encrypted_sound_behind_a_good_header_is_noise_at_most(tmp_path):
    path = make_video(tmp_path / "a.mp4", sound=True)
    data = bytearray(path.read_bytes())
    noise = np.random.default_rng(0).integers(0, 256, len(data) // 2, dtype=np.uint8).tobytes()
    data[40 : 40 + len(noise)] = noise
    path.write_bytes(bytes(data))
    assert np.abs(read_audio(path).samples).max() <= 1


def write_floats(path, samples, *, rate=RATE):
    """A WAV file of 32-bit floats, whatever they are, of shape ``(channels, n)``."""
    data = samples.T.astype("<f4").tobytes()
    channels = len(samples)
    form = struct.pack("<HHIIHH", 3, channels, rate, rate * channels * 4, channels * 4, 32)
    body = b"WAVEfmt " + struct.pack("<I", len(form)) + form + b"data" + struct.pack("<I", len(data)) + data
    path.write_bytes(b"RIFF" + struct.pack("<I", len(body)) + body)
    return path


@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf, 1e30])
@pytest.mark.parametrize(("rate", "channels"), [(RATE, 1), (44_100, 2)])
def test_samples_that_are_no_numbers_are_silence(tmp_path, bad, rate, channels):
    samples = tone(2.0, rate=rate, channels=channels)
    samples[-1, rate : rate + 2000 : 7] = bad
    heard = read_audio(write_floats(tmp_path / "a.wav", samples, rate=rate))
    assert heard.seconds == pytest.approx(2.0, abs=0.02)
    whole = write_floats(tmp_path / "b.wav", tone(rate=rate, channels=channels), rate=rate)
    loud = np.abs(read_audio(whole).samples).max()
    assert np.abs(heard.samples).max() <= 1.02 * loud
    assert not heard.samples[round(1.01 * RATE) : round(1.02 * RATE)].any()
    assert np.abs(heard.samples[: round(0.9 * RATE)]).max() == pytest.approx(loud, abs=0.01)
    assert np.abs(heard.samples[round(1.3 * RATE) :]).max() == pytest.approx(loud, abs=0.01)


@pytest.mark.parametrize("bad", [np.nan, np.inf, 1e30])
def test_a_file_of_little_else_is_damaged(tmp_path, bad):
    samples = tone(2.0)
    samples[0, round(0.9 * RATE) :] = bad
    with pytest.raises(InputError) as caught:
        read_audio(write_floats(tmp_path / "a.wav", samples))
    assert caught.value.code == "audio.damaged"


def test_floats_beyond_full_scale_are_clipped(tmp_path):
    assert np.abs(read_audio(write_floats(tmp_path / "a.wav", 3 * tone())).samples).max() == 1.0


def test_a_folder(tmp_path):
    with pytest.raises(InputError) as caught:
        read_audio(tmp_path)
    assert caught.value.code == "input.directory"


def test_a_playlist_fetches_nothing(tmp_path):
    path = tmp_path / "a.m3u8"
    path.write_text("#EXTM3U\n#EXTINF:10,\nhttp://192.0.2.1/secret.mp3\n#EXT-X-ENDLIST\n")
    with pytest.raises(InputError) as caught:
        read_audio(path)
    assert caught.value.code.startswith("audio.")


def make_video(path, *, sound, delay=0.0):
    """Two seconds of grey, with a tone that starts ``delay`` seconds after it."""
    with av.open(str(path), "w") as made:
        picture = made.add_stream("mpeg4", rate=25, width=64, height=64, pix_fmt="yuv420p")
        track = made.add_stream("aac", rate=RATE, layout="mono") if sound else None
        for _ in range(50):
            frame = av.VideoFrame.from_ndarray(np.full((64, 64, 3), 90, np.uint8), format="rgb24")
            made.mux(picture.encode(frame))
        made.mux(picture.encode(None))
        for start in range(0, round((2 - delay) * RATE), 1024) if track else ():
            frame = av.AudioFrame.from_ndarray(tone(0.064).astype(np.float32), format="fltp", layout="mono")
            frame.sample_rate, frame.pts = RATE, start + round(delay * RATE)
            made.mux(track.encode(frame))
        made.mux(track.encode(None)) if track else None
    return path


def test_a_video_without_sound(tmp_path):
    with pytest.raises(InputError) as caught:
        read_audio(make_video(tmp_path / "a.mp4", sound=False))
    assert caught.value.code == "audio.none"


def test_sound_that_starts_later_than_the_picture_keeps_its_time(tmp_path):
    heard = read_audio(make_video(tmp_path / "a.mkv", sound=True, delay=1.0))
    first = np.flatnonzero(np.abs(heard.samples) > 0.1)[0] / RATE
    assert first == pytest.approx(1.0, abs=0.1)
    assert heard.seconds == pytest.approx(2.0, abs=0.15)


def test_seconds_are_those_of_the_file(tmp_path):
    assert seconds_of(write_wav(tmp_path / "a.wav", tone(2.5))) == pytest.approx(2.5)


def test_blocks_that_are_too_short(tmp_path):
    with pytest.raises(ConfigError) as caught:
        next(blocks(write_wav(tmp_path / "a.wav", tone()), seconds=0.001))
    assert caught.value.code == "audio.block"


def peak_while_reading(path):
    tracemalloc.start()
    for _ in blocks(path):
        pass
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak


def long_file(path, *, minutes):
    noise = np.random.default_rng(0).integers(-9000, 9000, 8000 * 60, dtype="<i2").tobytes()
    with wave.open(str(path), "wb") as file:
        file.setparams((1, 2, 8000, 0, "NONE", ""))
        for _ in range(minutes):
            file.writeframes(noise)
    return path


def test_memory_does_not_grow_with_the_file(tmp_path):
    peaks = [peak_while_reading(long_file(tmp_path / f"{m}.wav", minutes=m)) for m in (1, 4)]
    assert all(after < 1.2 * before + 2_000_000 for before, after in pairwise(peaks))


@pytest.mark.slow
def test_four_hours_are_read_in_the_memory_of_minutes(tmp_path):
    assert peak_while_reading(long_file(tmp_path / "a.wav", minutes=240)) < 20_000_000
