import pytest

from tongli.applications.write.styles import StyleStore
from tongli.core import ConfigError, StorageError
from tongli.generation.house_style import parse_style

STYLE = parse_style(
    {"signoff": {"en": 'The "Lantern" \\ team', "ja": "灯"}, "avoid": ["x\x7fy"], "max_chars": 300}
)


@pytest.fixture
def store(tmp_path):
    return StyleStore(tmp_path / "styles")


def test_a_style_is_kept_for_its_owner_only(store):
    path = store.save("lantern", STYLE)
    assert store.get("lantern") == STYLE
    assert store.names() == ("lantern",)
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_style_takes_the_place_of_its_namesake_and_goes(store):
    store.save("lantern", STYLE)
    store.save("lantern", parse_style({"register": "formal"}))
    assert store.get("lantern").register == "formal"
    store.remove("lantern")
    assert store.names() == ()


@pytest.mark.parametrize("name", ["../x", "", "a b", "x" * 61])
def test_names_that_are_no_file_names_are_refused(store, name):
    with pytest.raises(ConfigError) as error:
        store.save(name, STYLE)
    assert error.value.code == "style.name"


def test_an_unknown_style_lists_the_known_ones(store):
    store.save("lantern", STYLE)
    for act in (store.get, store.remove):
        with pytest.raises(ConfigError) as error:
            act("lamp")
        assert (error.value.code, error.value.allowed) == ("style.unknown", "lantern")


def test_a_damaged_file_is_told(store):
    store.save("lantern", STYLE).write_text("= broken")
    with pytest.raises(StorageError) as error:
        store.get("lantern")
    assert error.value.code == "style.damaged"


def test_the_folder_comes_from_the_environment(tmp_path):
    assert StyleStore.from_env({"TONGLI_STYLES": str(tmp_path)}).folder == tmp_path
