import pytest

from tongli.encoders import ngrams

TEXT = "Could you please tell me where my parcel is?"


@pytest.fixture(scope="module")
def cache(tmp_path_factory):
    folder = tmp_path_factory.mktemp("cache")
    ngrams.load(folder)
    return folder


def table(cache):
    (path,) = (cache / "language").iterdir()
    return path


def test_the_unpacked_table_gives_the_same_answers(cache, tmp_path):
    blocked = tmp_path / "file"
    blocked.write_text("a file where a folder should be")
    assert table(cache).suffix == ".npz"
    assert ngrams.load(cache).rank(TEXT) == ngrams.load(blocked).rank(TEXT)


@pytest.mark.parametrize("keep", [0, 1000, -1000])
def test_a_truncated_table_is_rebuilt(cache, keep):
    path = table(cache)
    whole = path.read_bytes()
    path.write_bytes(whole[:keep])
    assert ngrams.load(cache).rank(TEXT)[0][0] == "en"
    assert table(cache).read_bytes() == whole


def test_a_flipped_byte_is_found_and_rebuilt(cache):
    path = table(cache)
    whole = path.read_bytes()
    damaged = bytearray(whole)
    damaged[len(whole) // 2] ^= 0xFF
    path.write_bytes(damaged)
    assert ngrams.load(cache).rank(TEXT)[0][0] == "en"
    assert path.read_bytes() == whole
