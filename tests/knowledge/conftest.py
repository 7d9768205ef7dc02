from pathlib import Path

import pytest

_SHARED = Path(__file__).parents[3] / "shared" / "data"


@pytest.fixture
def shared_data():
    if not _SHARED.is_dir():
        pytest.skip("the development data folder is absent")
    return _SHARED
