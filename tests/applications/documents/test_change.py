from __future__ import annotations

import io
import tracemalloc

import pytest

from tongli.applications.documents import Plain, open_document, save, write
from tongli.applications.documents.change import replaced
from tongli.core import InputError
from tongli.empathy.gender.english import English
from tongli.empathy.gender.rules import Rewrite

NEUTRAL = English().neutral


def test_line_endings_and_marks_stay():
    text = "\ufeffHe left.\r\n\r\n\tShe  stayed.\n\n\n…\r"
    target = io.BytesIO()
    changes = write(Plain(source=io.StringIO(text, newline="")), target, NEUTRAL)
    assert target.getvalue().decode() == "\ufeffThey left.\r\n\r\n\tThey  stayed.\n\n\n…\r"
    assert (changes.edits, changes.abstained) == (2, 0)


def test_memory_does_not_grow_with_the_length(tmp_path):
    def peak(paragraphs):
        path = tmp_path / "long.txt"
        path.write_text("The rain came down over the old town, and nobody minded it.\n\n" * paragraphs)
        tracemalloc.start()
        save(open_document(path), tmp_path / "out.txt", lambda text: Rewrite(text=text))
        found = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return found

    peak(10)
    assert peak(10_000) < 1.3 * peak(3_000)


def test_in_place_keeps_the_original(tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes(b"He left.\r\n")
    (tmp_path / "a.txt.bak").write_bytes(b"older")
    backup, _ = save(open_document(path), path, NEUTRAL, keep=True)
    assert path.read_bytes() == b"They left.\r\n"
    assert backup.read_bytes() == b"He left.\r\n"
    assert (tmp_path / "a.txt.bak").read_bytes() == b"older"


def test_nothing_is_lost_when_it_fails(tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes(b"He left.\n\xff")
    with pytest.raises(InputError, match=r"input\.encoding"):
        save(open_document(path), path, NEUTRAL, keep=True)
    assert path.read_bytes() == b"He left.\n\xff"
    assert [each.name for each in tmp_path.iterdir()] == ["a.txt"]


def test_a_link_stays_a_link(tmp_path):
    (tmp_path / "real.txt").write_text("He left.")
    (tmp_path / "link.txt").symlink_to(tmp_path / "real.txt")
    backup, _ = save(open_document(tmp_path / "link.txt"), tmp_path / "link.txt", NEUTRAL, keep=True)
    assert (tmp_path / "link.txt").is_symlink()
    assert (tmp_path / "real.txt").read_text() == "They left."
    assert backup == tmp_path / "real.txt.bak"


def test_a_draft_is_as_private_as_what_it_replaces(tmp_path):
    target = tmp_path / "novel.txt"
    target.write_text("before", encoding="utf-8")
    target.chmod(0o600)
    modes = []

    def written(file):
        file.write(b"after")
        modes.extend(path.stat().st_mode & 0o777 for path in tmp_path.iterdir() if path != target)

    replaced(target, written)
    assert modes == [0o600]
    assert target.read_bytes() == b"after"
    assert target.stat().st_mode & 0o777 == 0o600
