from __future__ import annotations

from dataclasses import replace

from tongli.applications.studio import LOCAL
from tongli.applications.studio.needs_person import queue_reading, queue_response
from tongli.core import (
    Claim,
    CultureContext,
    Draft,
    Language,
    Message,
    Plan,
    Provenance,
    Reading,
    Response,
    Verdict,
)

VERDICT = Verdict(draft=Draft(text="Draft.", lang="en", provenance=Provenance(engine="realiser")), checks=())
ANSWER = Response(
    text="",
    lang="en",
    plan=Plan(
        culture=CultureContext(lang="en", locale="en", register="neutral", address="formal"), acts=("thank",)
    ),
    reading=Reading(message=Message(text="I am sad."), language=Language(tag="en", score=1.0)),
    verdict=None,
    alternatives=(VERDICT,),
    needs_person=True,
    notes=("risk",),
)


def test_a_response_that_passed_stays_out_of_the_queue(sqlite_store):
    passed = replace(ANSWER, text="Draft.", verdict=VERDICT, needs_person=False)
    assert queue_response(sqlite_store.review, passed, by=LOCAL) is None
    assert sqlite_store.review.count(by=LOCAL) == 0
    asked = queue_response(sqlite_store.review, passed, by=LOCAL, anyway=True)
    assert (asked.draft, asked.status) == ("Draft.", "open")


def test_a_person_starts_from_the_best_draft(sqlite_store):
    made = queue_response(sqlite_store.review, ANSWER, by=LOCAL)
    assert (made.source, made.draft, made.lang, made.engine) == ("I am sad.", "Draft.", "en", "realiser")
    assert made.notes == ("risk",)


def test_without_any_draft_there_is_still_the_message(sqlite_store):
    made = queue_response(sqlite_store.review, replace(ANSWER, alternatives=()), by=LOCAL)
    assert (made.source, made.draft, made.engine) == ("I am sad.", "", "")


def test_a_message_that_was_read_is_handed_over_as_it_is(sqlite_store):
    made = queue_reading(sqlite_store.review, ANSWER.reading, by=LOCAL)
    assert (made.source, made.draft, made.lang, made.urgent) == ("I am sad.", "", "en", False)
    risk = Claim(dimension="risk", label="threat", score=1.0, source="rule:threat")
    read = replace(ANSWER.reading, claims=(risk,), notes=("why",))
    made = queue_reading(sqlite_store.review, read, by=LOCAL)
    assert (made.urgent, made.notes[-1]) == (True, "why")
