"""``tongli people`` in real processes: what happened is told, never of whom."""

from __future__ import annotations


def test_what_happened_is_told_and_no_name(real, tmp_path):
    store = {"TONGLI_PEOPLE": str(tmp_path / "people.json")}

    def told(*arguments: str) -> str:
        done = real("people", *arguments, cwd=tmp_path, **store)
        assert (done.returncode, done.stdout) == (0, b"")
        assert b"Ona" not in done.stderr
        return done.stderr.decode().strip()

    assert told("list").startswith("Nobody is kept yet")
    assert told("add", "name=Ona;former_names=Bernd,Bert") == "1 added, 0 replaced"
    assert told("add", "name=Ona;pronouns=they/them") == "0 added, 1 replaced"
    (tmp_path / "more.toml").write_text('[[people]]\nname = "Ona"\n[[people]]\nname = "Ulf"\n')
    assert told("import", "more.toml") == "1 added, 1 replaced"
    assert told("remove", "Ona") == "1 removed"
