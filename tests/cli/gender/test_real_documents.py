"""What word processors put into a document beside plain runs, and a rewrite that is killed."""

from __future__ import annotations

import json
import re
import signal
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest
from typer.testing import CliRunner

from tongli.cli import app

docx = pytest.importorskip("docx")

KINDS = "application/vnd.openxmlformats-officedocument.wordprocessingml."
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
NOTES = {"footnotes": "footnote", "endnotes": "endnote", "comments": "comment"}


def run(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


PARAGRAPHS = {
    "inserted": run("Kim said ") + f'<w:ins w:id="1" w:author="E">{run("she would go")}</w:ins>' + run("."),
    "struck out": run("Kim hid")
    + '<w:del w:id="2" w:author="E"><w:r><w:delText> her</w:delText></w:r></w:del>',
    "moved away": f'<w:moveFrom w:id="3" w:author="E">{run("Kim and her cat.")}</w:moveFrom>',
    "moved here": f'<w:moveTo w:id="4" w:author="E">{run("Kim and her cat.")}</w:moveTo>',
    "link": run("Kim ran. ") + f'<w:hyperlink w:anchor="her">{run("Her link")}</w:hyperlink>',
    "field": run("Kim and ")
    + '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>REF her</w:instrText></w:r>'
    + f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run("her dog")}'
    + '<w:r><w:fldChar w:fldCharType="end"/></w:r>',
    "control": f"<w:sdt><w:sdtContent>{run('Kim fed her fish.')}</w:sdtContent></w:sdt>",
    "split": run("Kim shook he") + '<w:bookmarkStart w:id="7" w:name="b"/>' + run("rself awake."),
    "noted": run("Kim lost her") + '<w:r><w:footnoteReference w:id="2"/></w:r>' + run(" hat."),
}
WANTED = {
    "inserted": "Kim said xe would go.",
    "struck out": "Kim hid her",
    "moved away": "Kim and her cat.",
    "moved here": "Kim and xyr cat.",
    "link": "Kim ran. Xyr link",
    "field": "Kim and REF herxyr dog",
    "control": "Kim fed xyr fish.",
    "split": "Kim shook xemself awake.",
    "noted": "Kim lost xyr hat.",
}


@pytest.fixture
def people(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "people.toml"
    path.write_text('[[people]]\nname = "Kim"\npronouns = "xe/xem/xyr/xyrs/xemself"\n')
    return str(path)


def make(path: Path) -> None:
    document = docx.Document()
    document.core_properties.title = "Kim and her book"
    document.sections[0].header.paragraphs[0].text = "Kim and her story"
    document.add_table(1, 1).cell(0, 0).text = "Kim sold her car."
    plain = path.with_name("plain.docx")
    document.save(plain)
    body = "".join(f"<w:p>{inner}</w:p>" for inner in PARAGRAPHS.values())
    types = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{KINDS}{name}+xml"/>' for name in NOTES
    )
    with zipfile.ZipFile(plain) as source, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
        for item in source.infolist():
            data = source.read(item)
            if item.filename == "word/document.xml":
                data = data.replace(b"<w:sectPr", f"{body}<w:sectPr".encode(), 1)
            if item.filename == "[Content_Types].xml":
                data = data.replace(b"</Types>", f"{types}</Types>".encode())
            target.writestr(item, data)
        for name, one in NOTES.items():
            note = f'<w:{one} w:id="2"><w:p>{run("Kim wrote her note.")}</w:p></w:{one}>'
            target.writestr(f"word/{name}.xml", f'<?xml version="1.0"?><w:{name} {W}>{note}</w:{name}>')


def parts(path: Path) -> dict[str, str]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name).decode("utf-8", "replace") for name in archive.namelist()}


def shown(part: str) -> list[str]:
    return [re.sub(r"<[^>]+>", "", each) for each in re.findall(r"<w:p[ >].*?</w:p>", part, re.DOTALL)]


def tags(part: str) -> list[str]:
    return re.findall(r"<[^>]+>", part.replace(' xml:space="preserve"', ""))


def test_tracked_changes_notes_fields_and_links(people, tmp_path):
    make(tmp_path / "a.docx")
    found = CliRunner().invoke(
        app, ["gender", "rewrite", "a.docx", "--people", people, "--lang", "en", "-o", "b.docx"]
    )
    assert found.exit_code == 0, found.output
    before, after = parts(tmp_path / "a.docx"), parts(tmp_path / "b.docx")
    assert list(before) == list(after)
    assert shown(after["word/document.xml"]) == ["Kim sold xyr car.", *WANTED.values()]
    for name in ("footnotes", "endnotes"):
        assert shown(after[f"word/{name}.xml"]) == ["Kim wrote xyr note."]
    header = next(name for name in before if "header" in name and "xyr" in after[name])
    changed = {name for name in before if before[name] != after[name]}
    assert changed == {"word/document.xml", "word/footnotes.xml", "word/endnotes.xml", header}
    assert all(tags(before[name]) == tags(after[name]) for name in changed)
    assert len(docx.Document(tmp_path / "b.docx").paragraphs) == len(PARAGRAPHS)


def test_notes_and_headers_of_a_document_are_no_chapters_by_the_names_of_their_files(people, tmp_path):
    make(tmp_path / "a.docx")
    told = CliRunner().invoke(
        app, ["gender", "consistency", "a.docx", "--people", people, "--lang", "en", "--json"]
    )
    titles = [chapter["title"] for chapter in json.loads(told.stdout)["chapters"]]
    assert titles == ["word/document.xml", "footnotes", "endnotes", "headers"]


def test_a_killed_rewrite_leaves_the_original(people, tmp_path):
    manuscript = tmp_path / "novel.txt"
    page = "Kim walked on. She was late, and her coat was wet.\n\n" * 30
    manuscript.write_text(page * 300)
    original = manuscript.read_bytes()
    options = ["--people", people, "--lang", "en", "--in-place"]
    job = subprocess.Popen([sys.executable, "-m", "tongli", "gender", "rewrite", "novel.txt", *options])
    draft = tmp_path / "novel.txt.tmp"
    until = time.monotonic() + 120
    while job.poll() is None and time.monotonic() < until and not (draft.exists() and draft.stat().st_size):
        time.sleep(0.005)
    job.send_signal(signal.SIGKILL)
    assert job.wait() == -signal.SIGKILL
    assert manuscript.read_bytes() == original
    assert not (tmp_path / "novel.txt.bak").exists()
    manuscript.write_text(page)
    again = CliRunner().invoke(app, ["gender", "rewrite", "novel.txt", *options])
    assert again.exit_code == 0, again.output
    assert (tmp_path / "novel.txt.bak").read_text() == page
    assert manuscript.read_text() == page.replace("She was", "Xe was").replace("her coat", "xyr coat")
