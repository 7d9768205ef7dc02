from __future__ import annotations

import re
import zipfile

import pytest

from tongli.applications.documents import open_document, save
from tongli.core import Edit, InputError
from tongli.core.edit import apply_edits
from tongli.empathy.gender.rules import Rewrite


def they(text):
    words = {"He is": "They are", "he": "they", "his": "", "Hi": "Hello & <hi>"}
    edits = tuple(
        Edit(span=m.span(), before=m[0], after=words[m[0]], kind="", reason="", source="")
        for m in re.finditer(r"\b(?:He is|he|his|Hi)\b", text)
    )
    return Rewrite(text=apply_edits(text, edits), edits=edits)


def body(path, member="word/document.xml"):
    with zipfile.ZipFile(path) as archive:
        return archive.read(member).decode()


def test_bold_links_and_tables_stay(make_docx, tmp_path):
    path = make_docx(
        "<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>He</w:t></w:r><w:r><w:t> is late.</w:t></w:r>"
        '<w:hyperlink r:id="he"><w:r><w:t>he</w:t></w:r></w:hyperlink></w:p>'
        "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>Hi</w:t></w:r></w:p></w:tc></w:tr></w:tbl>",
        notes="<w:p><w:r><w:t>he</w:t></w:r></w:p>",
    )
    save(open_document(path), tmp_path / "b.docx", they)
    assert body(tmp_path / "b.docx") == body(path).replace(
        "<w:t>He</w:t></w:r><w:r><w:t> is",
        '<w:t xml:space="preserve">They</w:t></w:r><w:r><w:t xml:space="preserve"> are',
    ).replace("<w:t>he<", '<w:t xml:space="preserve">they<').replace(
        "<w:t>Hi<", '<w:t xml:space="preserve">Hello &amp; &lt;hi&gt;<'
    )
    assert ">they<" in body(tmp_path / "b.docx", "word/footnotes.xml")


def test_what_is_no_text_is_not_read(make_docx):
    path = make_docx(
        '<w:p><w:pPr><w:pStyle w:val="berschrift1"/><w:tabs><w:tab w:val="left"/></w:tabs></w:pPr>'
        "<w:r><w:t>A</w:t><w:tab/><w:t>b &#233;</w:t></w:r><w:del><w:r><w:delText>x</w:delText></w:r></w:del>"
        "<w:moveFrom><w:r><w:t>gone</w:t></w:r></w:moveFrom><w:r><w:instrText>PAGE</w:instrText></w:r>"
        "<w:r><w:txbxContent><w:p><w:r><w:t>box</w:t></w:r></w:p></w:txbxContent></w:r></w:p>"
    )
    (first, second) = next(iter(open_document(path).parts())).paragraphs
    assert (first.text, second.text) == ("box", "A\tb é")
    assert (first.level, second.level) == (0, 1)


def test_a_tab_is_not_edited(make_docx, tmp_path):
    path = make_docx("<w:p><w:r><w:t>He</w:t><w:tab/><w:t>is</w:t></w:r></w:p>")
    edit = Edit(span=(0, 5), before="He\tis", after="They", kind="", reason="", source="")
    _, changes = save(
        open_document(path), tmp_path / "b.docx", lambda text: Rewrite(text=text, edits=(edit,))
    )
    assert (changes.edits, changes.abstained) == (0, 1)
    assert body(tmp_path / "b.docx") == body(path)


def test_what_a_library_writes_is_read_and_can_be_read_again(tmp_path):
    docx = pytest.importorskip("docx")
    made = docx.Document()
    made.add_heading("One", level=1)
    paragraph = made.add_paragraph("Hello, ")
    paragraph.add_run("he").italic = True
    paragraph.add_run(" said.")
    made.add_table(1, 1).cell(0, 0).text = "he"
    made.sections[0].header.paragraphs[0].text = "he"
    made.save(tmp_path / "a.docx")
    save(open_document(tmp_path / "a.docx"), tmp_path / "b.docx", they)
    read = docx.Document(str(tmp_path / "b.docx"))
    assert [each.text for each in read.paragraphs] == ["One", "Hello, they said."]
    assert [run.italic for run in read.paragraphs[1].runs] == [None, True, None]
    assert read.tables[0].cell(0, 0).text == "they"
    assert read.sections[0].header.paragraphs[0].text == "they"
    part = next(open_document(tmp_path / "b.docx").parts())
    assert next(iter(part.paragraphs)).level == 1


def test_no_word_processors_text(make_epub, tmp_path):
    path = make_epub("<p>a</p>", name="a.docx")
    with pytest.raises(InputError, match=r"document\.damaged"):
        list(open_document(path).parts())
