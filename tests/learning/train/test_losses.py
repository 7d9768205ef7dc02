from __future__ import annotations

import numpy as np
import torch
from hypothesis import given
from hypothesis import strategies as st

from tongli.learning.train.losses import example_losses


@given(st.lists(st.sampled_from([0.0, 1.0, float("nan")]), min_size=3, max_size=3), st.integers(0, 99))
def test_what_is_not_annotated_changes_nothing(goals, seed):
    torch.manual_seed(seed)
    logits = torch.randn(1, 3)
    changed = logits.clone()
    changed[0, [np.isnan(goal) for goal in goals]] += 7
    target = torch.tensor([goals])
    for kind in ("multilabel", "ordinal"):
        before, after = (example_losses(value, target, kind=kind) for value in (logits, changed))
        assert torch.equal(before, after)
        assert torch.isfinite(before).all()


def test_one_choice_uses_cross_entropy():
    loss = example_losses(torch.zeros(2, 4), torch.eye(4)[:2], kind="multiclass")
    torch.testing.assert_close(loss, torch.full((2,), np.log(4), dtype=torch.float32))
