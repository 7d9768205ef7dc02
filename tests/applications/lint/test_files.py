from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongli.applications.lint.files import document, expand, read
from tongli.core import InputError
from tongli.knowledge.claim_files import SHIPPED

MARKED = """---
title: over the moon
---
# Over the moon

Some `code`, a [link](https://example.org/over_the_moon "x"), <https://example.org> and ``two ` ticks``.

```text
over the moon
```

~~~
fenced
~~~

    indented code

- item

    a paragraph of the item

[ref]: https://example.org/a
Write to anna@example.org <!-- a
comment --> at once, <b>now</b>. See [docs][ref].
"""


def test_code_links_comments_and_front_matter_are_blank():
    made = document("x.md", MARKED, markdown=True)
    assert len(made.prose) == len(made.text)
    left = " ".join(made.prose.replace(".", " ").split())
    assert left == (
        "# Over the moon Some , a [link] , and - item a paragraph of the item Write to at once, now "
        "See [docs]"
    )
    assert [char == "\n" for char in made.prose] == [char == "\n" for char in MARKED]


def test_elements_of_code_are_blank():
    text = "One <code>two</code> three\n<PRE class='x'>\nfour\n</pre>\nfive <script>six"
    for made in (document("x.md", text, markdown=True), document("x.html", text, html=True)):
        assert re.findall(r"\w+", made.prose) == ["One", "three", "five"]
        assert len(made.prose) == len(text)


def test_html_keeps_its_indents_and_its_comments_are_heard(tmp_path):
    path = tmp_path / "x.HTML"
    path.write_text(
        "<p>\n\n    One `two`\n</p><!-- tongli: off -->\n<p title='three'>four</p>", encoding="utf-8"
    )
    made = read(str(path))
    assert re.findall(r"\w+", made.prose) == ["One", "two", "four"]
    shown, hidden = (made.text.index(word) for word in ("One", "four"))
    claim = SHIPPED.claims("en")["en.idiom.break-a-leg"]
    assert [made.told.hide(made.place(at)[0], claim) for at in (shown, hidden)] == [False, True]


def test_a_plain_text_keeps_its_indents_and_ticks():
    made = document("x.txt", "`a`\n\n    b https://example.org/c d")
    assert made.prose.split() == ["`a`", "b", ".", "d"]


def test_line_ends_of_windows_end_code_and_front_matter():
    text = "---\r\na: front\r\n---\r\nOne.\r\n\r\n```\r\nfenced\r\n```\r\nTwo.\r\n\r\n    indented\r\n"
    prose = document("", text, markdown=True).prose
    assert len(prose) == len(text)
    assert not any(word in prose for word in ("front", "fenced", "indented"))
    assert "One." in prose
    assert "Two." in prose


def test_an_open_fence_reaches_to_the_end():
    made = document("x.md", "a\n```\nb\n", markdown=True)
    assert made.prose.split() == ["a", "."]


@given(st.text(alphabet=st.sampled_from("ab `~[]()<>!-#\n\t>*:/.é😀"), max_size=80))
def test_nothing_moves(text):
    made = document("x.md", text, markdown=True)
    assert len(made.prose) == len(text)
    assert [i for i, char in enumerate(made.prose) if char == "\n"] == [
        i for i, char in enumerate(text) if char == "\n"
    ]


@given(st.text(alphabet=st.sampled_from("ab\n\r é😀"), max_size=40), st.data())
def test_places_lead_back(text, data):
    offset = data.draw(st.integers(0, len(text)))
    line, column = document("x.txt", text).place(offset)
    assert sum(len(part) + 1 for part in text.split("\n")[: line - 1]) + column - 1 == offset


def test_masking_is_linear():
    document("x.md", "<!-- " * 20_000 + "` " * 20_000 + "[a](" * 20_000, markdown=True)


def test_patterns_folders_and_names(tmp_path, monkeypatch):
    for name in ("a.md", "b.txt", "c.py", "sub/d.md", ".hidden/e.md"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("x", "utf-8")
    monkeypatch.chdir(tmp_path)
    assert expand(["."]) == ["a.md", "b.txt", "sub/d.md"]
    assert expand(["**/*.md", "a.md"]) == ["a.md", "sub/d.md"]
    assert expand(["c.py", "-"]) == ["c.py", "-"]
    with pytest.raises(InputError, match=r"input\.missing"):
        expand(["*.rst"])


def test_a_file_with_a_byte_order_mark_and_one_that_is_no_text(tmp_path):
    (tmp_path / "a.md").write_bytes(b"\xef\xbb\xbfHello")
    assert read(str(tmp_path / "a.md")).text == "Hello"
    (tmp_path / "b.txt").write_bytes(b"caf\xe9")
    with pytest.raises(InputError, match=r"input\.encoding"):
        read(str(tmp_path / "b.txt"))
    with pytest.raises(InputError, match=r"input\.missing"):
        read(str(tmp_path / "none.txt"))
