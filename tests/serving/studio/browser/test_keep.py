"""Nothing that was saved is lost, and nobody sees what is another's."""

from __future__ import annotations

import signal

import pytest

from tongli.applications.people import PeopleStore
from tongli.applications.studio import LOCAL, Actor, open_store
from tongli.core import Person

pytestmark = [pytest.mark.slow, pytest.mark.models]
PASSWORD = "a sentence that nobody would guess"


def people_file(home):
    return PeopleStore(home / "people.json")


def draft(page):
    return page.get_by_label("Draft", exact=True)


def test_a_killed_server_loses_no_edit(browser, studio_models, tmp_path, serving, window, expect):
    with serving(tmp_path) as (process, address):
        first = window(browser, address)
        first.open("write?doc=new")
        draft(first.page).fill("Saved before the end.")
        first.status("Saved.")
        process.send_signal(signal.SIGKILL)
        process.wait()
        draft(first.page).fill("Saved before the end. And this was typed after it.")
    port = first.host.partition(":")[2]
    with serving(tmp_path, "--port", port) as (_, address):
        other = window(browser, address)
        other.open("write")
        expect(draft(other.page)).to_have_value("Saved before the end.")
        other.page.context.close()
        first.server = address
        first.open("write")
        expect(draft(first.page)).to_have_value("Saved before the end. And this was typed after it.")
        first.status("Saved.")
        first.page.context.close()


def test_accounts_log_in_and_see_their_own(browser, studio_models, tmp_path, serving, window, expect):
    database = f"sqlite:///{tmp_path / 'studio.db'}"
    with open_store(database) as store:
        ana = store.accounts.add("ana", password=PASSWORD, role="writer", by=LOCAL)
        store.review.submit(
            by=Actor(id=ana.id, name="ana", role="writer"), draft="Everybody is invited.", lang="en"
        )
        store.documents.create(by=LOCAL, text="Somebody else's words")
    people_file(tmp_path).put([Person(name="Robin Lee")])
    with serving(tmp_path, "--auth") as (_, address):
        studio = window(browser, address)
        studio.page.goto(f"http://{studio.host}/studio/en/write")
        studio.page.locator("input[name=name]").fill("ana")
        studio.page.locator("input[name=password]").fill(PASSWORD)
        studio.page.locator("button").click()
        studio.settle()
        expect(draft(studio.page)).to_have_value("")
        assert "Somebody else" not in studio.page.content()
        studio.page.goto(f"http://{studio.host}/studio/en/people")
        expect(studio.page.locator("#main")).to_contain_text("Nobody yet")
        studio.page.goto(f"http://{studio.host}/studio/en/review")
        studio.settle()
        studio.page.locator("[data-act=open]").click()
        expect(studio.page.locator("#desk-title ~ *")).to_contain_text(["Everybody is invited."])
        expect(studio.page.get_by_label("Text to send")).to_have_count(0)
        expect(studio.button("Approve")).to_have_count(0)
        studio.button("Log out").click()
        studio.page.wait_for_url("**/login*")
        studio.page.goto(f"http://{studio.host}/studio/en/write")
        assert "/login" in studio.page.url
        studio.page.context.close()
