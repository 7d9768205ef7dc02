from __future__ import annotations

import builtins
import struct
import zlib
from contextlib import suppress

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from tongli.core import ConfigError, InputError
from tongli.encoders.image.picture import read_image, resized

RED, BLUE = (255, 0, 0), (0, 0, 255)


def halves(first=RED, second=BLUE, *, size=(40, 20)) -> Image.Image:
    """Left half of one colour, right half of another."""
    image = Image.new("RGB", size, first)
    image.paste(second, (size[0] // 2, 0, *size))
    return image


def near(pixel, colour, *, by=12) -> bool:
    return bool(np.abs(np.asarray(pixel, int) - colour).max() <= by)


@pytest.mark.parametrize("form", ["PNG", "JPEG", "GIF", "WEBP", "BMP", "TIFF", "PPM", "JPEG2000", "AVIF"])
def test_any_common_format_whatever_the_file_is_called(tmp_path, form):
    path = tmp_path / "picture.txt"
    halves(size=(160, 80)).save(path, form)
    pixels = read_image(path)
    assert pixels.shape == (80, 160, 3)
    assert pixels.dtype == np.uint8
    assert near(pixels[40, 20], RED, by=30)
    assert near(pixels[40, 140], BLUE, by=30)


@pytest.mark.parametrize(
    ("orientation", "corner"), [(1, (0, 0)), (3, (-1, -1)), (6, (0, -1)), (8, (-1, 0)), (2, (0, -1))]
)
def test_the_rotation_that_a_phone_notes_is_honoured(tmp_path, orientation, corner):
    image = Image.new("RGB", (32, 32), "white")
    image.paste(RED, (0, 0, 16, 16))
    exif = Image.Exif()
    exif[0x0112] = orientation
    image.save(tmp_path / "a.png", exif=exif)
    assert near(read_image(tmp_path / "a.png")[corner], RED)


def test_cmyk(tmp_path):
    halves().convert("CMYK").save(tmp_path / "a.jpg", "JPEG", quality=95)
    assert near(read_image(tmp_path / "a.jpg")[10, 5], RED, by=30)


def test_sixteen_bits_are_scaled_not_cut_off(tmp_path):
    deep = np.linspace(0, 65_535, 256, dtype=np.uint16).reshape(1, -1).repeat(8, axis=0)
    Image.fromarray(deep).save(tmp_path / "a.png")
    row = read_image(tmp_path / "a.png")[4, :, 0].astype(int)
    assert np.abs(row - np.arange(256)).max() <= 1


def test_floating_point(tmp_path):
    Image.fromarray(np.linspace(0, 3, 64, dtype=np.float32).reshape(8, 8)).save(tmp_path / "a.tiff")
    pixels = read_image(tmp_path / "a.tiff")
    assert (pixels.min(), pixels.max()) == (0, 255)


@pytest.mark.parametrize("mode", ["1", "L", "P", "LA", "RGBA"])
def test_modes(tmp_path, mode):
    halves("white", "black").convert(mode).save(tmp_path / "a.png")
    pixels = read_image(tmp_path / "a.png")
    assert near(pixels[10, 5], (255, 255, 255))
    assert near(pixels[10, 35], (0, 0, 0))


def test_what_is_transparent_is_white(tmp_path):
    Image.new("RGBA", (4, 4), (0, 0, 0, 0)).save(tmp_path / "a.png")
    assert near(read_image(tmp_path / "a.png")[0, 0], (255, 255, 255))


def test_one_pixel(tmp_path):
    Image.new("RGB", (1, 1), BLUE).save(tmp_path / "a.png")
    assert read_image(tmp_path / "a.png").tolist() == [[list(BLUE)]]


def test_the_first_frame_of_an_animation(tmp_path):
    frames = [Image.new("RGB", (8, 8), colour) for colour in (RED, BLUE)]
    frames[0].save(tmp_path / "a.gif", save_all=True, append_images=frames[1:])
    assert near(read_image(tmp_path / "a.gif")[0, 0], RED)


def test_large_pictures_are_made_smaller(tmp_path):
    Image.new("RGB", (8000, 100), RED).save(tmp_path / "a.png")
    assert read_image(tmp_path / "a.png").shape == (38, 3072, 3)


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def bomb(width: int, height: int) -> bytes:
    """A few bytes that claim to be a very large PNG."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0" * 100))


@pytest.mark.parametrize("side", [11_000, 40_000, 2**31 - 1])
def test_bombs_are_refused_before_they_are_decoded(tmp_path, side):
    (tmp_path / "a.png").write_bytes(bomb(side, side))
    with pytest.raises(InputError) as caught:
        read_image(tmp_path / "a.png")
    assert caught.value.code == "image.too-large"


def truncated(path) -> bytes:
    halves(size=(400, 400)).save(path, "JPEG")
    return path.read_bytes()[:900]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "image.format"),
        (b"hello", "image.format"),
        (b'<svg xmlns="http://www.w3.org/2000/svg"><rect/></svg>', "image.format"),
        (b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n", "image.format"),
        (b"%PDF-1.7\n", "image.format"),
        (b"\xff\xd8\xff\xe0" + bytes(30), "image.format"),
        (bomb(30, 30), "image.damaged"),
        (truncated, "image.damaged"),
    ],
)
def test_what_is_no_whole_picture(tmp_path, content, code):
    path = tmp_path / "a.jpg"
    path.write_bytes(content(path) if callable(content) else content)
    with pytest.raises(InputError) as caught:
        read_image(path)
    assert caught.value.code == code
    assert str(tmp_path) not in str(caught.value)


def test_no_file(tmp_path):
    for path, code in ((tmp_path / "none.png", "input.missing"), (tmp_path, "input.directory")):
        with pytest.raises(InputError) as caught:
            read_image(path)
        assert caught.value.code == code


def test_without_pillow(tmp_path, monkeypatch):
    usual = builtins.__import__

    def without(name, *rest, **more):
        if name == "PIL":
            raise ImportError(name)
        return usual(name, *rest, **more)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(ConfigError, match=r"tongli\[video\]") as caught:
        read_image(tmp_path / "a.png")
    assert caught.value.code == "image.package"


@given(
    at=st.integers(8, 2000), byte=st.integers(0, 255), form=st.sampled_from(["PNG", "JPEG", "GIF", "TIFF"])
)
def test_a_damaged_byte_is_survived(tmp_path_factory, at, byte, form):
    path = tmp_path_factory.mktemp("damaged") / "a"
    halves(size=(64, 64)).save(path, form)
    data = bytearray(path.read_bytes())
    data[at % len(data)] = byte
    path.write_bytes(data)
    with suppress(InputError):
        assert read_image(path).ndim == 3


def test_part_of_a_picture():
    pixels = np.asarray(halves())
    assert near(resized(pixels, (4, 4), (20, 0, 40, 20))[2, 2], BLUE)
