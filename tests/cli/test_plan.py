from __future__ import annotations

import tomllib

import pytest
from typer.testing import CliRunner

from tongli.cli import app

pytestmark = pytest.mark.models


def test_what_a_plan_file_changes_becomes_a_style(tmp_path, monkeypatch):
    monkeypatch.setenv("TONGLI_STYLES", str(tmp_path / "styles"))
    changes = tmp_path / "plan.toml"
    changes.write_text('register = "formal"\nsignoff = "The Lantern team"\nsalutation = "Robin"\n', "utf-8")
    message = "Where is my parcel KX-20417?"
    told = CliRunner().invoke(app, ["plan", message, "--plan", str(changes), "--save-style", "lantern"])
    assert told.exit_code == 0, told.output
    plan = tomllib.loads(told.output)
    assert (plan["register"], plan["salutation"], plan["keep"]) == ("formal", "Robin", ["KX-20417"])
    style = tomllib.loads((tmp_path / "styles" / "lantern.toml").read_text("utf-8"))
    assert style == {"register": "formal", "signoff": {"en": "The Lantern team"}}
    again = CliRunner().invoke(app, ["plan", message, "--style", "lantern"])
    assert tomllib.loads(again.output)["signoff"] == "The Lantern team"
