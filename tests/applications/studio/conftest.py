"""Stores on SQLite, and on a PostgreSQL that the tests start themselves."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("sqlalchemy", reason="the extra studio is not installed")

from sqlalchemy import create_engine, text

from tongli.applications.studio import LOCAL, Actor, open_store
from tongli.applications.studio.database import database_url
from tongli.applications.studio.store import Store
from tongli.applications.studio.tables import Table
from tongli.safety.audit import START

PASSWORD = "a good long password"
SEEDED = ("users", "audit_head")
"""Tables in which a migrated database has rows."""


@pytest.fixture(autouse=True)
def no_key(monkeypatch, tmp_path_factory):
    monkeypatch.setenv("TONGLI_PEOPLE", str(tmp_path_factory.getbasetemp() / "people.json"))
    for name in ("TONGLI_PEOPLE_KEY", "TONGLI_PEOPLE_KEY_FILE", "TONGLI_DATABASE_URL"):
        monkeypatch.delenv(name, raising=False)


def programs() -> Path | None:
    """Where PostgreSQL's programs are; Debian keeps them out of the path."""
    found = shutil.which("pg_ctl")
    folders = [Path(found).parent] if found else []
    folders += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    return next((folder for folder in folders if (folder / "initdb").exists()), None)


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """URL of a server without databases; it runs as an ordinary user, as it refuses to run as root."""
    pytest.importorskip("pg8000", reason="the extra postgres is not installed")
    bin_ = programs()
    if bin_ is None:
        pytest.skip("PostgreSQL is not installed (Debian: postgresql)")
    user = "nobody" if os.geteuid() == 0 else None
    folder = Path(tempfile.mkdtemp(prefix="tongli-pg-"))
    if user:
        shutil.chown(folder, user)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]

    def run(*command: str) -> None:
        done = subprocess.run(
            [str(bin_ / command[0]), *command[1:]],
            user=user,
            cwd=folder,
            capture_output=True,
            check=False,
            timeout=120,
        )
        if done.returncode:
            pytest.skip(f"PostgreSQL does not start here: {done.stderr.decode()[-200:]}")

    data = str(folder / "data")
    options = f"-c listen_addresses=127.0.0.1 -c port={port} -c fsync=off -k {folder}"
    run("initdb", "-D", data, "-U", "tongli", "-A", "trust", "-E", "UTF8", "--locale=C")
    run("pg_ctl", "-D", data, "-o", options, "-l", str(folder / "log"), "-w", "start")
    try:
        yield f"postgresql://tongli@127.0.0.1:{port}"
    finally:
        run("pg_ctl", "-D", data, "-m", "immediate", "-w", "stop")
        shutil.rmtree(folder)


@pytest.fixture(scope="session")
def template(tmp_path_factory) -> Path:
    """A migrated SQLite file to copy, which is quicker than to migrate one each."""
    path = tmp_path_factory.mktemp("template") / "studio.db"
    open_store(f"sqlite:///{path}").close()
    return path


@pytest.fixture(params=["sqlite", "postgresql"])
def backend(request) -> str:
    return request.param


@pytest.fixture
def empty_url(request, backend, tmp_path) -> str:
    """A database without tables."""
    if backend == "sqlite":
        return f"sqlite:///{tmp_path / 'empty.db'}"
    found = f"{request.getfixturevalue('postgresql')}/postgres"
    _run_sql(found, "DROP SCHEMA public CASCADE", "CREATE SCHEMA public")
    return found


@pytest.fixture
def url(request, backend, tmp_path, template) -> str:
    """A migrated database that holds nothing."""
    if backend == "sqlite":
        path = tmp_path / "studio.db"
        shutil.copy(template, path)
        return f"sqlite:///{path}"
    found = request.getfixturevalue("studio_database")
    open_store(found).close()  # the tables, where a test has erased them
    others = (table.name for table in reversed(Table.metadata.sorted_tables) if table.name not in SEEDED)
    _run_sql(
        found,
        *(f"DELETE FROM {name}" for name in others),
        f"DELETE FROM users WHERE id != '{LOCAL.id}'",
        f"UPDATE audit_head SET number = 0, digest = '{START}'",
    )
    return found


@pytest.fixture(scope="session")
def studio_database(postgresql) -> str:
    """A database for one test after the other."""
    _run_sql(f"{postgresql}/postgres", "CREATE DATABASE studio")
    return f"{postgresql}/studio"


def _run_sql(url: str, *statements: str) -> None:
    engine = create_engine(database_url(url), isolation_level="AUTOCOMMIT")
    try:
        with engine.connect() as connection:
            for statement in statements:
                connection.execute(text(statement))
    finally:
        engine.dispose()


@pytest.fixture
def store(url) -> Iterator[Store]:
    with open_store(url) as opened:
        yield opened


@pytest.fixture
def sqlite_store(tmp_path, template) -> Iterator[Store]:
    """For what does not depend on the database."""
    path = tmp_path / "one.db"
    shutil.copy(template, path)
    with open_store(f"sqlite:///{path}") as opened:
        yield opened


@pytest.fixture
def add_actor(monkeypatch):
    """Adds an account without the price of its password; returns its actor."""
    monkeypatch.setattr("tongli.applications.studio.accounts.hashed", lambda password: f"hash of {password}")

    def add(store: Store, name: str, role: str = "writer") -> Actor:
        account = store.accounts.add(name, password=PASSWORD, role=role, by=LOCAL)
        return Actor(id=account.id, name=account.name, role=account.role)

    return add
