import subprocess
import sys
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongli.core import (
    Claim,
    CultureContext,
    Empathy,
    FeelingContext,
    GenderContext,
    InputError,
    Language,
    Message,
    Plan,
    Reading,
)
from tongli.generation.plan import ACTS, MAX_KEPT, make_plan
from tongli.knowledge.pronouns import parse_pronouns
from tongli.knowledge.schemes import EKMAN6

KNOWN_ACTS = {
    "acknowledge",
    "name_feeling",
    "take_responsibility",
    "condole",
    "comfort",
    "celebrate",
    "welcome",
    "thank",
    "ask",
    "next_step",
    "close",
}
CULTURE = CultureContext(
    lang="de", locale="de-AT", register="formal", address="formal", salutation="Ana Souza"
)


def reading(text="Hm.", *, feeling=None, culture=CULTURE, gender=None, lang="de", message_id=None):
    return Reading(
        message=Message(text, id=message_id),
        language=Language(tag=lang, score=1.0),
        empathy=Empathy(feeling=feeling, culture=culture, gender=gender),
    )


def acts(text="Hm.", **feeling):
    return make_plan(reading(text, feeling=FeelingContext(**feeling))).acts


@pytest.mark.parametrize(
    ("feeling", "text", "expected"),
    [
        ("anger", "So!", "acknowledge name_feeling take_responsibility next_step close"),
        ("disgust", "So!", "acknowledge name_feeling take_responsibility next_step close"),
        ("fear", "So.", "acknowledge name_feeling comfort next_step close"),
        ("sadness", "So.", "acknowledge name_feeling comfort ask close"),
        ("sadness", "Wann kommt es?", "acknowledge name_feeling comfort next_step close"),
        ("sadness", "Bestellung 48291 ist weg.", "acknowledge name_feeling comfort next_step close"),
        ("joy", "So.", "celebrate thank close"),
        ("joy", "Gibt es mehr?", "celebrate thank next_step close"),
        ("joy", "Vielen Dank, das war nett!", "welcome close"),
        ("joy", "Danke! Gibt es mehr?", "welcome next_step close"),
        ("joy", "Danke, dass Bestellung 48291 da ist.", "welcome next_step close"),
        ("joy", "Danke für nichts!", "celebrate thank close"),
        ("surprise", "So!", "acknowledge name_feeling next_step close"),
    ],
)
def test_acts_follow_the_feeling(feeling, text, expected):
    assert acts(text, feeling=feeling) == tuple(expected.split())


@pytest.mark.parametrize(
    ("strategy", "expected"),
    [
        ("inform", "thank next_step close"),
        ("question", "acknowledge ask close"),
        ("restate", "acknowledge next_step close"),
        ("affirm", "thank next_step close"),
    ],
)
def test_acts_without_a_feeling_follow_the_strategy(strategy, expected):
    assert acts(strategy=strategy) == tuple(expected.split())


def test_a_glad_message_with_something_to_look_into_is_not_only_cheered():
    glad = FeelingContext(feeling="joy", strategy="affirm")
    assert make_plan(reading("Schön!", feeling=glad)).strategy == "affirm"
    assert make_plan(reading("Schön! Gibt es mehr?", feeling=glad)).strategy == "inform"


def test_laughing_at_somebody_is_not_shared():
    glad = FeelingContext(feeling="joy", intensity=1.0, strategy="affirm")
    plan = make_plan(reading("Haha, ihr seid doch Idioten!", feeling=glad))
    assert (plan.feeling, plan.strategy, plan.acts) == (
        None,
        "restate",
        ("acknowledge", "next_step", "close"),
    )


def test_a_death_is_condoled_and_nothing_else_named():
    assert acts("Our contract 208861.", feeling="sadness", needs=("condolence", "comfort")) == (
        "condole",
        "comfort",
        "next_step",
        "close",
    )


def test_talk_of_self_harm_is_not_offered_the_usual_ending():
    risk = Claim(dimension="risk", label="self_harm", score=1.0)
    read = reading(feeling=FeelingContext(feeling="sadness", intensity=3.0))
    assert make_plan(replace(read, claims=(risk,))).acts == ("name_feeling", "comfort", "next_step")


def test_every_emotion_has_acts_that_engines_know():
    assert set(ACTS) == set(EKMAN6)
    for sequence in ACTS.values():
        assert set(sequence) <= KNOWN_ACTS
        assert sequence[-1] == "close"
        assert len(set(sequence)) == len(sequence)


