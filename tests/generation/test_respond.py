import dataclasses

import numpy as np
import pytest

from tongli.core import (
    Claim,
    CultureContext,
    Draft,
    Encoding,
    EngineError,
    Language,
    Message,
    Plan,
    Provenance,
    Reading,
)
from tongli.generation.plan import make_plan
from tongli.generation.respond import (
    GIVEN_AWAY_NOTE,
    LANGUAGE_NOTE,
    NOTHING_NOTE,
    PERSON_NOTE,
    RISK_NOTE,
    UNDRAFTED_NOTE,
    respond,
)

GOOD = "We are sorry that your parcel A-17 is late, and we will look for it."
ALSO_GOOD = "Sorry! Your parcel A-17 is late and we look for it."
BAD = "You idiot, parcel A-17 is your problem."
INVENTED = "Your parcel A-17 arrives within 24 hours."


class FakeReader:
    def encode(self, messages):
        return [self._encode(message) for message in messages]

    def sentences(self, texts):
        return np.stack([self._vector(text) for text in texts])

    def _vector(self, text):
        vector = np.full(64, 0.5, dtype=np.float32)
        for word in text.lower().split():
            vector[sum(map(ord, word)) % 64] += 1
        return vector / np.linalg.norm(vector)

    def _encode(self, message):
        return Encoding(
            message=message,
            language=Language(tag="en", score=0.9),
            features=self._vector(message.text),
            pieces=np.empty(0, np.int32),
            windows=1,
            encoder="fake",
        )

    def read_many(self, messages):
        scores = {"ekman6": {"anger": 0.1, "joy": 0.1, "sadness": 0.2, "disgust": 0.0}}
        language = Language(tag="en", score=0.9)
        return [Reading(message=message, language=language, scores=scores) for message in messages]


class FakeEngine:
    def __init__(self, *texts, name="fake", error=None):
        self.name = name
        self.texts = texts
        self.error = error
        self.asked = 0

    def languages(self):
        return None

    def draft(self, _plan, _reading, *, n=1):
        self.asked += 1
        if self.error is not None:
            raise EngineError(self.error, received="r", allowed="a", fix="Do it again.")
        provenance = Provenance(engine=self.name)
        return [Draft(text=text, lang="en", provenance=provenance) for text in self.texts[:n]]


class RevisingEngine(FakeEngine):
    """Writes its second texts once told what failed; ``None`` fails to."""

    def __init__(self, *texts, then, **rest):
        super().__init__(*texts, **rest)
        self.then = then
        self.told = []

    def revise(self, _plan, _reading, failed):
        self.told.append(failed)
        if self.then is None:
            raise EngineError("engine.timeout", received="r", allowed="a", fix="Do it again.")
        return [Draft(text=self.then, lang="en", provenance=Provenance(engine=self.name))]


@pytest.fixture
def reading():
    return Reading(
        message=Message("My parcel A-17 is late and I am angry."), language=Language(tag="en", score=1)
    )


@pytest.fixture
def answer(reading):
    culture = CultureContext(lang="en", locale="en-GB", register="neutral", address="informal")
    plan = Plan(culture=culture, acts=("acknowledge",), feeling="anger", keep=("A-17",))

    def run(*engines, reading=reading, n=4):
        return respond(reading, plan=plan, engines=engines, reader=FakeReader(), n=n)

    return run


def test_the_draft_that_passes_is_chosen_and_the_rest_are_alternatives(answer):
    response = answer(FakeEngine(BAD, GOOD, INVENTED))
    assert response.text == GOOD
    assert response.verdict.passed
    assert [verdict.draft.text for verdict in response.alternatives] == [BAD, INVENTED]
    assert not any(verdict.passed for verdict in response.alternatives)
    assert not response.needs_person
    assert response.notes == ()


def test_the_nearest_of_several_good_drafts_wins(answer):
    response = answer(FakeEngine(GOOD, ALSO_GOOD))
    other = response.alternatives[0]
    assert other.passed
    scores = [
        next(check.score for check in verdict.checks if check.name == "meaning")
        for verdict in (response.verdict, other)
    ]
    assert scores[0] > scores[1]


def test_the_order_of_drafts_does_not_matter(answer):
    assert answer(FakeEngine(GOOD, ALSO_GOOD)).text == answer(FakeEngine(ALSO_GOOD, GOOD)).text


def test_the_next_engine_steps_in_when_none_passes(answer):
    first, second, third = FakeEngine(BAD, name="first"), FakeEngine(GOOD, name="second"), FakeEngine(GOOD)
    response = answer(first, second, third)
    assert response.text == GOOD
    assert response.verdict.draft.provenance.engine == "second"
    assert [verdict.draft.text for verdict in response.alternatives] == [BAD]
    assert response.notes[0].startswith("first: no draft of 1 passed (")
    assert "toxicity" in response.notes[0]
    assert third.asked == 0


def test_the_next_engine_steps_in_after_an_error(answer):
    response = answer(FakeEngine(name="first", error="engine.timeout"), FakeEngine(GOOD))
    assert response.text == GOOD
    assert not response.needs_person
    assert response.notes == ("first failed [engine.timeout]: r. Do it again.",)


