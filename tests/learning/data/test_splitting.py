"""A split by which nothing that is measured on was learnt from."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tongli.core import ConfigError, InputError
from tongli.learning.data.leakage import find_leaks
from tongli.learning.data.record import Record
from tongli.learning.data.splitting import split

WORDS = ("lamp", "coat", "radio", "novel", "kettle", "violin", "camera", "ticket", "pillow", "bicycle")


def records() -> list[Record]:
    """A hundred different texts, each with a copy that differs in form, and a near copy."""
    found = []
    for one in WORDS:
        for other in reversed(WORDS):
            text = f"My {one} and then the {other} came {len(one) * len(other)} days late, says {other} {one}"
            found += [text, text.upper(), f"{text}!!"]
    return [Record(id=str(number), text=text) for number, text in enumerate(found)]


@pytest.mark.parametrize("share", [0.1, 0.3])
def test_nothing_leaks_and_nothing_is_lost(share: float) -> None:
    given = records()
    found = split(given, share=share)
    assert not find_leaks(found.train, found.dev)
    assert sorted(record.id for record in (*found.train, *found.dev)) == sorted(item.id for item in given)
    assert share / 3 < len(found.dev) / len(given) < share * 3
    rows = iter(given)
    assert all(record in rows for record in found.train)  # the order is kept


def test_a_split_by_rows_would_leak() -> None:
    given = records()
    assert find_leaks(given[::2], given[1::2])


def test_what_was_made_from_a_record_goes_with_it() -> None:
    given = [record for record in records() if record.text.startswith("My") and record.text[-1] != "!"]
    made = [
        replace(record, id=f"{record.id}-de", text=f"Übersetzung {number:x} {number**7}", parent=record.id)
        for number, record in enumerate(given)
    ]
    found = split([*given, *made], share=0.3)
    aside = {record.id for record in found.dev}
    assert len(aside) > 10
    assert {f"{key}-de" for key in aside if "-" not in key} == {key for key in aside if "-" in key}


def test_a_template_is_one_group() -> None:
    given = [Record(id=str(n), text=f"Your order number {n} will arrive on Tuesday") for n in range(60)]
    given += records()
    found = split(given, share=0.5)
    assert len({record in found.dev for record in given[:60]}) == 1


def test_more_records_move_few() -> None:
    given = records()
    before = {record.id for record in split(given, share=0.3).dev}
    more = [Record(id="new", text="Something altogether different was written here")]
    after = {record.id for record in split([*given, *more], share=0.3).dev} - {"new"}
    assert before == after


def test_sounds_are_told_by_their_files() -> None:
    given = [Record(id=str(number), audio=f"{number}.wav") for number in range(40)]
    with pytest.raises(InputError, match=r"split\.one-side"):
        split(given[:1], share=0.5)
    found = split(given, share=0.5)
    assert len(found.train) > 5
    assert len(found.dev) > 5


@pytest.mark.parametrize("share", [0.0, 1.0, -0.1, float("nan")])
def test_a_share_is_between(share: float) -> None:
    with pytest.raises(ConfigError, match=r"split\.share"):
        split(records(), share=share)


def test_one_group_cannot_be_split() -> None:
    with pytest.raises(InputError) as error:
        split([Record(id=str(number), text="Thanks!") for number in range(9)], share=0.5)
    assert error.value.code == "split.one-side"
