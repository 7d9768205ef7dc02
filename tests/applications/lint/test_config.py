from __future__ import annotations

import pytest

from tongli.applications.lint.config import LintConfig, load
from tongli.core import ConfigError
from tongli.knowledge.claim_files import claims

MOON = claims("en")["en.idiom.over-the-moon"]


def test_the_nearest_file_upwards(tmp_path):
    inner = tmp_path / "a" / "b"
    inner.mkdir(parents=True)
    (tmp_path / "pyproject.toml").write_text('[tool.tongli.lint]\nfor = ["de-DE"]\n', "utf-8")
    assert load(start=inner).audiences == ("de-DE",)
    (tmp_path / "a" / "pyproject.toml").write_text("[tool.other]\n", "utf-8")
    assert load(start=inner).audiences == ("de-DE",)
    (tmp_path / "a" / ".tongli-lint.toml").write_text(
        'for = ["ja-JP"]\nselect = ["idiom"]\nignore = ["en.idiom.x"]\nfail-on = "note"\nlang = "en"\n',
        "utf-8",
    )
    assert load(start=inner) == LintConfig(
        audiences=("ja-JP",),
        select=frozenset({"idiom"}),
        ignore=frozenset({"en.idiom.x"}),
        fail_on="note",
        lang="en",
    )


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("for = 'de-DE'", r"lint\.config"),
        ("four = ['de-DE']", r"lint\.config"),
        ("for =", r"lint\.config"),
        ("lang = 3", r"lint\.config"),
        ("select = ['idoms']", r"lint\.rule"),
        ("ignore = ['en.idiom']", r"lint\.rule"),
        ("fail-on = 'error'", r"lint\.fail-on"),
    ],
)
def test_what_it_does_not_know_is_refused(tmp_path, text, code):
    path = tmp_path / "lint.toml"
    path.write_text(text, "utf-8")
    with pytest.raises(ConfigError, match=code):
        load(path)


def test_a_named_file_must_be_there(tmp_path):
    with pytest.raises(ConfigError, match=r"lint\.config"):
        load(tmp_path / "none.toml")


def test_selecting_and_ignoring():
    assert LintConfig().wants(MOON)
    assert LintConfig(select=frozenset({MOON.id})).wants(MOON)
    assert not LintConfig(select=frozenset({"taboo"})).wants(MOON)
    assert not LintConfig(select=frozenset({"idiom"}), ignore=frozenset({MOON.id})).wants(MOON)


def test_failing():
    assert LintConfig(fail_on="warning").fails(["note", "warning"])
    assert not LintConfig(fail_on="warning").fails(["note"])
    assert LintConfig(fail_on="note").fails(["note"])
    assert not LintConfig(fail_on="never").fails(["warning"])
    assert not LintConfig(fail_on="note").fails([])
