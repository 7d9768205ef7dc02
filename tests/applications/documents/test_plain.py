from __future__ import annotations

import io
import re

import pytest

from tongli.applications.documents import open_document, save
from tongli.applications.documents.plain import Plain
from tongli.core import Edit, InputError
from tongli.core.edit import apply_edits
from tongli.empathy.gender.rules import Rewrite

MARKDOWN = """---
title: he
---
# He

He said `he`, see [he](he.html "he") and <b title="he">he</b>.

```python
he = 1

he = 2
```

Last
----

- he
"""


def they(text):
    edits = tuple(
        Edit(span=m.span(), before=m[0], after="they", kind="", reason="", source="")
        for m in re.finditer(r"\bhe\b", text)
    )
    return Rewrite(text=apply_edits(text, edits), edits=edits)


def test_markdown_keeps_code_front_matter_and_links(tmp_path):
    path = tmp_path / "a.md"
    path.write_text(MARKDOWN)
    save(open_document(path), tmp_path / "b.md", they)
    expected = MARKDOWN.replace("[he]", "[they]").replace('">he<', '">they<').replace("- he", "- they")
    assert (tmp_path / "b.md").read_text() == expected


def test_a_block_of_code_is_not_cut_in_two(tmp_path):
    path = tmp_path / "a.md"
    code = "```\n" + "he = 1\n\n" * 20_000 + "```\n"
    path.write_text(f"he\n\n{code}\n---\n\nhe\n\n---\n")
    _, changes = save(open_document(path), tmp_path / "b.md", they)
    assert changes.edits == 2
    assert (tmp_path / "b.md").read_text() == f"they\n\n{code}\n---\n\nthey\n\n---\n"


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("a.md", "\n# A\nb\nc\n\nD\n=\n", [("# A", 2, 1), ("b\nc", 3, 0), ("D\n=", 6, 1)]),
        ("a.txt", "Chapter 3\r\n\r\nI am.\r\n", [("Chapter 3", 1, 1), ("I am.", 3, 0)]),
        (
            "a.txt",
            "Kapitel IV: Regen\nEs war.\n\n12\n\n第三章 雨",
            [("Kapitel IV: Regen", 1, 1), ("Es war.", 2, 0), ("12", 4, 1), ("第三章 雨", 6, 1)],
        ),
        ("a.txt", "# A\n \nI went home.", [("# A", 1, 0), ("I went home.", 3, 0)]),
    ],
)
def test_paragraphs_with_lines_and_headings(tmp_path, name, text, expected):
    path = tmp_path / name
    path.write_bytes(text.encode())
    found = [each for part in open_document(path).parts() for each in part.paragraphs]
    assert [(each.text, each.number, each.level) for each in found] == expected


def test_lines_go_on_over_chunks():
    text = "word " * 20_000 + "\n\nlast\nline"
    found = [each for part in Plain(source=io.StringIO(text)).parts() for each in part.paragraphs]
    assert [(each.number, each.at(len(each.text))) for each in found] == [(1, 1), (3, 4)]


def test_what_cannot_be_read(tmp_path):
    with pytest.raises(InputError, match=r"input\.missing"):
        list(open_document(tmp_path / "a.txt").parts())
    (tmp_path / "a.txt").write_bytes(b"\xff")
    with pytest.raises(InputError, match=r"input\.encoding"):
        list(open_document(tmp_path / "a.txt").parts())
