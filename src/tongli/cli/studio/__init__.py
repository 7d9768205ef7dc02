"""``tongli studio``: the web application, its accounts and its database."""

from __future__ import annotations

import typer

from tongli.cli.studio.audit import audit
from tongli.cli.studio.keep import edits, erase, migrate, status
from tongli.cli.studio.start import start
from tongli.cli.studio.user import user

studio = typer.Typer(callback=start, invoke_without_command=True)
studio.add_typer(user, name="user")
studio.add_typer(audit, name="audit")
studio.command()(status)
studio.command()(migrate)
studio.command()(edits)
studio.command()(erase)
