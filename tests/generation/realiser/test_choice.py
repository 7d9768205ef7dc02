from math import prod

from hypothesis import given
from hypothesis import strategies as st

from tongli.generation.realiser.choice import combinations


@given(sizes=st.lists(st.integers(1, 4), min_size=1, max_size=5), seed=st.integers(0, 2**70))
def test_every_combination_once(sizes, seed):
    found = list(combinations(sizes, seed=seed))
    assert len(found) == len(set(found)) == prod(sizes)
    assert all(0 <= digit < size for picks in found for digit, size in zip(picks, sizes, strict=True))


def test_seed_decides_where_to_start():
    assert len({next(combinations([3] * 6, seed=seed)) for seed in range(20)}) > 10
    assert next(combinations([3] * 6, seed=4)) == next(combinations([3] * 6, seed=4))


def test_neighbours_differ_in_several_places():
    walk = combinations([3] * 8, seed=0)
    first, second = next(walk), next(walk)
    assert sum(a != b for a, b in zip(first, second, strict=True)) >= 4
