"""Each pair of speakers keeps one form of address, whatever the engine drafts. The dialogues are our own."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tongli.applications.subtitles.address import addressed, pairs_of, used
from tongli.applications.subtitles.address_file import Addresses, read_addresses
from tongli.applications.subtitles.translated import Sentence
from tongli.core import ConfigError


def dialogue(*lines, gap=500):
    return [
        Sentence(text=text, speaker=speaker, start=at * (2000 + gap), end=at * (2000 + gap) + 2000)
        for at, (speaker, text) in enumerate(lines)
    ]


def engine(drafts):
    """A translator that does not follow wishes, and a list of what it was asked."""
    asked = []

    def translate(texts, brief):
        asked.append((brief.address, tuple(texts)))
        return [drafts.get(text, text) for text in texts]

    return translate, asked


FRIENDS = dialogue(
    ("ANNA", "Did you sleep well, Ben?"),
    ("BEN", "Your sofa is too short."),
    ("ANNA", "You can have the bed tonight."),
    ("DR. KLEIN", "Good morning, Anna."),
    ("ANNA", "You are early, Dr. Klein."),
)


def test_who_speaks_to_whom():
    assert pairs_of(FRIENDS) == [
        ("ANNA", "BEN"),
        ("BEN", "ANNA"),
        ("ANNA", "BEN"),
        ("DR. KLEIN", "ANNA"),
        ("ANNA", "DR. KLEIN"),
    ]


def test_a_name_inside_a_sentence_calls_nobody():
    said = dialogue(("ANNA", "I saw Ben yesterday."), ("CARL", "Where?"), ("BEN", "Here I am."))
    assert pairs_of(said)[0] == ("ANNA", "CARL")
    assert pairs_of(dialogue(("ANNA", "Ben, come here."), ("CARL", "Why?"), ("BEN", "Me?")))[0][1] == "BEN"


def test_another_scene_has_other_listeners():
    said = dialogue(("ANNA", "Is anybody there?"), ("BEN", "Much later."), gap=20_000)
    assert pairs_of(said) == [("ANNA", None), ("BEN", None)]
    assert pairs_of([Sentence(text="Who?", speaker=None, start=0, end=9)]) == [(None, None)]


GERMAN = {
    "Did you sleep well, Ben?": "Haben Sie gut geschlafen, Ben?",
    "Your sofa is too short.": "Dein Sofa ist zu kurz.",
    "You can have the bed tonight.": "Du kannst heute das Bett haben.",
    "You are early, Dr. Klein.": "Sie sind früh da, Dr. Klein.",
}
FRENCH = {
    "Did you sleep well, Ben?": "Vous avez bien dormi, Ben ?",
    "Your sofa is too short.": "Ton canapé est trop court.",
    "You can have the bed tonight.": "Tu peux prendre le lit ce soir.",
    "You are early, Dr. Klein.": "Vous êtes en avance, docteur Klein.",
}
SPANISH = {
    "Did you sleep well, Ben?": "¿Durmió usted bien, Ben?",
    "Your sofa is too short.": "Tu sofá es demasiado corto.",
    "You can have the bed tonight.": "Tú puedes usar la cama esta noche.",
    "You are early, Dr. Klein.": "Usted llega temprano, doctor Klein.",
}


@pytest.mark.parametrize(
    ("lang", "drafts", "first", "last"),
    [
        ("de", GERMAN, "Hast du gut geschlafen, Ben?", GERMAN["You are early, Dr. Klein."]),
        ("fr", FRENCH, "Tu as bien dormi, Ben ?", FRENCH["You are early, Dr. Klein."]),
        ("es", SPANISH, "¿Dormiste tú bien, Ben?", SPANISH["You are early, Dr. Klein."]),
    ],
)
def test_two_friends_and_a_doctor(lang, drafts, first, last):
    wishes = Addresses(pairs={("anna", "ben"): "informal"})
    translate, asked = engine(drafts)
    found = addressed(FRIENDS, translate, source="en", target=lang, wishes=wishes)
    assert (found.texts[0], found.texts[4]) == (first, last)
    settled = {item.pair: (item.address, item.why) for item in found.settled}
    assert settled["ANNA", "BEN"] == ("informal", "declared")
    assert settled["BEN", "ANNA"] == ("informal", "drafts")
    assert settled["ANNA", "DR. KLEIN"] == ("formal", "original")
    assert [form for form, _ in asked] == ["informal", None, "formal"]


def test_the_original_says_how_a_pair_speaks():
    said = dialogue(
        ("ИРИНА", "Вы уже обедали?"),
        ("ОЛЕГ", "Ещё нет."),
        ("ИРИНА", "Идите к нам."),
        ("ОЛЕГ", "Ты так добра."),
    )
    drafts = {
        "Вы уже обедали?": "Hast du schon gegessen?",
        "Ещё нет.": "Noch nicht.",
        "Идите к нам.": "Komm zu uns.",
        "Ты так добра.": "Sie sind so gut.",
    }
    found = addressed(said, engine(drafts)[0], source="ru", target="de", wishes=Addresses())
    assert found.texts[0] == "Haben Sie schon gegessen?"
    assert found.texts[3] == "Du bist so gut."


def test_russian_is_asked_for_one_form_and_left_where_no_rule_is_known():
    said = dialogue(("ANNA", "Did you eat, Mr. Orlov?"), ("ORLOV", "Not yet."), ("ANNA", "Sit down."))
    translate, asked = engine({"Did you eat, Mr. Orlov?": "Ты ел?", "Sit down.": "Садитесь."})
    found = addressed(said, translate, source="en", target="ru", wishes=Addresses())
    assert [form for form, _ in asked] == ["formal"]
    assert found.texts[0] == "Ты ел?"
    assert {item.address for item in found.settled} == {"formal"}


def test_nobody_named_follows_the_declared_form_only():
    said = dialogue((None, "Did you sleep?"), (None, "You did."))
    drafts = {"Did you sleep?": "Haben Sie geschlafen?", "You did.": "Du hast geschlafen."}
    free = addressed(said, engine(drafts)[0], source="en", target="de", wishes=Addresses())
    assert free.texts == ("Haben Sie geschlafen?", "Du hast geschlafen.")
    assert free.settled == ()
    bound = addressed(said, engine(drafts)[0], source="en", target="de", wishes=Addresses(default="formal"))
    assert bound.texts == ("Haben Sie geschlafen?", "Sie haben geschlafen.")


@pytest.mark.parametrize(
    ("text", "lang", "form"),
    [
        ("Kannst du kommen?", "de", "informal"),
        ("¿Has dormido bien?", "es", "informal"),
        ("¿Ha dormido usted bien?", "es", "formal"),
        ("Вы спали?", "ru", "formal"),
        ("Yes, sir.", "en", "formal"),
        ("Honey, come here.", "en", "informal"),
        ("The sir of the manor sold honey.", "en", None),
        ("Es regnet.", "de", None),
    ],
)
def test_what_a_sentence_uses(text, lang, form):
    assert used(text, lang) == form


def test_a_file_of_declared_forms(tmp_path):
    path = tmp_path / "pairs.toml"
    path.write_text(
        'default = "formal"\n[[pairs]]\nbetween = ["Anna", "Ben  B."]\naddress = "informal"\n'
        '[[pairs]]\nfrom = "Carl"\naddress = "informal"\n[[pairs]]\nto = "King"\naddress = "formal"\n',
        "utf-8",
    )
    found = read_addresses(path)
    assert found.of(("BEN B.", "ANNA")) == "informal"
    assert found.of(("CARL", "KING")) == "informal"
    assert found.of(("ANNA", "KING")) == "formal"
    assert found.of((None, None)) == "formal"
    assert read_addresses(path, default="informal").of(("ANNA", "KARL")) == "informal"


@pytest.mark.parametrize(
    "text",
    [
        "pairs = 3",
        "forms = []",
        'default = "polite"',
        '[[pairs]]\nbetween = ["A"]\naddress = "formal"',
        '[[pairs]]\naddress = "formal"',
        '[[pairs]]\nfrom = "A"\nby = "B"\naddress = "formal"',
        "a = =",
    ],
)
def test_a_file_that_says_something_else(tmp_path, text):
    path = tmp_path / "pairs.toml"
    path.write_text(text, "utf-8")
    with pytest.raises(ConfigError) as caught:
        read_addresses(path)
    assert caught.value.code == "subtitles.addresses"
    with pytest.raises(ConfigError):
        read_addresses(tmp_path / "none.toml")


def test_what_is_said_in_anger_is_asked_for_in_anger():
    said = [replace(FRIENDS[0], feeling="angry"), FRIENDS[1]]
    asked = []
    addressed(said, lambda texts, brief: asked.append(brief.feeling) or list(texts), source="en", target="de",
              wishes=Addresses())  # fmt: skip
    assert asked == ["angry", None]
