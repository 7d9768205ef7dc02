from __future__ import annotations

import stat

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tongli.applications.people import PeopleStore, exported, people_from, person_from, plain, read_people
from tongli.applications.people.cipher import cipher
from tongli.core import ConfigError, StorageError

KIM = {
    "name": "Kim Roe",
    "pronouns": {"en": "they/them, fey/fem/feir/feirs/feirself", "es": "elle", "de": "none"},
    "agreement": {"es": "neutral"},
    "titles": {"de": ""},
    "kinship": {"en": {"parent": "mapa"}},
    "first_person": {"ja": "僕"},
    "other_names": ["Kimmie"],
    "former_names": [{"name": "Karl", "until": "2019", "audiences": ["family"]}, "Karlchen"],
    "audiences": {"work": {"name": "K. Roe", "pronouns": "he/him"}},
}


@pytest.fixture
def key():
    fernet = pytest.importorskip("cryptography.fernet")
    return fernet.Fernet.generate_key().decode()


def test_plain_data_comes_back():
    kim = person_from(KIM)
    assert person_from(plain(kim)) == kim


@settings(max_examples=15)
@given(st.lists(st.sampled_from(["they/them", "she/her", "none", "any"]), min_size=1, max_size=4))
def test_what_is_kept_comes_back(tmp_path_factory, pronouns):
    people = people_from([{"name": f"P{at}", "pronouns": each} for at, each in enumerate(pronouns)])
    store = PeopleStore(tmp_path_factory.mktemp("people") / "people.json")
    store.put(people)
    assert store.all() == people


def test_one_name_in_two_encodings_is_one_person(tmp_path):
    store = PeopleStore(tmp_path / "people.json")
    assert store.put(people_from([{"name": "Zo\u00e9 Roe"}])) == (1, 0)
    assert store.put(people_from([{"name": "Zoe\u0301  roe", "pronouns": "she/her"}])) == (0, 1)
    assert store.get("ZO\u00c9 ROE").pronouns
    with pytest.raises(ConfigError, match=r"people\.same-name"):
        people_from([{"name": "Zo\u00e9"}, {"name": "Zoe\u0301"}])
    with pytest.raises(ConfigError, match=r"people\.name"):
        people_from([{"name": "  "}])
    store.remove("zoe\u0301 roe")
    assert store.all() == ()


def test_add_replace_remove(tmp_path):
    store = PeopleStore(tmp_path / "deep" / "people.json")
    assert store.all() == ()
    assert store.put(people_from([KIM, {"name": "Ada"}])) == (2, 0)
    assert store.put(people_from([{"name": "ADA", "pronouns": "she/her"}, {"name": "Bo"}])) == (1, 1)
    store.remove("bo")
    assert [person.name for person in store.all()] == ["ADA", "Kim Roe"]
    assert stat.S_IMODE(store.path.stat().st_mode) == 0o600
    store.remove("kim roe")
    assert b"Kim" not in store.path.read_bytes()
    assert not [path for path in store.path.parent.iterdir() if b"Kim" in path.read_bytes()]
    with pytest.raises(ConfigError, match=r"people\.unknown"):
        store.get("kim roe")
    with pytest.raises(ConfigError, match=r"people\.unknown"):
        store.remove("Kim Roe")


def test_encrypted_where_there_is_a_key(tmp_path, key):
    env = {"TONGLI_PEOPLE": str(tmp_path / "people.json")}
    PeopleStore.from_env(env).put(people_from([KIM]))
    locked = PeopleStore.from_env({**env, "TONGLI_PEOPLE_KEY": key})
    locked.put(people_from([{"name": "Ada"}]))
    assert b"Kim" not in locked.path.read_bytes()
    assert [person.name for person in locked.all()] == ["Ada", "Kim Roe"]
    with pytest.raises(StorageError, match=r"people\.locked"):
        PeopleStore.from_env(env).all()
    (tmp_path / "key").write_text(key)
    assert PeopleStore.from_env({**env, "TONGLI_PEOPLE_KEY_FILE": str(tmp_path / "key")}).get("ada")


def test_another_key_opens_nothing(tmp_path, key):
    from cryptography.fernet import Fernet

    PeopleStore(tmp_path / "p", key=cipher({"TONGLI_PEOPLE_KEY": key})).put(people_from([KIM]))
    with pytest.raises(StorageError, match=r"people\.locked"):
        PeopleStore(tmp_path / "p", key=Fernet(Fernet.generate_key())).all()


@pytest.mark.parametrize(
    "env", [{"TONGLI_PEOPLE_KEY": "secret"}, {"TONGLI_PEOPLE_KEY_FILE": "/no/such/secret"}]
)
def test_a_bad_key_is_not_repeated(env):
    pytest.importorskip("cryptography")
    with pytest.raises(ConfigError, match=r"people\.key") as caught:
        cipher(env)
    assert "secret" not in str(caught.value)


def test_a_file_that_is_no_store(tmp_path):
    path = tmp_path / "people.json"
    path.write_text("[]")
    with pytest.raises(StorageError, match=r"people\.store"):
        PeopleStore(path).all()


def test_export_is_read_again_and_replaces_nothing(tmp_path):
    store = PeopleStore(tmp_path / "people.json")
    store.put(people_from([KIM]))
    target = tmp_path / "out.json"
    exported(store, to=str(target))
    assert read_people(str(target)) == store.all()
    with pytest.raises(ConfigError, match=r"output\.exists"):
        exported(store, to=str(target))
