from __future__ import annotations

import pytest

pytest.importorskip("sqlalchemy", reason="the extra studio is not installed")


@pytest.fixture
def tongli(real, tmp_path):
    """``tongli`` with a database and people of its own; returns the finished process."""

    def run(*arguments, stdin=b"", **env):
        return real(
            *arguments,
            stdin=stdin,
            TONGLI_DATABASE_URL=f"sqlite:///{tmp_path}/studio.db",
            TONGLI_PEOPLE=str(tmp_path / "people.json"),
            TONGLI_PEOPLE_KEY="",
            **env,
        )

    return run
