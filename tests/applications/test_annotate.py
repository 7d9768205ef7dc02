from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any, Protocol

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tongli.applications import Job, Tally
from tongli.applications.annotate import annotate
from tongli.core import ConfigError, InputError, ModelError, StorageError, TongliError


class Fake(Protocol):
    batches: list[int]

    def read_many(self, messages: Any, *, evidence: bool = False) -> Any: ...


def write_lines(path: Path, *records: object) -> Path:
    raw = [r if isinstance(r, bytes) else json.dumps(r).encode() for r in records]
    path.write_bytes(b"".join(line + b"\n" for line in raw))
    return path


def run(reader: Fake, source: Path, target: Path, **options: Any) -> Tally:
    return annotate(reader, Job(source=str(source), target=str(target), **options))


def loaded(path: Path) -> list[dict[str, Any]]:
    data = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    return [json.loads(line) for line in data.decode().splitlines()]


def test_the_contract(reader: Fake, tmp_path: Path) -> None:
    source = write_lines(
        tmp_path / "in.jsonl",
        {"id": "消息", "text": "你好", "lang": "zh"},
        {"id": 2, "text": "Hallo", "context": ["a", "b"]},
    )
    tally = run(reader, source, tmp_path / "out.jsonl", lang="de")
    assert (tally.read, tally.written, tally.failed) == (2, 2, 0)
    first, second = loaded(tmp_path / "out.jsonl")
    assert list(first) == ["id", "lang", "claims", "scores"]
    assert (first["id"], first["lang"]) == ("消息", "zh")
    assert first["claims"][0]["evidence"] == []
    assert (second["id"], second["lang"], second["scores"]["politeness"]) == (2, "de", 0.2)
    assert "消息" in (tmp_path / "out.jsonl").read_text(encoding="utf-8")
    assert not (tmp_path / "out.errors.jsonl").exists()


def test_evidence_on_request(reader: Fake, tmp_path: Path) -> None:
    source = write_lines(tmp_path / "in.jsonl", {"id": 1, "text": "x"})
    run(reader, source, tmp_path / "out.jsonl", evidence=True)
    assert loaded(tmp_path / "out.jsonl")[0]["claims"][0]["evidence"] == [[0, 1]]


@pytest.mark.parametrize("name", ["out.jsonl", "out.jsonl.gz"])
def test_broken_lines_stop_nothing(reader: Fake, tmp_path: Path, name: str) -> None:
    source = write_lines(
        tmp_path / "in.jsonl",
        {"id": 1, "text": "fine"},
        b"{",
        {"id": 3, "text": "crash here"},
        {"id": 4, "text": "infinite"},
        {"id": 5, "text": "refuse"},
        {"id": 6, "text": "fine too"},
        b"",
    )
    tally = run(reader, source, tmp_path / name)
    assert (tally.read, tally.written, tally.failed) == (7, 2, 5)
    assert [line["id"] for line in loaded(tmp_path / name)] == [1, 6]
    errors = loaded(tmp_path / "out.errors.jsonl")
    assert [(e["line"], e.get("id"), e["code"]) for e in errors] == [
        (2, None, "line.json"),
        (3, 3, "line.internal"),
        (4, 4, "line.internal"),
        (5, 5, "input.refused"),
        (7, None, "line.blank"),
    ]
    assert "crash" not in (tmp_path / "out.errors.jsonl").read_text()


def test_lone_surrogates_and_nuls_are_read(reader: Fake, tmp_path: Path) -> None:
    source = write_lines(tmp_path / "in.jsonl", {"id": "\ud800", "text": "a\ud800\x00b"})
    assert run(reader, source, tmp_path / "out.jsonl").failed == 0
    assert loaded(tmp_path / "out.jsonl")[0]["id"] == "\ud800"


def test_long_lines_fail_alone(reader: Fake, tmp_path: Path) -> None:
    source = write_lines(
        tmp_path / "in.jsonl",
        {"id": 1, "text": "x" * 500},
        {"id": 2, "text": "x" * 60},
        {"id": 3, "text": "x"},
    )
    tally = run(reader, source, tmp_path / "out.jsonl", max_bytes=200, max_chars=50)
    assert (tally.written, tally.failed) == (1, 2)
    codes = [line["code"] for line in loaded(tmp_path / "out.errors.jsonl")]
    assert codes == ["line.too-long", "input.too-long"]


def test_weights_that_are_missing_are_no_lines_fault(reader: Fake, tmp_path: Path) -> None:
    source = write_lines(tmp_path / "in.jsonl", {"id": 1, "text": "ok"}, {"id": 2, "text": "weights"})
    with pytest.raises(ModelError):
        run(reader, source, tmp_path / "out.jsonl", batch=1)
    assert [line["id"] for line in loaded(tmp_path / "out.jsonl")] == [1]


