"""Files through the solver: words, tags, places and speakers stay."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongli.applications.subtitles.check import check
from tongli.applications.subtitles.cue import Cue, Tag, Track
from tongli.applications.subtitles.limits import limits
from tongli.applications.subtitles.make import fixed, timed
from tongli.applications.subtitles.markup import plain
from tongli.applications.subtitles.words import TimedWord

EN = limits("en")
LINES = st.lists(
    st.sampled_from(["We", "are", "the", "<i>champions</i>", "of", "a", "world.", "Why?", "x" * 50]),
    max_size=14,
).map(" ".join)


@st.composite
def tracks(draw):
    cues = []
    for _ in range(draw(st.integers(1, 8))):
        start = draw(st.integers(0, 30_000))
        cues.append(
            Cue(
                start=start,
                end=start + draw(st.integers(0, 12_000)),
                text="\n".join(draw(st.lists(LINES, max_size=4))),
                position=draw(st.sampled_from([None, None, 8])),
                speaker=draw(st.sampled_from([None, "A", "B"])),
            )
        )
    return Track(cues=tuple(cues), form="vtt")


def words(track):
    texts = (plain(cue.text) for cue in sorted(track.cues, key=lambda cue: cue.start))
    return "".join("".join(text.split()) for text in texts).replace("-", "")


@given(tracks())
def test_no_words_lost_and_no_hard_rule_broken(track):
    made = fixed(track, EN)
    assert words(made) == words(track)
    broken = {item.rule for item in check(made, EN) if item.severity == "error"}
    assert broken <= {"subtitle.speed"}
    assert all(one.end < two.start for one, two in pairwise(made.cues))


@given(tracks())
def test_what_is_fixed_keeps_its_lines(track):
    once = fixed(track, EN)
    slow = not any(item.rule == "subtitle.speed" for item in check(once, EN))
    if slow:
        assert words(fixed(once, EN)) == words(once)


def test_a_good_file_stays_as_it_is():
    track = Track(
        cues=(
            Cue(start=1000, end=3000, text="We waited\nfor the morning train."),
            Cue(start=3100, end=5000, text="- Did it come?\n- It did."),
            Cue(start=9000, end=10_500, text="<i>Late.</i>", position=8),
        )
    )
    made = fixed(track, EN)
    assert [(cue.start, cue.text, cue.position) for cue in made.cues] == [
        (cue.start, cue.text, cue.position) for cue in track.cues
    ]
    assert check(made, EN) == []


def test_a_tag_over_two_cues_is_closed_and_opened_again():
    text = (
        "<i>All the children of the village came to the river that evening and sang until the moon rose.</i>"
    )
    made = fixed(Track(cues=(Cue(start=0, end=7000, text=text),)), EN)
    assert len(made.cues) == 2
    assert all(cue.text.startswith("<i>") and cue.text.endswith("</i>") for cue in made.cues)


def test_places_never_share_a_cue():
    cues = (Cue(start=0, end=400, text="Up", position=8), Cue(start=400, end=900, text="down"))
    made = fixed(Track(cues=cues), EN)
    assert [(cue.text, cue.position) for cue in made.cues] == [("Up", 8), ("down", None)]


def test_too_many_lines_and_too_long():
    text = "One line of words that goes on\nand another line of words\nand a third one that is there as well"
    made = fixed(Track(cues=(Cue(start=0, end=20_000, text=text),)), EN)
    assert len(made.cues) == 2
    assert check(made, EN) == []


@pytest.mark.parametrize(("confidence", "shown"), [(0.9, True), (0.5, False)])
def test_labels_count_for_the_lines_and_doubt_hides_them(confidence, shown):
    told = [
        TimedWord(text="", start=0, end=900, sound=Tag("door slams", confidence)),
        TimedWord(text="Who", start=1000, end=1300, speaker="ANNA", emotion=Tag("afraid", confidence)),
        TimedWord(text="is", start=1300, end=1500, speaker="ANNA", emotion=Tag("afraid", confidence)),
        TimedWord(text="there?", start=1500, end=2000, speaker="ANNA", emotion=Tag("afraid", confidence)),
    ]
    made = timed(told, EN, confidence=0.8)
    seen = " ".join(cue.text for cue in made.cues).replace("\n", " ")
    assert seen.count("[afraid]") == seen.count("[door slams]") == int(shown)
    assert seen.count("ANNA:") == 1
    assert made.cues[-1].emotion == Tag("afraid", confidence)
    assert {item.severity for item in check(made, EN)} <= {"warning"}


def test_without_labels_the_words_are_all_there_is():
    told = [TimedWord(text="Hm.", start=0, end=900, speaker="ANNA", emotion=Tag("calm", 1.0))]
    (cue,) = timed(told, EN).cues
    assert (cue.text, cue.speaker, cue.emotion) == ("Hm.", "ANNA", Tag("calm", 1.0))
