from __future__ import annotations

import pytest

from tongli.core import ConfigError
from tongli.learning.data.licences import check_licences, judge, licence_kind, spdx
from tongli.learning.data.record import Record


def record(source: str, licence: str) -> Record:
    return Record(id="1", text="Hello", source=source, licence=licence)


@pytest.mark.parametrize(
    ("licence", "kind"),
    [
        ("CC-BY-4.0", "free"),
        ("cc by 4.0", "free"),
        ("LicenseRef-own", "free"),
        ("CC-BY-SA-4.0", "share-alike"),
        ("CDLA-Sharing-1.0", "share-alike"),
        ("CC-BY-NC-SA-4.0", "non-commercial"),
        ("CC-BY-NC-ND-4.0", "non-commercial"),
        ("CC-BY-ND-4.0", "no-derivatives"),
        ("GPL-3.0-only", "unknown"),
        ("CC-BY", "unknown"),
        ("unknown", "unknown"),
        ("", "unknown"),
        ("MIT AND CC-BY-NC-4.0", "non-commercial"),
        ("MIT OR CC-BY-NC-4.0", "free"),
        ("CC-BY-NC-4.0 OR MIT AND CC-BY-SA-4.0", "share-alike"),
        ("(MIT OR CC-BY-NC-4.0)", "unknown"),
    ],
)
def test_kinds(licence: str, kind: str) -> None:
    assert licence_kind(licence) == kind


def test_identifiers_are_written_as_spdx_writes_them() -> None:
    assert (spdx("cc by-sa 4.0"), spdx("My terms"), spdx(" ")) == ("CC-BY-SA-4.0", "My terms", "unknown")


def test_free_data_passes_and_is_counted_by_source() -> None:
    verdict = check_licences(
        [record("a", "CC BY 4.0"), record("b", "CC-BY-SA-4.0"), record("a", "CC-BY-4.0")]
    )
    assert verdict.to_dict() == {
        "releasable": True,
        "research_only": False,
        "sources": [
            {"source": "a", "licence": "CC-BY-4.0", "kind": "free", "records": 2},
            {"source": "b", "licence": "CC-BY-SA-4.0", "kind": "share-alike", "records": 1},
        ],
    }


def test_other_data_stops_a_run_and_is_named() -> None:
    records = [record("good", "MIT"), record("films", "CC-BY-NC-4.0"), record("forum", "unknown")]
    with pytest.raises(ConfigError) as error:
        check_licences(records)
    assert error.value.code == "licence.not-free"
    assert "films (CC-BY-NC-4.0: non-commercial" in error.value.received
    assert "forum" in error.value.received
    assert "good" not in error.value.received


def test_research_goes_on_but_is_marked() -> None:
    verdict = check_licences([record("films", "CC-BY-NC-4.0")], research_only=True)
    assert (verdict.releasable, verdict.research_only) == (False, True)
    assert not judge([record("good", "MIT")], research_only=True).releasable


def test_one_source_may_come_under_two_licences() -> None:
    verdict = judge([record("mix", "MIT"), record("mix", "CC-BY-NC-4.0")])
    assert [item.licence for item in verdict.blocking()] == ["CC-BY-NC-4.0"]
