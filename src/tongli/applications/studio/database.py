"""The database: SQLite in the user's data folder, or PostgreSQL by URL."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from platformdirs import user_data_path
from sqlalchemy import URL, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError, SQLAlchemyError
from sqlalchemy.orm import Session

from tongli.core import ConfigError, StorageError

VARIABLE = "TONGLI_DATABASE_URL"
_BUSY_SECONDS = 30
_WRITES = "tongli_writes"
_HERE = frozenset({"localhost", "127.0.0.1", "::1"})
_PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",  # what was acknowledged survives a loss of power, too
    "foreign_keys=ON",
    "secure_delete=ON",
    f"busy_timeout={1000 * _BUSY_SECONDS}",
)


def database_url(url: str | None = None, *, env: Mapping[str, str] | None = None) -> URL:
    """The URL to use: the one given, ``TONGLI_DATABASE_URL``, or a file in the user's data folder.

    Raises:
        ConfigError: ``studio.url`` for what is neither SQLite nor PostgreSQL.
    """
    named = url or (os.environ if env is None else env).get(VARIABLE)
    if not named:
        return URL.create("sqlite", database=str(user_data_path("tongli") / "studio.db"))
    try:
        found = make_url(named)
    except ArgumentError:
        raise _no_url() from None
    if found.drivername in {"postgresql", "postgres"}:
        return found.set(drivername="postgresql+pg8000")
    if found.drivername == "sqlite" and found.database not in {None, "", ":memory:"}:
        return found
    if found.drivername.startswith("postgresql+"):
        return found
    raise _no_url()


class Database:
    """Connections, and transactions on them, from any thread.

    Args:
        url: as :func:`database_url` gives it.

    Raises:
        ConfigError: ``studio.driver`` without the package that talks to PostgreSQL.
        StorageError: ``studio.file`` when the file of SQLite cannot be made.
    """

    def __init__(self, url: URL) -> None:
        self.url = url
        if url.get_backend_name() == "sqlite":
            _private_file(Path(str(url.database)))
        self.engine = _engine(url)
        self._writer = self.engine.execution_options(**{_WRITES: True})

    @property
    def elsewhere(self) -> bool:
        """Whether it is on another machine, as far as the URL tells."""
        return (self.url.host or "localhost") not in _HERE

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session on one snapshot; raises ``StorageError`` (``studio.database``)."""
        with _told(), Session(self.engine, expire_on_commit=False) as session:
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """A transaction, committed at the end and durable then; raises as :meth:`reading`.

        On SQLite it waits for its turn at the start, so that it never fails half-way.
        """
        with _told(), Session(self._writer, expire_on_commit=False) as session, session.begin():
            yield session

    def close(self) -> None:
        """Close every connection."""
        self.engine.dispose()


def _engine(url: URL) -> Engine:
    options: dict[str, Any] = {"pool_pre_ping": True, "hide_parameters": True, "max_overflow": 20}
    sqlite = url.get_backend_name() == "sqlite"
    if sqlite:
        options["connect_args"] = {"timeout": _BUSY_SECONDS}
    try:
        engine = create_engine(url, **options)
    except (ImportError, NoSuchModuleError):
        raise ConfigError(
            "studio.driver",
            received=f"a URL for {url.drivername}, whose package is not installed",
            allowed="sqlite:///PATH, or postgresql://USER@HOST/NAME with the package pg8000",
            fix='Install it: pip install "tongli[postgres]".',
        ) from None
    if sqlite:
        event.listen(engine, "connect", _configure)
        event.listen(engine, "begin", _begin)
    return engine


def _configure(connection: Any, _: object) -> None:
    connection.isolation_level = (
        None  # transactions begin where SQLAlchemy says so, not where sqlite3 guesses
    )
    for pragma in _PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Any) -> None:
    writes = connection.get_execution_options().get(_WRITES, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


@contextmanager
def _told() -> Iterator[None]:
    """Failures of the database without the statement, which may hold what somebody wrote."""
    try:
        yield
    except SQLAlchemyError as error:
        raise StorageError(
            "studio.database",
            received=f"a failure of the database ({type(error).__name__})",
            allowed="a database that can be reached and written",
            fix="Check that it runs, its disk, and tongli studio status.",
        ) from None


def _private_file(path: Path) -> None:
    """An empty file that its owner alone may read; SQLite gives its side files the same mode."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    except OSError as error:
        raise StorageError(
            "studio.file",
            received=f"{path}, which cannot be written ({os.strerror(error.errno or 0)})",
            allowed="a writable file in a folder of yours",
            fix=f"Check the folder, or name another one: {VARIABLE}=sqlite:///PATH.",
        ) from error


def _no_url() -> ConfigError:
    return ConfigError(
        "studio.url",
        received="a database URL of another kind",
        allowed="sqlite:///PATH or postgresql://USER@HOST/NAME",
        fix=f"Correct --database or {VARIABLE}.",
    )
