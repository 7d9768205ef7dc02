from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from tongli.core.int8 import quantise


@given(hnp.arrays(np.float32, (5, 7), elements=st.floats(-100, 100, width=32)))
def test_quantising_loses_at_most_half_a_step(matrix):
    values, scales = quantise(matrix, axis=0)
    assert scales.shape == (1, 7)
    assert np.abs(values * scales - matrix).max() <= scales.max() / 2 + 1e-5