def test_c_is_handed_on():
    they = parse_pronouns("they/them")
    feeling = FeelingContext(feeling="fear", intensity=2.5, strategy="affirm")
    gender = GenderContext(pronouns=they, agreement="neutral")
    plan = make_plan(reading(feeling=feeling, gender=gender), max_chars=300)
    assert plan == Plan(
        culture=CULTURE,
        acts=ACTS["fear"],
        feeling="fear",
        intensity=2.5,
        strategy="affirm",
        pronouns=they,
        agreement="neutral",
        max_chars=300,
        seed=plan.seed,
    )


def test_no_pronouns_stays_apart_from_undeclared():
    assert make_plan(reading(gender=GenderContext(pronouns=()))).pronouns == ()
    assert make_plan(reading()).pronouns is None


def test_a_missing_culture_is_the_languages_default():
    plan = make_plan(reading(culture=None, lang="ja"))
    assert (plan.culture.lang, plan.culture.locale, plan.culture.salutation) == ("ja", "ja-JP", "")
    assert make_plan(reading(culture=None, lang="yo")).culture.lang == "en"
    with pytest.raises(InputError, match=r"locale\.tag"):
        make_plan(reading(culture=None, lang="not a tag"))


@pytest.mark.parametrize(
    ("text", "keep"),
    [
        ("Order A-1042 and order A-1042 again, see https://ex.com/x", ("A-1042", "https://ex.com/x")),
        ("订单号４８２９１", ("４８２９１",)),
        ("3 shirts for €49.90 on 4 March at 14:30, 20 % off", ()),
        ("mail me at ana@ex.com", ()),
        ("A-1001 A-1002 A-1003 A-1004", ("A-1001", "A-1002", "A-1003")),
        (f"https://ex.com/{'x' * 400} A-1042", ("A-1042",)),
        ("nothing", ()),
    ],
)
def test_references_and_links_are_kept_word_for_word(text, keep):
    assert make_plan(reading(text)).keep == keep


@given(st.text(max_size=300), st.integers(30, 2000))
def test_what_is_kept_stands_in_the_message_and_leaves_room(text, max_chars):
    plan = make_plan(reading(text), max_chars=max_chars)
    assert all(item in text for item in plan.keep)
    assert len(plan.keep) <= MAX_KEPT
    assert sum(map(len, plan.keep)) <= max_chars // 3
    assert plan == make_plan(reading(text), max_chars=max_chars)


@given(st.text(max_size=50), st.one_of(st.none(), st.integers(), st.text(max_size=5)))
def test_the_seed_depends_on_text_and_id_alone(text, message_id):
    seed = make_plan(reading(text, message_id=message_id)).seed
    other = reading(text, message_id=message_id, lang="ja", feeling=FeelingContext(feeling="joy"))
    assert make_plan(other).seed == seed
    assert 0 <= seed < 2**32
    assert make_plan(reading(text + "x", message_id=message_id)).seed != seed
    assert make_plan(reading(text, message_id=("other", message_id))).seed != seed


def test_the_plan_is_the_same_in_every_process():
    code = (
        "from tongli.core import *; from tongli.generation.plan import make_plan;"
        "language = Language(tag='en', score=1.0);"
        "print(make_plan(Reading(message=Message('A-1042 A-1043', id=7), language=language)))"
    )
    runs = {
        subprocess.run(
            [sys.executable, "-c", code], env={"PYTHONHASHSEED": seed}, capture_output=True, check=True
        ).stdout
        for seed in ("1", "2")
    }
    assert len(runs) == 1


def test_lone_surrogates_do_not_stop_the_plan():
    assert make_plan(reading("\ud800 A-1042")).keep == ("A-1042",)


def test_pain_that_asks_for_repair_is_not_only_comforted():
    found = acts("Das Spielzeug kam kaputt an.", feeling="sadness", strategy="suggest")
    assert "take_responsibility" in found
    assert not {"comfort", "ask"} & set(found)


def test_joy_with_a_link_and_no_thanks_is_not_shared():
    joy = FeelingContext(feeling="joy", intensity=2.0)
    link = "https://prize.example.com"
    plan = make_plan(reading(f"You have WON a prize! {link}", feeling=joy, lang="en"))
    assert (plan.feeling, plan.keep) == (None, ())
    assert "celebrate" not in plan.acts
    assert make_plan(reading(f"Thank you so much! See {link}", feeling=joy, lang="en")).feeling == "joy"


def test_a_password_is_no_reference():
    plan = make_plan(reading("Mon mot de passe est Soleil2023! Commande KX-20417.", lang="fr"))
    assert plan.keep == ("KX-20417",)
    assert plan.avoid == ("Soleil2023",)
