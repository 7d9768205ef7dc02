from __future__ import annotations

import pytest

from tongli.generation.adapt.protected import Spans, asides, protected


@pytest.mark.parametrize(
    "kept",
    [
        "`5 miles`",
        "```\n5 miles\n```",
        "https://example.org/5-miles?x=3,5",
        "www.example.org/a",
        "kim@example.org",
        "@kim",
        "#tag5",
        "<b class=x>",
        "{miles}",
        "{{ miles }}",
        "${HOME}",
        "$HOME",
        "%(miles)s",
        "%5.2f",
        "[NAME]",
        "/usr/share/5/miles",
        "C:\\data\\5",
        "10.0.0.255",
        "print(5)",
        "“5 miles”",
        "„5 Meilen“",
        "«5 milles»",
        "「5マイル」",
        "『5マイル』",
        '"5 miles"',
        "‘5 miles’",
    ],
)
def test_what_no_edit_may_touch(kept):
    text = f"so {kept} it is"
    found = protected(text)
    assert (3, 3 + len(kept)) in found
    assert all((3 + at, 4 + at) in found for at in range(len(kept)) if not kept[at].isspace())
    assert (0, 2) not in found
    assert (len(text) - 2, len(text)) not in found


@pytest.mark.parametrize(
    "plain", ["it's 5 miles, isn't it", "5 < 6 and 7 > 3", "and/or", "50 % of it", '6" long', "$50"]
)
def test_plain_text_is_free(plain):
    assert not [at for at in range(len(plain)) if (at, at + 1) in protected(plain)]


def test_quoted_lines_of_mail():
    text = "See:\n> it is 5 miles\nNo."
    assert (6, 8) in protected(text)
    assert (len(text) - 3, len(text)) not in protected(text)


def test_insertions_are_inside_or_beside():
    spans = Spans([(2, 4), (3, 6), (9, 10)])
    assert [at for at in range(12) if (at, at) in spans] == [3, 4, 5]
    assert (6, 9) not in spans
    assert (0, 12) in spans
    assert (9, 10) in spans | Spans([])


def test_asides():
    text = "a (b) c（d）"
    assert [text[at] for at in range(len(text)) if (at, at + 1) in asides(text)] == list("(b)（d）")


@pytest.mark.timeout(60)
def test_time_is_linear_in_hostile_texts():
    for hostile in (
        "“" * 50_000,
        '"' * 50_001,
        "`" * 50_001,
        "(" * 50_000,
        "a." * 25_000,
        "<" * 50_000,
        "‘" * 50_000,
    ):
        for spans in (protected(hostile), asides(hostile)):
            assert (len(hostile), len(hostile) + 1) not in spans
