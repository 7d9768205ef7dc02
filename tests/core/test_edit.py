import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongli.core.edit import Edit, apply_edits, inverse


def edit(start: int, before: str, after: str) -> Edit:
    return Edit(
        span=(start, start + len(before)), before=before, after=after, kind="k", reason="r", source="s"
    )


@st.composite
def edited(draw: st.DrawFn) -> tuple[str, list[Edit]]:
    text = draw(st.text(max_size=40))
    cuts = sorted(draw(st.sets(st.integers(0, len(text)), max_size=8)))
    pairs = list(zip(cuts[::2], cuts[1::2], strict=False))
    return text, [edit(start, text[start:stop], draw(st.text(max_size=5))) for start, stop in pairs]


@given(edited())
def test_edits_can_be_taken_back(case: tuple[str, list[Edit]]):
    text, edits = case
    assert apply_edits(apply_edits(text, edits), inverse(edits)) == text


def test_only_what_a_span_covers_changes():
    assert apply_edits("He said he came.", [edit(8, "he", "they"), edit(0, "He", "They")]) == (
        "They said they came."
    )


def test_edits_that_overlap_are_refused():
    with pytest.raises(ValueError, match="overlap"):
        apply_edits("abcd", [edit(0, "abc", "x"), edit(2, "cd", "y")])


def test_an_edit_of_another_text_is_refused():
    with pytest.raises(ValueError, match="does not read"):
        apply_edits("abcd", [edit(0, "x", "y")])


def test_the_plain_form_names_its_source():
    assert edit(0, "a", "b").to_dict()["source"] == "s"
