"""Write: remarks, accepting, rejecting, undoing; audiences, variants, history, exports."""

from __future__ import annotations

import re
import zipfile

import pytest

pytestmark = [pytest.mark.slow, pytest.mark.models]
DRAFT = "Every chairman is invited. Break a leg, guys!"


@pytest.fixture
def write(visit):
    studio = visit("write?doc=new")
    studio.page.get_by_label("Draft", exact=True).fill(DRAFT)
    studio.page.wait_for_selector(".remarks li")
    return studio


def text(studio) -> str:
    return studio.page.get_by_label("Draft", exact=True).input_value()


def test_accept_undo_reject_restore(write, expect):
    page = write.page
    write.button("Accept: chairman").click()
    expect(page.get_by_label("Draft", exact=True)).to_have_value(DRAFT.replace("chairman", "chair"))
    page.locator(".decided-remarks").get_by_role("button", name="Undo").click()
    expect(page.get_by_label("Draft", exact=True)).to_have_value(DRAFT)
    write.button("Reject: chairman").click()
    expect(page.locator(".remarks")).not_to_contain_text("chairman")
    write.button("Show again").click()
    expect(page.locator(".remarks")).to_contain_text("chairman")
    assert text(write) == DRAFT


def test_undo_finds_its_place_after_more_typing(write, expect):
    page = write.page
    write.button("Accept: chairman").click()
    expect(page.get_by_label("Draft", exact=True)).to_have_value(DRAFT.replace("chairman", "chair"))
    page.get_by_label("Draft", exact=True).fill("Hello! " + DRAFT.replace("chairman", "chair"))
    write.saved()
    page.locator(".decided-remarks").get_by_role("button", name="Undo").click()
    expect(page.get_by_label("Draft", exact=True)).to_have_value("Hello! " + DRAFT)


def test_the_place_in_the_text_is_shown(write):
    write.button("Show in text: chairman").click()
    write.page.wait_for_function(
        "() => { const f = document.querySelector('textarea');"
        " return f.value.slice(f.selectionStart, f.selectionEnd) === 'chairman' }"
    )


def test_how_it_lands(write, expect):
    page = write.page
    page.get_by_label("German (Germany)").check()
    expect(page.locator(".remarks")).to_contain_text("German (Germany)")
    write.button("Preview").click()
    expect(page.locator(".cards .card").first).to_contain_text("German (Germany)")
    write.status("Audiences: 1")


def test_variants_are_ranked(write, expect):
    page = write.page
    page.get_by_text("Variants side by side").click()
    page.get_by_label("Variant 1").fill("Ten facts about soup")
    page.get_by_label("Variant 2").fill("She lost everything, and what she did next will surprise you")
    write.button("Compare").click()
    expect(page.get_by_role("heading", name="Place 1")).to_be_visible()
    page.get_by_role("button", name="Use this").first.click()
    expect(page.get_by_label("Draft", exact=True)).not_to_have_value(DRAFT)


def test_history_goes_back_and_forth(write, expect):
    field = write.page.get_by_label("Draft", exact=True)
    write.saved()
    field.fill("Something else entirely")
    write.saved()
    write.page.get_by_role("button", name="Undo", exact=True).first.click()
    expect(field).to_have_value(DRAFT)
    write.button("Redo").click()
    expect(field).to_have_value("Something else entirely")


def test_drafts_are_kept(write, visit, expect):
    write.saved()
    again = visit("write")
    expect(again.page.get_by_label("Draft", exact=True)).to_have_value(DRAFT)


def test_exports_and_difference(write, tmp_path):
    with write.page.expect_download() as got:
        write.page.get_by_role("button", name="Save as .docx").click()
    kept = tmp_path / "draft.docx"
    got.value.save_as(kept)
    with zipfile.ZipFile(kept) as archive:
        assert b"Every chairman" in archive.read("word/document.xml")
    write.page.get_by_text("What changed since you opened it").click()
    assert "Every chairman" in write.page.locator(".difference").inner_text()


