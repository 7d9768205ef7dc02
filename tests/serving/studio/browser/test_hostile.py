"""Whatever is typed anywhere stays text."""

from __future__ import annotations

import re

import pytest

pytestmark = [pytest.mark.slow, pytest.mark.models]
HOSTILE = "</textarea><script>window.broken=1</script><img src=x onerror=window.broken=1>{{constructor}}"
PAGES = ("read", "write?doc=new", "translate?doc=new", "people", "review")
_ACTIONS = re.compile(
    r"^(Read|Preview|Compare readings|Keep|Ask for review|Compare|Translate|Draft an answer|Save the style)$"
)


@pytest.mark.parametrize("page", PAGES)
def test_every_field(visit, page):
    studio = visit(page)
    for details in studio.page.locator("main details > summary, #main details > summary").all():
        details.click()
    for field in studio.page.locator("textarea:visible, input:visible:not([type=checkbox])").all():
        field.fill(HOSTILE)
    studio.quiet()
    for button in studio.page.get_by_role("button", name=_ACTIONS).all():
        button.click()
    studio.quiet()
    assert studio.page.evaluate("window.broken") is None
    assert studio.page.locator("#main img, #main script").count() == 0


def test_in_results_lists_and_titles(visit):
    studio = visit("write?doc=new")
    studio.page.get_by_label("Draft", exact=True).fill(f"{HOSTILE} chairman")
    studio.page.wait_for_selector(".remarks li")
    studio.button("Accept: chairman").click()
    studio.button("Ask for review").click()
    studio.status("waits in Review")
    people = visit("people")
    people.page.get_by_label("Name", exact=True).fill(HOSTILE[:60])
    people.button("Keep").click()
    people.status("Kept.")
    for page in ("write", "review", "people", "read"):
        shown = visit(page)
        shown.quiet()
        assert shown.page.evaluate("window.broken") is None
        assert shown.page.locator("#main img, #main script").count() == 0
    people.button("Delete", exact=False).click()
    people.status("Deleted.")


def test_the_address_is_no_way_in(visit):
    studio = visit("write?doc=%3Cimg%20src%3Dx%20onerror%3Dwindow.broken%3D1%3E")
    assert studio.page.evaluate("window.broken") is None
    assert studio.page.locator("[role=alert]").inner_text().count("studio.document") == 1
