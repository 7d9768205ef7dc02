import stat

import pytest

from tongli.applications.private_file import private_file
from tongli.core import ConfigError, StorageError


def test_a_new_file_is_for_its_owner_alone(tmp_path):
    path = tmp_path / "out"
    with private_file(str(path)) as file:
        file.write(b"x")
    assert path.read_bytes() == b"x"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_nothing_is_written_over(tmp_path):
    path = tmp_path / "out"
    path.write_bytes(b"kept")
    with pytest.raises(ConfigError, match=r"output\.exists"), private_file(str(path)):
        pass
    assert path.read_bytes() == b"kept"


def test_a_missing_folder_is_a_coded_error(tmp_path):
    with pytest.raises(StorageError, match=r"storage\.write"), private_file(str(tmp_path / "no" / "out")):
        pass