def test_a_reader_that_drops_a_message_is_caught(tmp_path: Path) -> None:
    class Short:
        read_many = staticmethod(lambda *_args, **_options: [])

    source = write_lines(tmp_path / "in.jsonl", {"id": 1, "text": "ok"})
    tally = annotate(Short(), Job(source=str(source), target=str(tmp_path / "out.jsonl")))
    assert (tally.written, tally.failed) == (0, 1)


@pytest.mark.parametrize("name", ["out.jsonl", "out.jsonl.gz"])
@pytest.mark.parametrize("records", [(), (b"{",)])
def test_an_output_without_lines_is_a_valid_file(
    reader: Fake, tmp_path: Path, name: str, records: tuple[bytes, ...]
) -> None:
    source = write_lines(tmp_path / "in.jsonl", *records)
    run(reader, source, tmp_path / name)
    assert loaded(tmp_path / name) == []
    before = (tmp_path / name).read_bytes()
    tally = run(reader, source, tmp_path / name, resume=True)
    assert (tmp_path / name).read_bytes() == before
    assert (tally.read, tally.failed) == (len(records), len(records))


def test_gzip_in(reader: Fake, tmp_path: Path) -> None:
    source = tmp_path / "in.jsonl.gz"
    source.write_bytes(gzip.compress(b'{"id": 1, "text": "x"}\n'))
    assert run(reader, source, tmp_path / "out.jsonl").written == 1


def test_an_output_is_not_replaced_unasked(reader: Fake, tmp_path: Path) -> None:
    source = write_lines(tmp_path / "in.jsonl", {"id": 1, "text": "x"}, b"{")
    target = tmp_path / "out.jsonl"
    target.touch()
    run(reader, source, target)
    before = target.read_bytes()
    with pytest.raises(ConfigError, match=r"output\.exists"):
        run(reader, source, target)
    target.unlink()
    with pytest.raises(ConfigError, match=r"output\.exists.*errors"):
        run(reader, source, target)
    assert run(reader, source, target, overwrite=True).failed == 1
    assert target.read_bytes() == before
    source = write_lines(tmp_path / "in.jsonl", {"id": 1, "text": "x"})
    run(reader, source, target, overwrite=True)
    assert not (tmp_path / "out.errors.jsonl").exists()


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"target": "in.jsonl"}, "output.same-file"),
        ({"target": "link.jsonl"}, "output.same-file"),
        ({"errors": "in.jsonl"}, "output.same-file"),
        ({"errors": "out.jsonl"}, "output.same-file"),
        ({"target": "folder"}, "output.directory"),
        ({"target": "no/out.jsonl"}, "storage.write"),
        ({"source": "folder"}, "input.directory"),
        ({"source": "nothing"}, "input.missing"),
        ({"batch": 0}, "annotate.batch"),
        ({"resume": True, "overwrite": True}, "annotate.options"),
        ({"resume": True, "target": "-"}, "output.resume"),
    ],
)
def test_jobs_that_are_refused(
    reader: Fake, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, changes: dict[str, Any], code: str
) -> None:
    monkeypatch.chdir(tmp_path)
    source = write_lines(tmp_path / "in.jsonl", {"id": 1, "text": "x"})
    before = source.read_bytes()
    (tmp_path / "folder").mkdir()
    (tmp_path / "link.jsonl").symlink_to(source)
    with pytest.raises(TongliError) as caught:
        annotate(reader, Job(**{"source": "in.jsonl", "target": "out.jsonl", **changes}))
    assert caught.value.code == code
    assert source.read_bytes() == before


@pytest.mark.parametrize(
    ("target", "errors"),
    [
        ("a/out.jsonl", "a/out.errors.jsonl"),
        ("out.jsonl.gz", "out.errors.jsonl"),
        ("out.ndjson", "out.errors.jsonl"),
        ("out.txt", "out.txt.errors.jsonl"),
        ("-", None),
        ("/dev/null", None),
    ],
)
def test_the_errors_file_is_beside_the_output(target: str, errors: str | None) -> None:
    assert Job(source="-", target=target).errors_path() == (None if errors is None else Path(errors))


@pytest.mark.parametrize("target", ["out.jsonl", "-"])
def test_a_dash_names_standard_error_for_broken_lines(target: str) -> None:
    assert Job(source="-", target=target, errors="-").errors_path() is None
    assert Job(source="-", target=target, errors="e.jsonl").errors_path() == Path("e.jsonl")


