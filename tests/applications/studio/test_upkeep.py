from __future__ import annotations

import pytest
from sqlalchemy import inspect

from tongli.applications.studio import LOCAL, database_status, erase_database, open_store
from tongli.applications.studio.database import Database, database_url


def test_the_status_of_an_empty_database(empty_url):
    found = database_status(empty_url)
    assert found["revision"] is None
    assert "documents" not in found


def test_the_status_in_numbers(url, add_actor):
    with open_store(url) as store:
        add_actor(store, "ana")
        store.documents.create(by=LOCAL)
        store.review.submit(by=LOCAL, draft="x", lang="en")
        head = store.trail.verify(by=LOCAL)[1]
    found = database_status(url)
    assert found["revision"] == found["newest"]
    assert (found["accounts"], found["documents"], found["review_open"]) == (1, 1, 1)
    assert (found["audit_events"], found["audit_head"]) == (3, head)


def test_the_status_hides_the_password():
    url = database_url("postgresql://ana:secret@host/db")
    assert "secret" not in url.render_as_string(hide_password=True)


def test_erasing_leaves_nothing(url, backend, tmp_path):
    with open_store(url) as store:
        made = store.documents.create(by=LOCAL, text="gone").id
    erase_database(url)
    if backend == "sqlite":
        assert list(tmp_path.iterdir()) == []
        return
    database = Database(database_url(url))
    assert inspect(database.engine).get_table_names() == []
    database.close()
    with open_store(url) as store, pytest.raises(Exception, match=r"studio\.document"):
        store.documents.get(made, by=LOCAL)
