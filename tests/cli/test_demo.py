from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tongli.cli.demo import default_mailbox, read_mailbox
from tongli.core import InputError


def test_the_example_mailbox() -> None:
    messages = list(read_mailbox(str(default_mailbox())))
    assert len({message.id for message in messages}) == len(messages) >= 14
    assert len({str(message.id).split("-")[0] for message in messages}) >= 14
    assert all(message.text and message.author.name for message in messages)


def test_every_message_is_answered(fake: Any) -> None:
    messages = list(read_mailbox(str(default_mailbox())))
    shown = fake("demo", COLUMNS="140").stdout.decode()
    for message in messages:
        assert f"Reply to {message.author.name}" in shown
    lines = fake("demo", "--json").stdout.splitlines()
    assert [json.loads(line)["id"] for line in lines] == [message.id for message in messages]


def test_a_reply_that_needs_a_person(fake: Any, tmp_path: Path) -> None:
    path = tmp_path / "mail.jsonl"
    path.write_text('{"id": 1, "text": "bad", "from": {"name": "Ana"}}\n')
    shown = fake("demo", path).stdout.decode()
    for part in ("no draft passed", "ask a person"):
        assert part in shown


@pytest.mark.parametrize("line", ["", "[]", "{", '{"id": 1}', '{"id": 1, "text": "x", "from": 3}'])
def test_a_mailbox_that_is_none(tmp_path: Path, line: str) -> None:
    path = tmp_path / "mail.jsonl"
    path.write_text(f"{line}\n")
    with pytest.raises(InputError, match=r"mailbox\.line"):
        list(read_mailbox(str(path)))