def test_a_full_disk_keeps_what_was_written(
    reader: Fake, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import errno

    from tongli.applications import sink

    source = write_lines(tmp_path / "in.jsonl", *({"id": n, "text": f"text {n}"} for n in range(9)))
    whole, target = tmp_path / "whole.jsonl", tmp_path / "out.jsonl"
    run(reader, source, whole, batch=2)

    class Full(sink.io.FileIO):  # type: ignore[name-defined, misc]
        def write(self, data: Any) -> int:
            room = whole.stat().st_size * 2 // 3 - self.tell()
            if room <= 0:
                raise OSError(errno.ENOSPC, "No space left on device")
            return super().write(data[:room])

    with monkeypatch.context() as patch:
        patch.setattr(sink.io, "FileIO", Full)
        with pytest.raises(StorageError, match=r"storage\.full"):
            run(reader, source, target, batch=2)
    assert whole.read_bytes().startswith(target.read_bytes())
    assert target.read_bytes().endswith(b"\n")
    run(reader, source, target, batch=2, resume=True)
    assert target.read_bytes() == whole.read_bytes()


MIXED = [
    b'{"id": %d, "text": "text %d"}' % (n, n) if kind == "good" else b'{"id": %d, "text": "crash"}' % n
    if kind == "crash" else b"{"
    for n, kind in enumerate(["bad", "good", "good", "crash", "good", "bad", "good", "good", "bad", "bad"])
]  # fmt: skip


@pytest.mark.parametrize("name", ["out.jsonl", "out.jsonl.gz"])
def test_cut_at_every_byte_and_resumed(reader: Fake, tmp_path: Path, name: str) -> None:
    source = write_lines(tmp_path / "in.jsonl", *MIXED)
    target, errors = tmp_path / name, tmp_path / "out.errors.jsonl"
    run(reader, source, target, batch=3)
    whole, failed = target.read_bytes(), errors.read_bytes()
    for size in range(len(whole) + 1):
        target.write_bytes(whole[:size])
        tally = run(reader, source, target, batch=3, resume=True)
        assert (target.read_bytes(), errors.read_bytes()) == (whole, failed), f"cut at {size}"
        assert (tally.read, tally.written, tally.failed) == (10, 5, 5)


def test_errors_cut_at_every_byte_of_the_chunk_that_was_being_written(reader: Fake, tmp_path: Path) -> None:
    source = write_lines(tmp_path / "in.jsonl", *MIXED)
    target, errors = tmp_path / "out.jsonl", tmp_path / "out.errors.jsonl"
    run(reader, source, target, batch=5)
    whole, failed = target.read_bytes(), errors.read_bytes()
    first_chunk = sum(len(line) for line in whole.splitlines(keepends=True)[:3])
    first_errors = sum(len(line) for line in failed.splitlines(keepends=True)[:2])
    for size in range(first_errors, len(failed) + 1):
        target.write_bytes(whole[:first_chunk])
        errors.write_bytes(failed[:size])
        run(reader, source, target, batch=5, resume=True)
        assert (target.read_bytes(), errors.read_bytes()) == (whole, failed), f"cut at {size}"


@settings(max_examples=60, deadline=None)
@given(
    kinds=st.lists(st.sampled_from(["good", "bad", "crash"]), min_size=1, max_size=12),
    batch=st.integers(1, 5),
    share=st.floats(0, 1),
    packed=st.booleans(),
)
def test_resume_always_ends_in_the_same_bytes(
    tmp_path_factory: pytest.TempPathFactory, kinds: list[str], batch: int, share: float, packed: bool
) -> None:
    from runpy import run_path

    reader = run_path(str(Path(__file__).with_name("conftest.py")))["FakeReader"]()
    folder = tmp_path_factory.mktemp("resume")
    records = [b"{" if k == "bad" else {"id": n, "text": f"{k} {n}"} for n, k in enumerate(kinds)]
    source = write_lines(folder / "in.jsonl", *records)
    target = folder / ("out.jsonl.gz" if packed else "out.jsonl")
    run(reader, source, target, batch=batch)
    files = {path: path.read_bytes() for path in folder.iterdir()}
    target.write_bytes(files[target][: int(len(files[target]) * share)])
    run(reader, source, target, batch=batch, resume=True)
    assert {path: path.read_bytes() for path in folder.iterdir()} == files


def test_resume_from_nothing(reader: Fake, tmp_path: Path) -> None:
    source = write_lines(tmp_path / "in.jsonl", {"id": 1, "text": "x"})
    assert run(reader, source, tmp_path / "out.jsonl", resume=True).written == 1


def test_resume_reads_only_what_is_left(reader: Fake, tmp_path: Path) -> None:
    source = write_lines(tmp_path / "in.jsonl", *({"id": n, "text": "x"} for n in range(10)))
    target = tmp_path / "out.jsonl"
    run(reader, source, target, batch=2)
    lines = target.read_bytes().splitlines(keepends=True)
    target.write_bytes(b"".join(lines[:6]))
    reader.batches.clear()
    tally = run(reader, source, target, batch=2, resume=True)
    assert reader.batches == [2, 2]
    assert (tally.resumed, tally.read) == (6, 10)


@pytest.mark.parametrize(
    "records",
    [[{"id": 7, "text": "x"}] * 3, [{"id": "1", "text": "x"}] * 3, [b"{"] * 3, [{"id": 0, "text": "x"}]],
)
def test_another_input_is_noticed(reader: Fake, tmp_path: Path, records: list[object]) -> None:
    source = write_lines(tmp_path / "in.jsonl", *({"id": n, "text": "x"} for n in range(3)))
    target = tmp_path / "out.jsonl"
    run(reader, source, target)
    before = target.read_bytes()
    target.write_bytes(b"".join(before.splitlines(keepends=True)[:2]))
    write_lines(source, *records)
    with pytest.raises(InputError, match=r"resume\.mismatch"):
        run(reader, source, target, resume=True)
    assert before.startswith(target.read_bytes())


@pytest.mark.parametrize(
    ("output", "errors"),
    [
        (b"not json\n", b""),
        (b"no line ending", b""),
        (b"", b"no errors file\n"),
        (b"[]\n", b""),
        (b'{"id": null}\n', b""),
        (b'{"id": 1}\n', b"not json\n"),
        (b'{"id": 1}\n', b'{"line": "x"}\n'),
        (b'{"id": 1}\n{"id": 2}\n', b'{"line": 1}\n{"line": 1}\n'),
        (gzip.compress(b"no line ending", mtime=0), b""),
    ],
)
def test_a_file_that_is_no_output_is_left_alone(
    reader: Fake, tmp_path: Path, output: bytes, errors: bytes
) -> None:
    source = write_lines(tmp_path / "in.jsonl", {"id": 1, "text": "x"})
    target = tmp_path / ("out.jsonl.gz" if output.startswith(b"\x1f") else "out.jsonl")
    target.write_bytes(output)
    (tmp_path / "out.errors.jsonl").write_bytes(errors)
    with pytest.raises(StorageError, match=r"resume\.damaged"):
        run(reader, source, target, resume=True)
    assert target.read_bytes() == output


def test_progress_adds_up_at_any_time(reader: Fake, tmp_path: Path) -> None:
    source = write_lines(tmp_path / "in.jsonl", *MIXED)
    seen: list[tuple[int, int, int]] = []
    annotate(
        reader,
        Job(source=str(source), target=str(tmp_path / "out.jsonl"), batch=3),
        progress=lambda tally: seen.append((tally.read, tally.written, tally.failed)),
    )
    assert [read for read, _, _ in seen] == [3, 6, 9, 10]
    assert all(read == written + failed for read, written, failed in seen)


class Seeing:
    """Reads media too, those that are whole."""

    def __init__(self, reader: Fake) -> None:
        self.reader = reader

    def read_many(self, messages: Any, *, evidence: bool = False) -> Any:
        if any("broken" in part.path.name for message in messages for part in message.media):
            raise InputError("audio.format", received="a file", allowed="sound", fix="Convert it.")
        return self.reader.read_many(messages, evidence=evidence)


def test_a_broken_recording_costs_its_line_and_nothing_is_read_twice(reader: Fake, tmp_path: Path) -> None:
    source = write_lines(
        tmp_path / "in.jsonl",
        {"id": 1, "text": "a"},
        {"id": 2, "audio": "whole.ogg"},
        {"id": 3, "audio": "broken.ogg"},
        {"id": 4, "text": "b", "image": "i.png"},
        {"id": 5, "text": "c"},
    )
    tally = run(Seeing(reader), source, tmp_path / "out.jsonl")
    assert (tally.written, tally.failed) == (4, 1)
    assert reader.batches == [2, 1, 1]
    assert [line["id"] for line in loaded(tmp_path / "out.jsonl")] == [1, 2, 4, 5]
    (error,) = loaded(tmp_path / "out.errors.jsonl")
    assert (error["line"], error["id"], error["code"]) == (3, 3, "audio.format")


def test_many_recordings_are_written_as_they_are_read_and_resumed(reader: Fake, tmp_path: Path) -> None:
    records = [
        {"id": n, "text": "x", "audio": "a.ogg"} if n % 2 else {"id": n, "text": "x"} for n in range(40)
    ]
    source, whole = write_lines(tmp_path / "in.jsonl", *records), tmp_path / "whole.jsonl"
    counts: list[int] = []
    job = Job(source=str(source), target=str(whole))
    annotate(Seeing(reader), job, progress=lambda tally: counts.append(tally.read))
    assert counts == [16, 32, 40]
    target = tmp_path / "out.jsonl"
    for size in range(0, whole.stat().st_size, 97):
        target.write_bytes(whole.read_bytes()[:size])
        run(Seeing(reader), source, target, resume=True)
        assert target.read_bytes() == whole.read_bytes()
