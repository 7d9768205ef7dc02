"""What holds for every format."""

from __future__ import annotations

import re
import zipfile
from html import escape

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tongli.applications.documents import open_document, read_prose, save
from tongli.core import Edit, InputError, StorageError
from tongli.core.edit import apply_edits
from tongli.empathy.gender.rules import Rewrite


def swap(**words):
    """A rewriter of whole words."""

    def rewrite(text):
        edits = tuple(
            Edit(span=m.span(), before=m[0], after=words[m[0]], kind="pronoun", reason="test", source="test")
            for m in re.finditer(rf"\b(?:{'|'.join(words)})\b", text)
        )
        return Rewrite(text=apply_edits(text, edits), edits=edits)

    return rewrite


def members(path):
    with zipfile.ZipFile(path) as archive:
        return {info.filename: archive.read(info) for info in archive.infolist()}


def paragraphs(path):
    return [each.text for part in open_document(path).parts() for each in part.paragraphs]


PIECES = st.lists(st.text("abcdé& <'我", min_size=1, max_size=6), min_size=1, max_size=5)
PARAGRAPHS = st.lists(
    PIECES.map(lambda pieces: [piece.replace("  ", " ") for piece in ("x", *pieces, "y")]),
    min_size=1,
    max_size=4,
)


@st.composite
def edited(draw):
    """Paragraphs in pieces, and edits of each paragraph's text."""
    found = []
    for drawn in draw(PARAGRAPHS):
        text = re.sub(" +", " ", "".join(drawn))
        pieces = split_like(drawn, text)
        cuts = sorted(draw(st.sets(st.integers(0, len(text)), max_size=6)))
        edits = [
            Edit(
                span=(a, b),
                before=text[a:b],
                after=draw(st.text("zw&<é", max_size=4)),
                kind="",
                reason="",
                source="",
            )
            for a, b in zip(cuts[::2], cuts[1::2], strict=False)
        ]
        found.append((pieces, edits))
    return found


def split_like(pieces, text):
    """Pieces as long as these, of another text."""
    out, at = [], 0
    for piece in pieces[:-1]:
        out.append(text[at : at + len(piece)])
        at += len(piece)
    return [piece for piece in (*out, text[at:]) if piece]


def as_docx(make_docx, texts):
    return make_docx(
        "".join(
            "<w:p>"
            + "".join(
                f'<w:r><w:rPr><w:b/></w:rPr><w:t xml:space="preserve">{escape(p)}</w:t></w:r>' for p in pieces
            )
            + "</w:p>"
            for pieces in texts
        )
    )


def as_epub(make_epub, texts):
    return make_epub(
        "".join(f"<p>{''.join(f'<i>{escape(p)}</i>' for p in pieces)}</p>\n" for pieces in texts)
    )


def as_text(tmp_path, texts):
    path = tmp_path / "a.txt"
    path.write_text("\n\n".join("".join(pieces) for pieces in texts), encoding="utf-8", newline="")
    return path


@pytest.mark.parametrize("ending", ["docx", "epub", "txt"])
@given(case=edited())
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_edits_through_any_format_are_edits_of_its_text(ending, case, make_docx, make_epub, tmp_path):
    texts = [pieces for pieces, _ in case]
    path = {
        "docx": lambda: as_docx(make_docx, texts),
        "epub": lambda: as_epub(make_epub, texts),
        "txt": lambda: as_text(tmp_path, texts),
    }[ending]()
    plain = ["".join(pieces) for pieces in texts]
    assert paragraphs(path) == plain
    starts = [sum(len(each) + 2 for each in plain[:index]) for index in range(len(plain))]
    edits = tuple(
        Edit(
            span=(edit.span[0] + start, edit.span[1] + start),
            before=edit.before,
            after=edit.after,
            kind="",
            reason="",
            source="",
        )
        for start, (_, own) in zip(starts, case, strict=True)
        for edit in own
    )
    target = tmp_path / f"out.{ending}"
    _, changes = save(open_document(path), target, lambda text: Rewrite(text=text, edits=edits))
    expected = [apply_edits(text, own) for text, (_, own) in zip(plain, case, strict=True)]
    assert [changes.edits, changes.abstained] == [len(edits), 0]
    assert paragraphs(target) == [text for text in expected if text.strip()]


@pytest.mark.parametrize("ending", ["docx", "epub", "md"])
def test_nothing_changes_without_edits(ending, make_docx, make_epub, tmp_path):
    path = {
        "docx": lambda: as_docx(make_docx, [["He ", "left."]]),
        "epub": lambda: as_epub(make_epub, [["He ", "left."]]),
        "md": lambda: as_text(tmp_path, [["# He\r\n", "left. `he`\r"]]).rename(tmp_path / "a.md"),
    }[ending]()
    target = tmp_path / f"out.{ending}"
    save(open_document(path), target, lambda text: Rewrite(text=text))
    if ending == "md":
        assert target.read_bytes() == path.read_bytes()
    else:
        assert list(members(target).items()) == list(members(path).items())


def test_references_reach_over_paragraphs(make_epub, tmp_path):
    seen = []
    path = make_epub("<p>Kim came.</p><p>She sat.</p>")
    save(open_document(path), tmp_path / "b.epub", lambda text: seen.append(text) or Rewrite(text=text))
    assert seen == ["Kim came.\n\nShe sat."]


def test_an_edit_over_two_paragraphs_is_left_alone(make_epub, tmp_path):
    edit = Edit(span=(2, 6), before="y.\n\nS", after="y s", kind="", reason="", source="")
    path = make_epub("<p>Hey.</p><p>She</p>")
    _, changes = save(
        open_document(path), tmp_path / "b.epub", lambda text: Rewrite(text=text, edits=(edit,))
    )
    assert (changes.edits, changes.abstained) == (0, 1)
    assert paragraphs(tmp_path / "b.epub") == ["Hey.", "She"]


def test_saved_whole_or_not_at_all(make_epub, tmp_path):
    path = make_epub("<p>He</p>")
    before = path.read_bytes()
    backup, _ = save(open_document(path), path, swap(He="They"), keep=True)
    assert backup.read_bytes() == before
    assert paragraphs(path) == ["They"]

    def fail(text):
        raise InputError("gender.language", received="", allowed="", fix="")

    with pytest.raises(InputError):
        save(open_document(path), path, fail, keep=True)
    with pytest.raises(StorageError, match=r"storage\.write"):
        save(open_document(path), tmp_path / "none" / "a.epub", swap(He="They"))
    assert sorted(each.name for each in tmp_path.iterdir()) == ["a.epub", "a.epub.bak"]


def test_places_in_checks_are_paragraphs(make_docx):
    path = make_docx(
        "<w:p><w:r><w:t>One</w:t><w:br/><w:t>two</w:t></w:r></w:p><w:p><w:r><w:t>Three</w:t></w:r></w:p>"
    )
    found = read_prose(str(path))
    assert found.document.text == "One\ntwo\n\nThree"
    assert [found.where(offset) for offset in (0, 5, 9, 13)] == [
        f" paragraph {place}"
        for place in ("1, character 1", "1, character 6", "2, character 1", "2, character 5")
    ]
