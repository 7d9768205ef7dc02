from __future__ import annotations

import json

import pytest

pytest.importorskip("sqlalchemy", reason="the extra studio is not installed")

from tongli.applications.studio import LOCAL, open_store


@pytest.fixture
def queue(real, tmp_path):
    """Three drafts that wait, and ``tongli review``."""
    url = f"sqlite:///{tmp_path}/studio.db"
    with open_store(url) as store:
        ids = [
            store.review.submit(by=LOCAL, draft=f"Draft {n}", lang="en", notes=["risk"]).id for n in range(3)
        ]

    def run(*arguments, stdin=b""):
        return real("review", *arguments, stdin=stdin, TONGLI_DATABASE_URL=url, TONGLI_PEOPLE_KEY="")

    return ids, run


def test_the_queue_from_first_to_last(queue):
    (one, two, three), run = queue
    listed = run("list").stdout.decode().splitlines()
    assert [line.split()[0] for line in listed] == [one, two, three]
    assert json.loads(run("show", one).stdout)["draft"] == "Draft 0"
    assert run("approve", one).stdout == b"Draft 0\n"
    assert run("approve", two, "--file", "-", stdin=b"Other words.\n").stdout == b"Other words.\n"
    assert run("reject", three, "--reason", "Too cold.").returncode == 0
    assert run("list").stdout == b""
    done = [json.loads(line) for line in run("list", "--status", "all", "--json").stdout.splitlines()]
    assert [item["status"] for item in done] == ["approved", "edited", "rejected"]
    assert done[2]["reason"] == "Too cold."


@pytest.mark.parametrize(
    ("arguments", "code", "status"),
    [
        (["show", "nothing"], b"review.unknown", 2),
        (["list", "--status", "lost"], b"studio.choice", 2),
        (["reject", "0" * 32, "--reason", " "], b"review.reason", 2),
    ],
)
def test_mistakes(queue, arguments, code, status):
    done = queue[1](*arguments)
    assert (done.returncode, code in done.stderr) == (status, True)


def test_a_decision_is_made_once(queue):
    (one, *_), run = queue
    run("approve", one)
    done = run("reject", one, "--reason", "x")
    assert (done.returncode, b"review.decided" in done.stderr) == (6, True)


@pytest.mark.parametrize("as_lines", [False, True])
def test_replies_that_need_a_person_go_into_the_queue(fake, real, tmp_path, as_lines):
    env = {"TONGLI_DATABASE_URL": f"sqlite:///{tmp_path}/studio.db", "TONGLI_PEOPLE_KEY": ""}
    if as_lines:
        lines = [json.dumps({"id": n, "text": text}) for n, text in enumerate(["bad", "hello"])]
        done = fake("respond", "--jsonl", "-", "--queue", "--quiet", stdin="\n".join(lines).encode(), **env)
    else:
        fake("respond", "hello", "--queue", **env)
        done = fake("respond", "bad", "--queue", **env)
    assert done.returncode == 0
    (item,) = [json.loads(line) for line in real("review", "list", "--json", **env).stdout.splitlines()]
    assert (item["source"], item["status"]) == ("bad", "open")
    assert item["notes"]


def test_a_batch_tells_how_many_need_a_person(fake):
    lines = [json.dumps({"id": n, "text": text}) for n, text in enumerate(["bad", "hello"])]
    told = fake("respond", "--jsonl", "-", stdin="\n".join(lines).encode()).stderr
    assert b"1 for a person to look at, 0 of them with a risk; --queue" in told
    told = fake("respond", "--jsonl", "-", stdin=lines[1].encode()).stderr
    assert b"for a person" not in told
