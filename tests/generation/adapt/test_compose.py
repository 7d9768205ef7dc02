from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tongli.core import Edit
from tongli.core.edit import apply_edits, inverse
from tongli.generation.adapt.compose import compose


def edits_of(text: str, draw) -> list[Edit]:
    points = sorted(draw(st.lists(st.integers(0, len(text)), max_size=6)))
    spans = list(dict.fromkeys(zip(points[::2], points[1::2], strict=False)))
    return [
        Edit(
            span=span,
            before=text[slice(*span)],
            after=draw(st.text("xyz", max_size=3)),
            kind="k",
            reason="r",
            source="s",
        )
        for span in spans
        if not any(other != span and other[1] == span[0] == other[0] for other in spans)
    ]


@given(st.text("abc", max_size=12), st.data())
def test_edits_after_edits_are_edits_of_the_first_text(text, data):
    first = edits_of(text, data.draw)
    middle = apply_edits(text, first)
    second = edits_of(middle, data.draw)
    both = compose(text, first, second)
    last = apply_edits(middle, second)
    assert apply_edits(text, both) == last
    assert apply_edits(last, inverse(both)) == text


def test_reasons_are_kept():
    first = [Edit(span=(0, 1), before="a", after="b", kind="idiom", reason="one", source="x")]
    second = [Edit(span=(1, 1), before="", after="!", kind="unit", reason="two", source="y")]
    (both,) = compose("a", first, second)
    assert (both.before, both.after, both.kind, both.reason, both.source) == (
        "a",
        "b!",
        "idiom",
        "one; then two",
        "x; y",
    )
