from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tongli.core import Person, Perspective
from tongli.core.registry import resolve
from tongli.knowledge.locales import languages
from tongli.knowledge.pronouns import parse_pronouns

BUILT_IN = ("gender", "culture", "feeling")
NAMES = st.one_of(
    st.none(), st.text(min_size=1, max_size=20), st.sampled_from(["Maria", "John", "王伟", "Ольга"])
)


def see_all(reading):
    for name in BUILT_IN:
        reading = resolve("tongli.perspectives", name)().see(reading)
    return reading


@pytest.mark.parametrize("name", BUILT_IN)
def test_built_ins_are_perspectives(name):
    assert isinstance(resolve("tongli.perspectives", name)(), Perspective)


@pytest.mark.parametrize("lang", [*languages(), "und", "yo", "es-MX"])
def test_every_language_gets_all_of_c(make_reading, emotion, lang):
    reading = see_all(
        make_reading("…", lang=lang, claims=[emotion("fear")], scores={"ekman6": {"fear": 0.8}})
    )
    assert reading.empathy.gender is not None
    assert reading.empathy.culture is not None
    assert reading.empathy.feeling is not None


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    before=st.tuples(NAMES, NAMES, NAMES),
    after=st.tuples(NAMES, NAMES, NAMES),
    lang=st.sampled_from(languages()),
)
def test_renaming_every_person_changes_nothing_but_the_salutation(make_reading, emotion, before, after, lang):
    """Principle 1: gender and culture are never inferred from a name."""
    declared = Person(locale="ja-JP", pronouns={"en": parse_pronouns("xe/xem")}, agreement={"de": "neutral"})
    readings = []
    for name, given_name, family in (before, after):
        person = replace(declared, name=name, given=given_name, family=family)
        reading = make_reading("Kannst du helfen?", lang=lang, author=person, claims=[emotion("anger")])
        reading = replace(reading, message=replace(reading.message, audience=person, mentioned=(person,)))
        seen = see_all(reading)
        culture = replace(seen.empathy.culture, salutation="")
        readings.append(
            (seen.claims, seen.scores, seen.notes, seen.empathy.gender, culture, seen.empathy.feeling)
        )
    assert readings[0] == readings[1]


def test_perspectives_chain_in_any_order(make_reading, emotion):
    reading = make_reading("Kannst du helfen?", lang="de", claims=[emotion("joy")])
    forward = see_all(reading)
    backward = reading
    for name in reversed(BUILT_IN):
        backward = resolve("tongli.perspectives", name)().see(backward)
    assert backward.empathy == forward.empathy
    assert set(backward.claims) == set(forward.claims)
