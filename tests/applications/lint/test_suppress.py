from __future__ import annotations

from typing import get_args

from hypothesis import given
from hypothesis import strategies as st

from tongli.applications.lint.check import check
from tongli.applications.lint.config import LintConfig
from tongli.applications.lint.files import document
from tongli.applications.lint.suppress import OF_GENDER, blank_comments, suppressions
from tongli.empathy.gender.check.finding import Label
from tongli.knowledge.claim_files import claims

MOON = claims("en")["en.idiom.over-the-moon"]
LEG = claims("en")["en.idiom.break-a-leg"]


def test_a_line_an_id_or_a_kind_is_ignored():
    told = suppressions(
        "a tongli: ignore\nb tongli: ignore en.idiom.break-a-leg\nc tongli: ignore proverb, idiom"
    )
    assert [told.hide(line, MOON) for line in (1, 2, 3, 4)] == [True, False, True, False]
    assert [told.hide(line, LEG) for line in (1, 2, 3, 4)] == [True, True, True, False]


def test_a_reason_may_follow():
    told = suppressions("<!-- tongli: ignore en.idiom.break-a-leg: our name for the show -->")
    assert told.hide(1, LEG)
    assert not told.hide(1, MOON)
    assert suppressions("tongli: ignore because it is a quotation").hide(1, MOON)


def test_what_another_check_is_to_ignore_hides_nothing_here():
    text = "\n".join(
        f"tongli: ignore {name}" for name in ("inclusive", "inclusive.job-title", "misgendering")
    )
    told = suppressions(f"{text}: it is a quotation")
    assert told.lines == {
        1: frozenset({"inclusive"}),
        2: frozenset({"inclusive.job-title"}),
        3: frozenset({"misgendering"}),
    }
    assert not any(told.hide(line, MOON) for line in told.lines)
    both = suppressions("tongli: ignore inclusive.own.rockstar, idiom")
    assert both.hide(1, MOON)
    assert suppressions("tongli: ignore inclusively").lines == {1: None}


def test_labels_of_the_other_check_are_known():
    assert {*OF_GENDER, "inclusive"} == set(get_args(Label))


def test_a_kind_is_no_part_of_a_word():
    assert suppressions("tongli: ignore idioms").lines == {1: None}


def test_off_and_on():
    told = suppressions("a\ntongli: off\nb\ntongli: on\nc\ntongli: off\nd")
    assert [told.hide(line, MOON) for line in range(1, 8)] == [False, True, True, True, False, True, True]


def test_other_words_are_no_comments():
    assert suppressions("tongli: offer, mytongli: ignore, tongli: once") == suppressions("")


def test_several_on_a_line_add_up():
    told = suppressions("tongli: ignore slang tongli: ignore idiom")
    assert told.hide(1, MOON)
    assert suppressions("tongli: ignore tongli: ignore slang").hide(1, MOON)


def test_comments_are_not_read_themselves():
    text = "x tongli: ignore en.idiom.break-a-leg y"
    assert blank_comments(text) == "x" + " " * 37 + "y"
    assert len(blank_comments(text)) == len(text)


LINES = st.lists(
    st.sampled_from(["We are over the moon.", "Break a leg!", "Good morning.", "", "\r"]), min_size=1
)


def found(lines: list[str]) -> list[tuple[int, str]]:
    text = "\n".join(lines)
    made = document("x.txt", text)
    checked = check(made, LintConfig(audiences=("ja-JP",), lang="en"))
    return [(made.place(item.span[0])[0], item.claim.id) for item in checked.findings]


@given(LINES, st.data())
def test_ignoring_a_line_hides_that_line_and_no_other(lines, data):
    chosen = data.draw(st.integers(0, len(lines) - 1))
    before = found(lines)
    silenced = [*lines]
    silenced[chosen] += " <!-- tongli: ignore -->"
    assert found(silenced) == [item for item in before if item[0] != chosen + 1]


@given(LINES, st.data())
def test_ignoring_an_id_hides_that_id_on_that_line_only(lines, data):
    chosen = data.draw(st.integers(0, len(lines) - 1))
    before = found(lines)
    silenced = [*lines]
    silenced[chosen] += f" <!-- tongli: ignore {MOON.id} -->"
    assert found(silenced) == [item for item in before if item != (chosen + 1, MOON.id)]


def test_comments_in_code_are_examples():
    text = "We are over the moon. `tongli: ignore`\n\n```\ntongli: off\n```\n\nWe are over the moon.\n"
    config = LintConfig(audiences=("ja-JP",), lang="en")
    assert len(check(document("x.md", text, markdown=True), config).findings) == 2
    assert len(check(document("x.txt", text), config).findings) == 0
