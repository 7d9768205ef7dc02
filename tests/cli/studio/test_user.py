from __future__ import annotations

PASSWORD = b"a good long password\n"


def test_accounts_from_first_to_last(tongli, tmp_path):
    assert tongli("studio", "user", "add", "Ana", stdin=PASSWORD).returncode == 0
    assert tongli("studio", "user", "role", "ana", "reviewer").returncode == 0
    assert tongli("studio", "user", "list").stdout == b"ana\treviewer\n"
    assert tongli("studio", "user", "password", "ana", stdin=b"another long password\n").returncode == 0
    refused = tongli("studio", "user", "remove", "ana", stdin=b"n\n")
    assert refused.returncode == 1
    assert tongli("studio", "user", "remove", "ana", "--yes").returncode == 0
    assert tongli("studio", "user", "list").stdout == b""
    assert all(b"good long" not in path.read_bytes() for path in tmp_path.iterdir())


def test_a_short_password_is_refused(tongli):
    done = tongli("studio", "user", "add", "ana", stdin=b"short\n")
    assert done.returncode == 2
    assert b"access.password" in done.stderr
    assert b"short" not in done.stderr
    assert tongli("studio", "user", "list").stdout == b""


def test_an_unknown_account(tongli):
    done = tongli("studio", "user", "remove", "nobody", "--yes")
    assert (done.returncode, b"access.unknown" in done.stderr) == (2, True)


def test_accounts_without_an_account(tongli):
    done = tongli("studio", "--auth", "--no-browser", "--port", "0")
    assert (done.returncode, b"access.no-accounts" in done.stderr) == (2, True)
    assert b"tongli studio user add" in done.stderr


def test_what_was_written_alone_is_given_to_an_account(tongli, tmp_path):
    from tongli.applications.studio import LOCAL, open_store

    with open_store(f"sqlite:///{tmp_path}/studio.db") as store:
        store.documents.create(by=LOCAL, text="Mine")
    assert tongli("studio", "user", "add", "ana", stdin=PASSWORD).returncode == 0
    told = b"documents: 1\nsuggestions: 0\nreviews: 0\npeople: 0\n"
    assert tongli("studio", "user", "give", "ana", "--dry-run").stdout == told
    assert tongli("studio", "user", "give", "ana", stdin=b"n\n").returncode == 1
    assert tongli("studio", "user", "give", "ana", "--dry-run").stdout == told
    assert tongli("studio", "user", "give", "ana", "--yes").returncode == 0
    assert tongli("studio", "user", "give", "ana", "--dry-run").stdout.startswith(b"documents: 0\n")
