from __future__ import annotations

from typing import get_args

import pytest

from tongli.applications.studio import LOCAL, PERMISSIONS, ROLES, AccessError, Action, Actor, require


def test_each_role_may_what_the_one_before_may():
    writer, reviewer, admin = (PERMISSIONS[role] for role in ROLES)
    assert writer < reviewer < admin
    assert admin == set(get_args(Action))
    assert LOCAL.role == "admin"


@pytest.mark.parametrize("action", ["review", "accounts", "audit", "export"])
def test_writers_only_write(action):
    ana = Actor(id="1", name="ana", role="writer")
    require(ana, "write")
    with pytest.raises(AccessError) as caught:
        require(ana, action)
    assert caught.value.code == "access.denied"
    assert "ana" not in str(caught.value)
