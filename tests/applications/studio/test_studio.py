from __future__ import annotations

import subprocess
import sys

import pytest

from tongli.applications.studio import open_store
from tongli.core import ConfigError


@pytest.mark.parametrize("package", ["sqlalchemy", "alembic", "argon2"])
def test_a_missing_package_is_named_with_what_to_install(monkeypatch, package):
    for name in [name for name in sys.modules if name.startswith("tongli.applications.studio.")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(ConfigError) as caught:
        open_store()
    assert caught.value.code == "studio.package"
    assert package in str(caught.value)
    assert "tongli[studio]" in caught.value.fix


def test_the_types_need_no_package():
    code = (
        "import sys, tongli.applications.studio as s; assert s.LOCAL; assert 'sqlalchemy' not in sys.modules"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
