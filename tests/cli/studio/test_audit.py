from __future__ import annotations

import json
import sqlite3

from tongli.applications.studio import LOCAL, open_store


def test_export_and_verify(tongli, tmp_path):
    path = tmp_path / "studio.db"
    with open_store(f"sqlite:///{path}") as store:
        for _ in range(2):
            store.documents.create(by=LOCAL, text="Zanzibar")
    lines = tongli("studio", "audit", "export").stdout.splitlines()
    events = [json.loads(line) for line in lines]
    assert [event["kind"] for event in events] == ["document.created"] * 2
    assert b"Zanzibar" not in b"".join(lines)
    digest = events[-1]["digest"]
    assert tongli("studio", "audit", "verify").stdout.decode() == f"2 {digest}\n"
    assert tongli("studio", "audit", "verify", "--head", digest).returncode == 0
    assert b"audit.head" in tongli("studio", "audit", "verify", "--head", "0123").stderr

    connection = sqlite3.connect(path)
    connection.execute("UPDATE audit_events SET who = 'nobody' WHERE number = 1")
    connection.commit()
    connection.close()
    done = tongli("studio", "audit", "verify")
    assert (done.returncode, b"audit.broken" in done.stderr) == (6, True)
