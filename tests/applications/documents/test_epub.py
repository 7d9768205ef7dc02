from __future__ import annotations

import re
import zipfile

import pytest

from tongli.applications.documents import open_document, save
from tongli.core import Edit, InputError
from tongli.core.edit import apply_edits
from tongli.empathy.gender.rules import Rewrite

PROTECTED = '<encryption><EncryptedData><EncryptionMethod Algorithm="{}"/></EncryptedData></encryption>'


def they(text):
    edits = tuple(
        Edit(span=m.span(), before=m[0], after="they & co", kind="", reason="", source="")
        for m in re.finditer(r"\bhe\b", text)
    )
    return Rewrite(text=apply_edits(text, edits), edits=edits)


def test_only_text_changes(make_epub, tmp_path):
    body = (
        "<h1 class='he'>One</h1>\r\n<!-- he --><p  id=\"he\">Well&nbsp;&#8212; <b>he</b>\n  said<br/>a &lt;"
        ' b, <code>he</code> <img alt="he"/><ruby>漢<rt>he</rt></ruby></p><script>he</script>'
        "<pre>he</pre><ul><li>he</li></ul>"
    )
    path = make_epub(body)
    (part,) = open_document(path).parts()
    found = list(part.paragraphs)
    assert [each.text for each in found] == [
        "One",
        "Well\u00a0— he said\na < b, \ufffc \ufffc漢",
        "\ufffc",
        "he",
    ]
    assert [each.level for each in found] == [1, 0, 0, 0]
    assert [each.number for each in found] == [1, 2, 3, 4]
    save(open_document(path), tmp_path / "b.epub", they)
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(tmp_path / "b.epub") as new:
        (name,) = (name for name in old.namelist() if name.endswith("xhtml"))
        expected = (
            old.read(name).replace(b"<b>he<", b"<b>they &amp; co<").replace(b"<li>he<", b"<li>they &amp; co<")
        )
        assert new.read(name) == expected


def test_chapters_come_in_the_order_of_the_spine(make_epub):
    parts = open_document(make_epub("<p>one</p>", "<p>two</p>")).parts()
    assert [(part.name, [each.text for each in part.paragraphs]) for part in parts] == [
        ("OPS/text/ch 0.xhtml", ["one"]),
        ("OPS/text/ch 1.xhtml", ["two"]),
    ]


def test_mimetype_is_first_and_stored(make_epub, tmp_path):
    path = make_epub("<p>he</p>")
    again = tmp_path / "again.epub"
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(again, "w", zipfile.ZIP_DEFLATED) as new:
        for name in reversed(old.namelist()):
            new.writestr(name, old.read(name))
    save(open_document(again), tmp_path / "b.epub", they)
    with zipfile.ZipFile(tmp_path / "b.epub") as archive:
        assert archive.infolist()[0].filename == "mimetype"
        assert archive.infolist()[0].compress_type == zipfile.ZIP_STORED
        assert not archive.infolist()[0].extra
    assert (tmp_path / "b.epub").read_bytes()[30:58] == b"mimetypeapplication/epub+zip"


@pytest.mark.parametrize("encoding", ["iso-8859-1", "utf-16"])
def test_other_encodings_stay(make_epub, tmp_path, encoding):
    text = f'<?xml version="1.0" encoding="{encoding}"?><html><body><p>é he</p></body></html>'
    path = make_epub("<p>x</p>")
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(tmp_path / "c.epub", "w") as new:
        for name in old.namelist():
            new.writestr(name, text.encode(encoding) if name.endswith("xhtml") else old.read(name))
    save(open_document(tmp_path / "c.epub"), tmp_path / "b.epub", they)
    with zipfile.ZipFile(tmp_path / "b.epub") as archive:
        found = archive.read("OPS/text/ch 0.xhtml").decode(encoding)
    assert found == text.replace("he<", "they &amp; co<")


def test_protected_books_are_refused(make_epub):
    font = make_epub(
        "<p>a</p>", more={"META-INF/encryption.xml": PROTECTED.format("http://www.idpf.org/2008/embedding")}
    )
    assert len(list(open_document(font).parts())) == 1
    for more in (
        {"META-INF/encryption.xml": PROTECTED.format("http://www.w3.org/2001/04/xmlenc#aes128-cbc")},
        {"META-INF/rights.xml": "<rights/>"},
    ):
        path = make_epub("<p>a</p>", more=more)
        with pytest.raises(InputError, match=r"document\.encrypted"):
            list(open_document(path).parts())


def test_books_without_what_they_promise(make_epub, tmp_path):
    path = make_epub("<p>a</p>")
    for missing in ("META-INF/container.xml", "OPS/book.opf", "OPS/text/ch 0.xhtml"):
        with zipfile.ZipFile(path) as old, zipfile.ZipFile(tmp_path / "c.epub", "w") as new:
            for name in old.namelist():
                if name != missing:
                    new.writestr(name, old.read(name))
        with pytest.raises(InputError, match=r"document\.damaged"):
            list(open_document(tmp_path / "c.epub").parts())
