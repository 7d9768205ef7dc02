import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongli.generation.translate.chrf import by_utility, chrf


@pytest.mark.parametrize(
    ("hypothesis", "reference"),
    [("the cat", "the cat sat"), ("a", "b"), ("你好吗", "你好"), ("ab", "abcdefgh"), ("same", "same")],
)
def test_agrees_with_sacrebleu(hypothesis, reference):
    sacrebleu = pytest.importorskip("sacrebleu", reason="needs the extra train")
    expected = sacrebleu.metrics.CHRF().sentence_score(hypothesis, [reference]).score / 100
    assert chrf(hypothesis, reference) == pytest.approx(expected)


@given(st.text(max_size=30), st.text(max_size=30))
def test_is_a_share(one, other):
    assert 0 <= chrf(one, other) <= 1


def test_the_candidate_most_like_all_others_comes_first():
    assert by_utility(["something else", "the red boat", "the red boats", "a red boat"])[0] in (1, 2)
    assert by_utility(["same", "same"]) == [0, 1]
    assert by_utility([]) == []
