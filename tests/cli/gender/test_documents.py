"""``tongli gender`` on documents."""

from __future__ import annotations

import json
import zipfile

import pytest
from typer.testing import CliRunner

from tongli.cli import app
from tongli.core import ConfigError, InputError

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
BODY = (
    f'<w:document xmlns:w="{W}"><w:body><w:p><w:r><w:t>Kim is at home today.</w:t></w:r></w:p>'
    "<w:p><w:r><w:t>Kim said that </w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>she</w:t></w:r>"
    "<w:r><w:t> would not come.</w:t></w:r></w:p></w:body></w:document>"
)


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "people.toml").write_text('[[people]]\nname = "Kim"\npronouns = "they/them"\n')
    with zipfile.ZipFile(tmp_path / "a.docx", "w") as archive:
        archive.writestr("[Content_Types].xml", f'<Override PartName="/d.xml" ContentType="{KIND}"/>')
        archive.writestr("d.xml", BODY)

    def run(*arguments: str):
        return CliRunner().invoke(app, ["gender", *arguments, "--people", "people.toml"])

    return run


def body(path):
    with zipfile.ZipFile(path) as archive:
        return archive.read("d.xml").decode()


def test_rewrite(run, tmp_path):
    found = run("rewrite", "a.docx", "-o", "b.docx")
    assert found.exit_code == 0, found.output
    assert body(tmp_path / "b.docx") == BODY.replace("<w:t>she<", '<w:t xml:space="preserve">they<')
    assert body(tmp_path / "a.docx") == BODY
    again = run("rewrite", "a.docx", "-o", "b.docx")
    assert isinstance(again.exception, ConfigError)
    assert "--overwrite" in again.exception.fix
    assert "--resume" not in again.exception.fix  # rewrite has none
    assert run("rewrite", "a.docx", "--in-place", "--lang", "en").exit_code == 0
    assert body(tmp_path / "a.docx.bak") == BODY
    assert "they" in body(tmp_path / "a.docx")
    before = (tmp_path / "a.docx").stat()
    nothing = run("rewrite", "a.docx", "--in-place", "--lang", "en")
    assert "0 changed" in nothing.stderr
    assert (tmp_path / "a.docx").stat() == before
    assert not (tmp_path / "a.docx.bak1").exists()


def test_check(run):
    found = run("check", "a.docx")
    assert found.exit_code == 1
    assert "a.docx: paragraph 2, character 15: warning misgendering “she”" in found.output


def test_a_mark_is_for_one_paragraph(run, tmp_path):
    marked = "".join(
        f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"
        for text in ("tongli: author's choice", "Kim said she would.", "Kim said she would not.")
    )
    with zipfile.ZipFile(tmp_path / "b.docx", "w") as archive:
        archive.writestr("[Content_Types].xml", f'<Override PartName="/d.xml" ContentType="{KIND}"/>')
        archive.writestr("d.xml", f'<w:document xmlns:w="{W}"><w:body>{marked}</w:body></w:document>')
    found = run("check", "b.docx", "--lang", "en")
    assert "b.docx: paragraph 2," not in found.output
    assert "b.docx: paragraph 3, character 10: warning misgendering “she”" in found.output


def test_consistency(run, tmp_path):
    found = run("consistency", "a.docx", "--json")
    assert found.exit_code == 0, found.output
    data = json.loads(found.output)
    assert data["lang"] == "en"
    (item,) = data["characters"][0]["deviations"]
    assert (item["value"], item["expected"]) == ("she", "they")
    assert item["places"] == [{"chapter": 1, "part": "d.xml", "number": 2, "where": "paragraph 2"}]
    told = run("consistency", "a.docx").output
    assert "a.docx: paragraph 2: pronouns she, not they as declared (1 d.xml)" in told


def test_nothing_to_tell(run, tmp_path):
    (tmp_path / "a.txt").write_text("The rain fell on the town all day long.\n")
    found = run("consistency", "a.txt", "--lang", "en")
    assert found.output == "Kim\n  nothing found\n"


def test_a_damaged_document_and_an_unclear_language(run, tmp_path):
    (tmp_path / "b.docx").write_bytes(b"PK")
    found = run("rewrite", "b.docx", "--in-place", "--lang", "en")
    assert isinstance(found.exception, InputError)
    assert found.exception.code == "document.damaged"
    assert sorted(each.name for each in tmp_path.iterdir()) == ["a.docx", "b.docx", "people.toml"]
    (tmp_path / "c.txt").write_text("12 34\n")
    found = run("consistency", "c.txt")
    assert isinstance(found.exception, ConfigError)
    assert found.exception.code == "gender.input"
