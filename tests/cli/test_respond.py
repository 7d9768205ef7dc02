from __future__ import annotations

import json
from typing import Any


def test_the_human_view(fake: Any) -> None:
    shown = fake("respond", "Where is KX-1?", "--from", "Ana Souza", "--reply-lang", "pt").stdout.decode()
    for part in (
        "Where is KX-1?",
        "acknowledge → next step",
        "Portuguese (pt), neutral register, formal address, to Ana Souza",
        "keeps",
        "Reply to Ana Souza",
        "✓  language  0.90  as planned",
        "–  meaning",
    ):
        assert part in shown
    assert "person must look" not in shown


def test_a_reply_that_did_not_pass_is_not_shown(fake: Any) -> None:
    shown = fake("respond", "bad", "--from", "Ana").stdout.decode()
    assert "Reply to Ana" not in shown
    for part in (
        "No draft passed",
        "1 draft did not pass: facts",
        "A person must look",
        "no draft passed",
    ):
        assert part in shown


def test_json(fake: Any) -> None:
    data = json.loads(fake("respond", "--json", "hello", "--to", "name=Bo;register=formal").stdout)
    assert data["text"] == "Reply to None"
    assert [check["passed"] for check in data["verdict"]["checks"]] == [True, True, None]