def test_nothing_passes_so_a_person_must(answer):
    response = answer(FakeEngine(BAD, INVENTED), FakeEngine(name="last", error="engine.language"))
    assert response.text == ""
    assert response.verdict is None
    assert response.needs_person
    assert response.lang == "en"
    assert len(response.alternatives) == 2
    assert response.notes[-1] == NOTHING_NOTE
    assert response.to_dict()["verdict"] is None


@pytest.mark.parametrize("engines", [(), (FakeEngine(),)])
def test_no_engine_or_no_draft(answer, engines):
    response = answer(*engines)
    assert response.needs_person
    assert response.text == ""


def test_a_risk_always_needs_a_person(answer, reading):
    risk = Claim(dimension="risk", label="self_harm", score=1.0)
    risky = Reading(message=reading.message, language=reading.language, claims=(risk,))
    response = answer(FakeEngine(GOOD), reading=risky)
    assert response.text == GOOD
    assert response.needs_person
    assert response.notes == (RISK_NOTE,)
    unsure = Claim(dimension="risk", label=None, score=0.4, abstained=True)
    calm = Reading(message=reading.message, language=reading.language, claims=(unsure,))
    assert not answer(FakeEngine(GOOD), reading=calm).needs_person


@pytest.mark.parametrize("label", ["threat", "danger"])
def test_nothing_is_drafted_to_a_threat_or_a_danger(answer, reading, label):
    threat = Claim(dimension="risk", label=label, score=1.0)
    engine = FakeEngine(GOOD)
    response = answer(
        engine, reading=Reading(message=reading.message, language=reading.language, claims=(threat,))
    )
    assert (response.text, response.needs_person, engine.asked) == ("", True, 0)
    assert response.notes == (RISK_NOTE, UNDRAFTED_NOTE)


def test_only_n_drafts_are_asked_for(answer):
    response = answer(FakeEngine(GOOD, ALSO_GOOD, BAD), n=1)
    assert response.text == GOOD
    assert response.alternatives == ()


def test_a_bug_in_an_engine_is_not_hidden(answer):
    class Broken(FakeEngine):
        def draft(self, *_, **__):
            raise KeyError("bug")

    with pytest.raises(KeyError):
        answer(Broken())


def test_an_engine_is_told_once_what_was_wrong_with_its_nearest_draft(answer):
    engine = RevisingEngine(f"{BAD} {INVENTED}", INVENTED, then=GOOD, name="pupil")
    response = answer(engine, FakeEngine(ALSO_GOOD))
    assert response.text == GOOD
    assert len(response.alternatives) == 2
    assert [verdict.draft.text for verdict in engine.told] == [INVENTED]
    assert [check.name for check in engine.told[0].failed] == ["facts"]
    assert "revised once, it passed" in response.notes[0]


@pytest.mark.parametrize("then", [BAD, None])
def test_a_revision_that_fails_too_leaves_it_to_the_next_engine(answer, then):
    engine = RevisingEngine(INVENTED, then=then)
    response = answer(engine, FakeEngine(GOOD, name="next"))
    assert response.verdict.draft.provenance.engine == "next"
    assert len(engine.told) == 1


def test_a_plan_to_disclose_oneself_is_for_a_person(reading):
    culture = CultureContext(lang="en", locale="en-GB", register="neutral", address="informal")
    plan = Plan(culture=culture, acts=("acknowledge",), strategy="self_disclose")
    engine = FakeEngine(GOOD)
    response = respond(reading, plan=plan, engines=[engine], reader=FakeReader())
    assert response.needs_person
    assert engine.asked == 0
    assert response.notes == (PERSON_NOTE,)


def test_a_reply_in_a_language_that_nobody_asked_for_is_looked_at(answer, reading):
    malay = dataclasses.replace(reading, language=Language(tag="ms", score=0.8))
    response = answer(FakeEngine(GOOD), reading=malay)
    assert response.text == GOOD
    assert response.needs_person
    assert LANGUAGE_NOTE in response.notes
    assert not answer(FakeEngine(GOOD), reading=dataclasses.replace(malay, reply_lang="en")).needs_person


def test_the_first_that_passes_is_taken_of_drafts_that_are_alike(answer):
    engine = FakeEngine(BAD, GOOD, ALSO_GOOD)
    engine.alike = True
    response = answer(engine)
    assert response.text == GOOD
    assert [verdict.draft.text for verdict in response.alternatives] == [BAD]


def test_a_password_is_told_and_never_repeated(reading):
    told = Reading(message=Message("My password is Sunflower!2024."), language=reading.language)
    plan = make_plan(told)
    engine = FakeEngine("Your password Sunflower!2024 is fine.", "Thank you, we will look at it.")
    response = respond(told, plan=plan, engines=[engine], reader=FakeReader())
    assert plan.keep == ()
    assert response.text == "Thank you, we will look at it."
    assert response.notes == (GIVEN_AWAY_NOTE,)
    shown = response.to_dict()
    assert "Sunflower" not in str(shown["alternatives"]) + str(shown["verdict"]) + str(shown["plan"])
