from __future__ import annotations

from tongli.generation.protected import same_protected
from tongli.learning.augment.noise import Noise
from tongli.learning.data.record import Record

TEXT = (
    "Thank you @ann_1, the parcel 4711 came on 3 May and made my whole long week, see https://example.org/x!"
)


def test_proposals_differ_keep_what_is_protected_and_repeat():
    record = Record(id="1", text=TEXT, lang="en")
    (first,) = Noise(rate=0.3).propose([record], count=4, seed=5)
    assert len({proposal.text for proposal in first}) == 4
    assert all(same_protected(TEXT, proposal.text) and proposal.text != TEXT for proposal in first)
    other = Record(id="2", text="Something else entirely", lang="en")
    assert Noise(rate=0.3).propose([other, record], count=4, seed=5)[1] == first
    assert Noise(rate=0.3).propose([record], count=4, seed=6)[0] != first


def test_nothing_to_change():
    assert Noise().propose([Record(id="1", text="42", lang="en")], count=2, seed=0) == [[]]
