from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import text

from tongli.applications.studio import LOCAL, open_store
from tongli.applications.studio.database import Database, database_url
from tongli.applications.studio.migrate import current, migrate, newest
from tongli.applications.studio.tables import Table
from tongli.core import StorageError


def test_migrations_lead_to_the_tables_of_the_code(empty_url):
    database = Database(database_url(empty_url))
    assert current(database) is None
    migrate(database)
    assert current(database) == newest()
    with database.reading() as session:
        context = MigrationContext.configure(session.connection(), opts={"compare_type": True})
        assert compare_metadata(context, Table.metadata) == []
    database.close()


def test_migrating_again_changes_nothing(url):
    with open_store(url) as store:
        made = store.documents.create(by=LOCAL, text="kept")
    with open_store(url) as store:
        assert store.documents.get(made.id, by=LOCAL) == made


def test_many_that_start_at_once_migrate_once(empty_url):
    def start(_):
        with open_store(empty_url) as store:
            return store.documents.create(by=LOCAL).revision

    with ThreadPoolExecutor(5) as pool:
        assert list(pool.map(start, range(5))) == [1] * 5


def test_a_later_database_is_left_alone(url):
    with open_store(url) as store:
        for version in ("9999", newest()):
            with store.database.writing() as session:
                session.execute(text(f"UPDATE alembic_version SET version_num = '{version}'"))
            if version != newest():
                with pytest.raises(StorageError, match=r"studio\.newer"):
                    open_store(url)


def test_a_migration_that_fails_leaves_nothing(empty_url):
    database = Database(database_url(empty_url))
    with database.writing() as session:
        session.execute(text("CREATE TABLE audit_head (id INTEGER)"))
    with pytest.raises(StorageError, match=r"studio\.database"):
        migrate(database)
    assert current(database) is None
    with database.writing() as session:
        session.execute(text("DROP TABLE audit_head"))
    migrate(database)
    assert current(database) == newest()
    database.close()
