from __future__ import annotations

import json

from tongli.applications.studio import LOCAL, Preferences, open_store
from tongli.core import Edit


def test_migrate_then_status_then_erase(tongli, tmp_path):
    before = json.loads(tongli("studio", "status", "--json").stdout)
    assert before["revision"] is None
    assert tongli("studio", "migrate").returncode == 0
    after = json.loads(tongli("studio", "status", "--json").stdout)
    assert after["revision"] == after["newest"]
    assert b"revision: " + after["newest"].encode() in tongli("studio", "status").stdout
    assert tongli("studio", "erase", stdin=b"n\n").returncode == 1
    assert (tmp_path / "studio.db").exists()
    assert tongli("studio", "erase", "--yes").returncode == 0
    assert not (tmp_path / "studio.db").exists()


def test_edits_are_preference_pairs(tongli, tmp_path):
    assert b"No pairs" in tongli("studio", "edits").stderr
    with open_store(f"sqlite:///{tmp_path}/studio.db") as store:
        store.preferences.put(Preferences(share_edits=True), by=LOCAL)
        document = store.documents.create(by=LOCAL, text="The chairman").id
        edit = Edit(
            span=(4, 12), before="chairman", after="chair", kind="neutral", reason="", source="rule:x"
        )
        store.suggestions.record(document, edit, "accepted", text="The chairman", lang="en", by=LOCAL)
        item = store.review.submit(by=LOCAL, draft="Hi", lang="en", source="Hello")
        store.review.approve(item.id, by=LOCAL, text="Good day")
    out = tmp_path / "pairs.jsonl"
    assert tongli("studio", "edits", "-o", out).returncode == 0
    pairs = [json.loads(line) for line in out.read_text("utf-8").splitlines()]
    assert [(pair["chosen"], pair["rejected"]) for pair in pairs] == [
        ("The chair", "The chairman"),
        ("Good day", "Hi"),
    ]
    again = tongli("studio", "edits", "-o", out)
    assert (again.returncode, b"output.exists" in again.stderr) == (2, True)


def test_another_kind_of_database_is_refused(tongli):
    done = tongli("studio", "status", "--database", "mysql://u:secret@host/db")
    assert (done.returncode, b"studio.url" in done.stderr) == (2, True)
    assert b"secret" not in done.stderr
