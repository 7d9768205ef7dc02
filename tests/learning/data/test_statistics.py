from __future__ import annotations

from tongli.learning.data.record import Record
from tongli.learning.data.statistics import LabelCount, count


def test_counts() -> None:
    found = count(
        [
            Record(id="1", text="four", lang="en", labels={"ekman6": {"joy": 1.0}}, consent="given"),
            Record(id="2", text="sixsix", lang="en", labels={"ekman6": {"joy": 0.0, "fear": 0.5}}),
            Record(
                id="3", audio="a.ogg", lang="de", labels={"ekman6": {}}, made_by="augment:typos", parent="1"
            ),
        ]
    )
    assert (found.records, found.unlabelled, found.languages) == (3, 1, {"en": 2, "de": 1})
    assert (found.consents, found.made_by) == ({"unknown": 2, "given": 1}, {"augment:typos": 1})
    assert found.labels == (
        LabelCount(head="ekman6", label="fear", annotated=1, mean=0.5),
        LabelCount(head="ekman6", label="joy", annotated=2, mean=0.5),
    )
    assert found.lengths == (4, 5, 5, 6)


def test_nothing_counts_too() -> None:
    found = count([])
    assert (found.records, found.labels, found.lengths) == (0, (), ())
