"""The declared people of each account: in a file of their own, so that no account sees those of another."""

from __future__ import annotations

from tongli.applications.people import PeopleStore
from tongli.applications.people.cipher import cipher
from tongli.applications.studio.access import LOCAL


def people_of(account: str) -> PeopleStore:
    """The people of an account: those of ``tongli people`` for the one local user, else a file beside theirs.

    Args:
        account: identifier.

    Raises:
        ConfigError: ``people.key``, ``people.cryptography``.
    """
    store = PeopleStore.from_env()
    if account == LOCAL.id:
        return store
    path = store.path
    return PeopleStore(path.with_name(f"{path.stem}-{account}{path.suffix}"), key=cipher())


def forget_people_of(account: str) -> None:
    """Delete the people of an account; never those of the local user, whom ``tongli people`` keeps."""
    if account != LOCAL.id:
        path = people_of(account).path
        for each in (path, path.with_name(f"{path.name}.lock")):
            each.unlink(missing_ok=True)
