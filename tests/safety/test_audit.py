from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongli.core import StorageError
from tongli.safety.audit import START, Event, check_chain, sealed

NOW = datetime(2026, 1, 2, 3, 4, 5, 6, tzinfo=UTC)


def chain(length):
    events, previous = [], START
    for number in range(1, length + 1):
        event = sealed(
            Event(
                number=number,
                time=NOW,
                who="local",
                kind="k",
                subject=str(number),
                details={},
                previous=previous,
            )
        )
        events.append(event)
        previous = event.digest
    return events


def test_a_chain_that_nobody_touched_holds():
    events = chain(3)
    assert check_chain([]) == (0, START)
    assert check_chain(events) == (3, events[2].digest)
    assert check_chain(events, end=(3, events[2].digest), head=events[0].digest) == (3, events[2].digest)
    assert check_chain(events, head=START)[0] == 3


@pytest.mark.parametrize(
    "change",
    [
        {"time": datetime(2026, 1, 2, tzinfo=UTC)},
        {"who": "x"},
        {"kind": "x"},
        {"subject": "x"},
        {"details": {"a": 1}},
        {"number": 7},
        {"previous": "x"},
        {"digest": "x"},
    ],
)
def test_every_field_counts(change):
    events = chain(3)
    events[1] = replace(events[1], **change)
    with pytest.raises(StorageError, match=r"audit\.broken") as caught:
        check_chain(events)
    assert "event 2" in caught.value.received


@given(st.integers(0, 4), st.data())
def test_events_that_are_missing_moved_or_doubled_show(place, data):
    events = chain(5)
    kind = data.draw(st.sampled_from(["missing", "doubled", "swapped"]))
    changed = list(events)
    if kind == "missing":
        del changed[place]
    elif kind == "doubled":
        changed.insert(place, events[place])
    else:
        other = data.draw(st.integers(0, 4).filter(lambda each: each != place))
        changed[place], changed[other] = changed[other], changed[place]
    with pytest.raises(StorageError):
        check_chain(changed, end=(5, events[-1].digest))


def test_an_event_that_was_changed_with_its_digest_breaks_the_next():
    events = chain(3)
    events[1] = sealed(replace(events[1], who="x"))
    with pytest.raises(StorageError, match="event 3"):
        check_chain(events)


def test_a_log_that_was_rewritten_shows_by_a_digest_known_before():
    known = chain(3)[-1].digest
    with pytest.raises(StorageError, match=r"audit\.head"):
        check_chain(chain(2), head=known)


def test_the_digest_is_that_of_the_other_fields():
    event = chain(1)[0]
    assert event.to_dict() == {
        "number": 1,
        "time": "2026-01-02T03:04:05.000006+00:00",
        "who": "local",
        "kind": "k",
        "subject": "1",
        "details": {},
        "previous": START,
        "digest": "10add056cc2dc1fdd513fab3de629c94aca973bd750611cce30c5259b608b6a0",
    }
