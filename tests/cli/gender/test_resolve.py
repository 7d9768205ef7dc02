"""``tongli gender resolve`` in real processes."""

from __future__ import annotations

import json


def test_lines(real):
    line = {
        "id": 1,
        "text": "Ona praised Ulf, who had kept his word.",
        "mention": [30, 33],
        "candidates": ["Ona", "Ulf"],
    }
    done = real("gender", "resolve", "--jsonl", "-", "--surface", "--quiet", stdin=json.dumps(line).encode())
    assert done.returncode == 0
    assert json.loads(done.stdout)["referent"] == {"index": 1, "name": "Ulf"}


def test_a_broken_line_is_told(real):
    done = real("gender", "resolve", "--surface", "--quiet", stdin=b'{"id": 1, "text": "x"}\n')
    assert done.returncode == 3
    assert b"line.candidates" in done.stderr or b"line.mention" in done.stderr