def test_review_from_draft_to_decision(write, visit, expect):
    write.button("Ask for review").click()
    write.status("waits in Review")
    desk = visit("review")
    desk.button("Open").click()
    desk.page.get_by_label("Text to send").fill("Every chair is invited.")
    desk.button("Approve").click()
    desk.status("approved with edits")
    expect(desk.page.locator("#main")).to_contain_text("Every chair is invited.")
    desk.page.get_by_text("Audit trail").click()
    expect(desk.page.get_by_role("region", name="Audit trail")).to_contain_text("review.edited")


def test_a_rejection_needs_a_reason_of_its_own(write, visit, expect):
    write.button("Ask for review").click()
    write.status("waits in Review")
    write.page.get_by_label("Draft", exact=True).fill("Every chairman is welcome.")
    write.status("Saved.")
    write.button("Ask for review").click()
    write.status("waits in Review")
    desk = visit("review")
    desk.page.locator("[data-act=open]").last.click()
    desk.button("Reject").click()
    expect(desk.page.get_by_role("alert")).to_contain_text("review.reason")
    desk.page.get_by_label("Reason").fill("Too loud.")
    desk.button("Reject").click()
    desk.status("rejected")
    desk.page.locator("[data-act=open]").last.click()
    expect(desk.page.get_by_label("Text to send")).to_have_value(DRAFT)
    expect(desk.page.get_by_label("Reason")).to_have_value("")


MESSAGE = "My order 48213 arrived broken and nobody answers me. I am furious!"


def answering(visit):
    studio = visit("write?doc=new")
    studio.page.get_by_text("Answer a message").click()
    studio.page.get_by_label("Message to answer").fill(MESSAGE)
    studio.button("Draft an answer").click()
    studio.status("A checked draft is ready.")
    return studio


def test_a_message_is_answered_and_its_plan_changed(visit, expect):
    studio = answering(visit)
    page = studio.page
    card = page.locator(".cards .card .draft").first
    expect(card).to_contain_text("48213")
    first = card.inner_text()
    expect(page.get_by_label("say what comes next")).to_be_checked()
    expect(page.get_by_label("celebrate")).not_to_be_checked()
    assert studio.problems() == []
    page.get_by_label("say what comes next").uncheck()
    page.get_by_label("Sign-off of the answer").fill("The Lantern team")
    page.get_by_label("Lines of the house").fill("Order desk open from 8 to 5.")
    studio.button("Draft again by this plan").click()
    expect(card).to_contain_text("The Lantern team")
    expect(card).to_contain_text("Order desk open from 8 to 5.")
    assert card.inner_text() != first
    page.locator(".cards [data-act=use]").first.click()
    expect(page.get_by_label("Draft", exact=True)).to_have_value(re.compile("48213.*Lantern team", re.DOTALL))
    studio.shot("answer")


def test_a_changed_plan_becomes_a_house_style(visit, expect):
    studio = answering(visit)
    page = studio.page
    page.get_by_label("thank", exact=True).check()
    page.get_by_label("Tone of the answer").select_option("informal")
    page.get_by_label("Name of the style").fill("lantern")
    studio.button("Keep my changes as a house style").click()
    studio.status("The style is saved.")
    studio.open("people")
    studio.button("Edit: lantern").click()
    expect(page.get_by_label("Tone", exact=True)).to_have_value("informal")
    expect(
        page.get_by_role("group", name="Every answer also does").get_by_label("thank", exact=True)
    ).to_be_checked()
    studio.button("Remove: lantern").click()
    studio.status("The style is removed.")


def test_what_a_plan_cannot_be_is_told(visit, expect):
    studio = answering(visit)
    studio.page.get_by_label("How strong it is").fill("9")
    studio.button("Draft again by this plan").click()
    expect(studio.page.get_by_role("alert")).to_contain_text("plan.value")


def test_an_answer_goes_to_review(visit, expect):
    studio = answering(visit)
    studio.button("Ask for review of the answer").click()
    studio.status("The draft waits in Review.")
    studio.open("review")
    expect(studio.page.locator("#main")).to_contain_text("48213")
    studio.page.locator("[data-act=open]").last.click()
    expect(studio.page.get_by_role("region", name="The draft").locator("blockquote")).to_contain_text(MESSAGE)
