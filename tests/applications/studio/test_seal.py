from __future__ import annotations

import sqlite3

import pytest
from cryptography.fernet import Fernet
from hypothesis import given
from hypothesis import strategies as st

from tongli.applications.studio import LOCAL, open_store
from tongli.applications.studio.seal import Seal
from tongli.core import StorageError

KEYED = Seal(Fernet(Fernet.generate_key()))
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(), lambda inner: st.lists(inner, max_size=3)
)


@given(JSON)
def test_what_is_closed_opens_again(value):
    assert Seal().open(Seal().close(value)) == value
    assert KEYED.open(KEYED.close(value)) == value
    assert KEYED.open(Seal().close(value)) == value


def test_without_the_key_it_stays_closed():
    closed = KEYED.close("secret")
    assert b"secret" not in closed
    for other in (Seal(), Seal(Fernet(Fernet.generate_key()))):
        with pytest.raises(StorageError, match=r"people\.locked"):
            other.open(closed)


def test_a_store_with_a_key_keeps_no_words_in_the_clear(tmp_path, monkeypatch):
    words = b"Zanzibar"
    path, url = tmp_path / "a.db", f"sqlite:///{tmp_path}/a.db"
    with open_store(url) as store:
        before = store.documents.create(by=LOCAL, text="plain").id
    monkeypatch.setenv("TONGLI_PEOPLE_KEY", Fernet.generate_key().decode())
    with open_store(url) as store:
        made = store.documents.create(by=LOCAL, title="Zanzibar", text="Zanzibar", fields={"a": "Zanzibar"})
        store.review.submit(by=LOCAL, draft="Zanzibar", lang="en", source="Zanzibar", notes=["Zanzibar"])
        assert store.documents.get(before, by=LOCAL).text == "plain"
    assert all(words not in file.read_bytes() for file in tmp_path.iterdir())
    with sqlite3.connect(path) as connection:
        rows = connection.execute("SELECT content FROM revisions WHERE document_id = ?", [made.id]).fetchall()
    connection.close()
    assert all(content.startswith(b"gAAAA") for (content,) in rows)
    monkeypatch.delenv("TONGLI_PEOPLE_KEY")
    with open_store(url) as store, pytest.raises(StorageError, match=r"people\.locked"):
        store.documents.get(made.id, by=LOCAL)
