"""A writer is killed at random moments; whatever it was told is saved must be there."""

from __future__ import annotations

import random
import signal
import subprocess
import sys

from tongli.applications.studio import LOCAL, open_store

WRITER = """
import sys
from tongli.applications.studio import LOCAL, open_store

with open_store(sys.argv[1]) as store:
    here = store.documents.get(sys.argv[2], by=LOCAL)
    print("ready", flush=True)
    while True:
        text = here.text + "x"
        if len(text) % 7 == 0:
            here = store.documents.undo(here.id, base=here.revision, by=LOCAL)
            here = store.documents.redo(here.id, base=here.revision, by=LOCAL)
        here = store.documents.save(here.id, text, base=here.revision, by=LOCAL)
        print(here.revision, len(here.text), flush=True)
"""
KILLS = 6


def test_no_acknowledged_edit_is_lost_when_the_process_is_killed(url):
    chance = random.Random(7)
    with open_store(url) as store:
        document = store.documents.create(by=LOCAL).id
    for _ in range(KILLS):
        told = killed_after(chance.uniform(0.02, 0.3), url, document)
        with open_store(url) as store:
            found = store.documents.get(document, by=LOCAL)
            assert found.revision >= told[0]
            assert store.documents.revision(document, told[0], by=LOCAL).text == "x" * told[1]
            kept = store.documents.history(document, by=LOCAL, limit=10_000)
            assert [each.number for each in kept] == list(range(found.revision, 0, -1))
            store.trail.verify(by=LOCAL)


def killed_after(seconds: float, url: str, document: str) -> tuple[int, int]:
    """The last revision and length that the writer was told are saved."""
    writer = subprocess.Popen(
        [sys.executable, "-c", WRITER, url, document], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    try:
        assert writer.stdout.readline() == b"ready\n"
        first = writer.stdout.readline()
        try:
            writer.wait(seconds)
        except subprocess.TimeoutExpired:
            writer.send_signal(signal.SIGKILL)
        rest, errors = writer.communicate(timeout=20)
    finally:
        writer.kill()
    assert errors == b""
    lines = (first + rest).decode().split("\n")[:-1]
    revision, length = lines[-1].split()
    return int(revision), int(length)
