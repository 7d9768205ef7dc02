from __future__ import annotations

import os
import stat

import pytest
from platformdirs import user_data_path
from sqlalchemy import text

from tongli.applications.studio import LOCAL, open_store
from tongli.applications.studio.database import Database, database_url
from tongli.core import ConfigError, StorageError


def test_a_file_of_the_user_by_default():
    found = database_url(env={})
    assert found.drivername == "sqlite"
    assert found.database == str(user_data_path("tongli") / "studio.db")


@pytest.mark.parametrize("name", ["postgresql", "postgres"])
def test_postgresql_has_a_free_driver(name):
    found = database_url(env={"TONGLI_DATABASE_URL": f"{name}://u:p@host/db"})
    assert found.drivername == "postgresql+pg8000"


def test_the_option_wins_over_the_environment(tmp_path):
    found = database_url(f"sqlite:///{tmp_path}/a.db", env={"TONGLI_DATABASE_URL": "postgresql://host/db"})
    assert found.database == f"{tmp_path}/a.db"


@pytest.mark.parametrize(
    "url", ["mysql://u:secret@host/db", "nonsense secret", "sqlite://", "sqlite:///:memory:"]
)
def test_other_databases_are_refused_without_repeating_the_url(url):
    with pytest.raises(ConfigError) as caught:
        database_url(url)
    assert caught.value.code == "studio.url"
    assert "secret" not in str(caught.value)


def test_a_driver_that_is_not_installed_is_named():
    with pytest.raises(ConfigError, match=r"studio\.driver"):
        Database(database_url("postgresql+nosuch://host/db"))


@pytest.mark.parametrize(
    ("url", "elsewhere"),
    [
        ("postgresql://db.example/studio", True),
        ("postgresql://ana@127.0.0.1/studio", False),
        ("postgresql:///studio?unix_sock=/run/postgresql/.s.PGSQL.5432", False),
    ],
)
def test_where_it_is(url, elsewhere):
    pytest.importorskip("pg8000", reason="the extra postgres is not installed")
    database = Database(database_url(url))
    assert database.elsewhere is elsewhere
    database.close()


def test_a_file_is_here(sqlite_store):
    assert not sqlite_store.database.elsewhere


def test_the_file_is_its_owners_alone(sqlite_store, tmp_path):
    sqlite_store.documents.create(by=LOCAL)
    old = os.umask(0)
    try:
        with open_store(f"sqlite:///{tmp_path}/deep/er/new.db") as store:
            store.documents.create(by=LOCAL)
            files = list((tmp_path / "deep" / "er").iterdir())
            assert {path.name for path in files} >= {"new.db", "new.db-wal"}
            assert {stat.S_IMODE(path.stat().st_mode) for path in files} == {0o600}
    finally:
        os.umask(old)


def test_sqlite_is_set_up_for_many_and_for_power_cuts(sqlite_store):
    with sqlite_store.database.reading() as session:
        found = {
            name: session.scalar(text(f"PRAGMA {name}"))
            for name in ("journal_mode", "synchronous", "foreign_keys", "secure_delete", "busy_timeout")
        }
    assert found == {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "secure_delete": 1,
        "busy_timeout": 30_000,
    }


def test_a_folder_that_cannot_be_written(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(StorageError, match=r"studio\.file"):
        open_store(f"sqlite:///{tmp_path}/file/studio.db")


def test_failures_do_not_repeat_statements(store):
    with pytest.raises(StorageError) as caught, store.database.writing() as session:
        session.execute(text("SELECT secret FROM nothing WHERE x = 'secret'"))
    assert caught.value.code == "studio.database"
    assert "secret" not in str(caught.value)
    assert caught.value.__cause__ is None


def test_a_file_that_is_no_database(tmp_path):
    path = tmp_path / "letter.db"
    path.write_bytes(b"Dear Robin, this is no database at all. " * 100)
    with pytest.raises(StorageError, match=r"studio\.database"):
        open_store(f"sqlite:///{path}")
    assert path.read_bytes().startswith(b"Dear Robin")


def test_a_failed_transaction_leaves_nothing(store):
    made = store.documents.create(by=LOCAL, text="a")

    def fail():
        with store.database.writing() as session:
            session.execute(text("UPDATE documents SET current = 7"))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert store.documents.get(made.id, by=LOCAL) == made
