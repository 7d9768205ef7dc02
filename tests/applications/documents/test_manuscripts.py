"""What manuscripts have that passed through several hands: tracked changes, notes, boxes, soft hyphens."""

from __future__ import annotations

import re
import zipfile

from tongli.applications.documents import open_document, read_prose, save
from tongli.core import Edit
from tongli.core.edit import apply_edits
from tongli.empathy.gender.rules import Rewrite

BREAK = "<w:r><w:lastRenderedPageBreak/></w:r>"


def run(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(inner: str) -> str:
    return f"<w:p>{inner}</w:p>"


def xe(text: str) -> Rewrite:
    words = {"she": "xe", "herself": "xemself"}
    edits = tuple(
        Edit(span=match.span(), before=match[0], after=words[match[0]], kind="", reason="", source="")
        for match in re.finditer(r"\b(?:she|herself)\b", text)
    )
    return Rewrite(text=apply_edits(text, edits), edits=edits)


def body(path, member="word/document.xml"):
    with zipfile.ZipFile(path) as archive:
        return archive.read(member).decode()


def rewritten(path, tmp_path, member="word/document.xml"):
    target = tmp_path / f"new{path.suffix}"
    save(open_document(path), target, xe)
    return body(target, member)


def read(path):
    return [each for part in open_document(path).parts() for each in part.paragraphs]


def test_a_word_half_inserted_is_there_whether_the_insertion_is_taken_or_not(make_docx, tmp_path):
    path = make_docx(paragraph(f"<w:ins>{run('s')}</w:ins>{run('he ran')}<w:ins>{run(', she said')}</w:ins>"))
    assert rewritten(path, tmp_path) == body(path).replace(
        f"<w:ins>{run('s')}</w:ins>{run('he ran')}<w:ins>{run(', she said')}</w:ins>",
        f"<w:ins>{run('')}</w:ins>{run('xe ran')}<w:ins>{run(', xe said')}</w:ins>",
    )


def test_soft_hyphens_part_no_word(make_docx, make_epub, tmp_path):
    path = make_docx(paragraph(run("by h\u00ader&#173;self, un\u00adseen")))
    assert read(path)[0].text == "by herself, unseen"
    assert "by xemself, un\u00adseen" in rewritten(path, tmp_path)
    book = make_epub("<p>by h&shy;er\u00adself, un&shy;seen</p>")
    assert read(book)[0].text == "by herself, unseen"
    assert "<p>by xemself, un&shy;seen</p>" in rewritten(book, tmp_path, "OPS/text/ch 0.xhtml")


def test_a_text_box_is_read_once_and_changed_twice(make_docx, tmp_path):
    box = "<w:txbxContent>{}</w:txbxContent>"
    same, other = paragraph(run("she sold it")), paragraph(run("she kept it"))
    path = make_docx(
        paragraph(
            f"{run('Kim')}<w:r><mc:AlternateContent><mc:Choice>{box.format(same)}</mc:Choice><mc:Fallback>"
            f"{box.format(same + other)}</mc:Fallback></mc:AlternateContent></w:r>"
        )
    )
    assert [(each.text, each.again, each.where) for each in read(path)] == [
        ("she sold it", False, "text box, paragraph 1"),
        ("she sold it", True, "text box, paragraph 2"),
        ("she kept it", False, "text box, paragraph 2"),
        ("Kim", False, "paragraph 3"),
    ]
    assert rewritten(path, tmp_path) == body(path).replace("she", "xe")
    assert read_prose(str(path)).document.text == "she sold it\n\nshe kept it\n\nKim"


def test_how_a_paragraph_was_formatted_before_is_no_heading(make_docx):
    change = '<w:pPrChange><w:pPr><w:pStyle w:val="berschrift1"/></w:pPr></w:pPrChange>'
    assert read(make_docx(paragraph(f"<w:pPr>{change}</w:pPr>{run('Text')}")))[0].level == 0


def test_places_that_a_reader_can_follow(make_docx):
    cell = f"<w:tc>{paragraph(run('cell'))}</w:tc>"
    row, reference = f"<w:tr>{cell}</w:tr>", '<w:r><w:{0}Reference w:id="{1}"/></w:r>'
    notes = "".join(
        f'<w:footnote w:id="{number}">{paragraph(run(f"note {number}"))}</w:footnote>' for number in (3, 7, 9)
    )
    text = (
        run("two") + reference.format("footnote", 7) + reference.format("endnote", 1) + BREAK + run(" pages")
    )
    path = make_docx(
        paragraph(run("one"))
        + paragraph(BREAK + text)
        # a note that is struck out of the text is still in its file
        + f"<w:tbl>{row}{row}</w:tbl>"
        + paragraph(run("end") + reference.format("footnote", 3)),
        notes=notes,
    )
    assert {each.text: each.where for each in read(path)} == {
        "one": "page 1, paragraph 1",
        "two pages": "page 2, paragraph 2",
        "cell": "page 3, table 1, row 2, paragraph 4",
        "end": "page 3, paragraph 5",
        "note 3": "footnote 2",
        "note 7": "footnote 1",
        "note 9": "footnote 9",
    }
    prose = read_prose(str(path))
    assert prose.where(prose.document.text.index("pages")) == " page 2, paragraph 2, character 5"


def test_numbers_of_notes_are_no_part_of_words(make_epub, tmp_path):
    path = make_epub(
        '<p>Kim<sup><a epub:type="noteref" href="#n">1</a></sup> ran.</p>'
        '<p>Kim<a role="doc-noteref" href="#n">[2]</a> ran, 5<sup>th</sup> of 10<sup>*</sup></p>'
        '<p>M<sup>me</sup> <a href="#n">2</a></p>'
    )
    assert [each.text for each in read(path)] == ["Kim ran.", "Kim ran, 5th of 10", "Mme 2"]
    assert rewritten(path, tmp_path, "OPS/text/ch 0.xhtml") == body(path, "OPS/text/ch 0.xhtml")


def test_notes_of_markdown_are_prose_and_front_matter_is_not(tmp_path):
    path = tmp_path / "a.md"
    path.write_text(
        "+++\ntitle = 'she'\n+++\n\nKim ran.[^1]\n\n[^1]: she ran\n\n[she]: http://a.example/she\n"
    )
    target = tmp_path / "b.md"
    save(open_document(path), target, xe)
    assert target.read_text() == path.read_text().replace("she ran", "xe ran")
    assert "she ran" in read_prose(str(path)).document.prose
    assert "title" not in read_prose(str(path)).document.prose
