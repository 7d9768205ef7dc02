"""Read: its main job, what it exports, and files."""

from __future__ import annotations

import json
import wave

import pytest

from tongli.knowledge.schemes import EKMAN6

pytestmark = [pytest.mark.slow, pytest.mark.models]
TEXT = "The delivery was late again and I am furious.\n\nThank you for the flowers.\n\nI miss my sister."


@pytest.fixture(scope="module")
def read(visit_once):
    """One reading for all tests that only look at it; they leave it as it was."""
    studio = visit_once("read")
    studio.page.get_by_label("Text to read").fill(TEXT)
    studio.button("Read").click()
    studio.page.wait_for_selector(".read-text mark")
    studio.status("Read:")
    return studio


def test_shows_words_bars_and_reasons(read, expect):
    page = read.page
    assert page.locator(".read-text").inner_text().startswith("The delivery")
    expect(page.get_by_role("rowheader", name="anger").first).to_be_visible()
    assert "needs 0." in page.locator(".bars").first.inner_text()
    page.get_by_text("The marked words as a list").click()
    expect(page.locator(".places li").first).to_be_visible()
    page.locator(".claims summary").first.click()
    expect(page.locator(".claims dl").first).to_contain_text("head:")


def test_a_long_text_has_a_course(read, expect):
    expect(read.page.locator(".timeline polyline").first).to_be_attached()
    read.page.get_by_text("As a table").click()
    assert read.page.locator(".timeline tbody tr").count() == 3


def test_one_feeling_alone(read, expect):
    button = read.page.locator("button[data-only]").first
    button.click()
    expect(button).to_have_attribute("aria-pressed", "true")
    button.click()
    expect(button).to_have_attribute("aria-pressed", "false")
    assert read.page.locator("mark.faint").count() == 0


def test_exports(read):
    with read.page.expect_download() as got:
        read.button("Save as JSON").click()
    data = json.loads(got.value.path().read_text("utf-8"))
    assert data["text"] == TEXT
    assert set(data["scores"]["ekman6"]) == set(EKMAN6)
    with read.page.expect_download() as got:
        read.button("Save as HTML").click()
    html = got.value.path().read_text("utf-8")
    assert "<script" not in html
    assert "furious" in html


def test_a_file_is_read(visit, tmp_path):
    file = tmp_path / "letter.md"
    file.write_text("# Hello\n\nWhat a wonderful surprise, we are so happy!\n", "utf-8")
    studio = visit("read")
    studio.page.set_input_files("input[type=file]", file)
    studio.status("joy")
    assert "wonderful surprise" in studio.page.get_by_label("Text to read").input_value()


def test_a_file_is_dropped(visit, expect):
    studio = visit("read")
    studio.page.evaluate(
        "() => { const dropped = new DataTransfer();"
        " dropped.items.add(new File(['I am so happy!'], 'note.txt'));"
        " document.body.dispatchEvent("
        "new DragEvent('drop', {dataTransfer: dropped, bubbles: true, cancelable: true})) }"
    )
    expect(studio.page.get_by_label("Text to read")).to_have_value("I am so happy!")


def test_a_file_that_lies_about_itself_is_refused(visit, tmp_path, expect):
    file = tmp_path / "letter.docx"
    file.write_text("no archive at all", "utf-8")
    studio = visit("read")
    studio.page.set_input_files("input[type=file]", file)
    expect(studio.page.get_by_role("alert")).to_contain_text("upload.contents")


def test_nothing_to_read_is_told(visit, expect):
    studio = visit("read")
    studio.button("Read").click()
    expect(studio.page.get_by_role("alert")).to_contain_text("input.empty")


def test_a_text_that_is_far_too_long_is_told_and_stays(visit, expect):
    studio = visit("read")
    field = studio.page.get_by_label("Text to read")
    field.evaluate("(it) => { it.value = 'word '.repeat(250_000); it.dispatchEvent(new Event('input')) }")
    expect(studio.page.get_by_role("alert")).to_contain_text("1,250,000 characters")
    studio.button("Read").click()
    expect(studio.page.locator(".problem")).to_contain_text("input.too-long")
    assert field.evaluate("(it) => it.value.length") == 1_250_000
    field.fill("I am so happy!")
    studio.button("Read").click()
    studio.status("joy")
    expect(studio.page.get_by_role("alert")).to_have_count(0)


def test_a_file_of_another_kind_is_refused(visit, tmp_path, expect):
    file = tmp_path / "tool.exe"
    file.write_bytes(b"MZ")
    studio = visit("read")
    studio.page.set_input_files("input[type=file]", file)
    expect(studio.page.get_by_role("alert")).to_contain_text("studio.file-kind")


def test_a_sample_teaches(visit):
    studio = visit("read")
    studio.page.locator(".empty button").first.click()
    studio.page.wait_for_selector(".bars")
    assert studio.page.locator(".empty").is_hidden()


def test_text_survives_a_reload(visit, expect):
    studio = visit("read")
    studio.page.get_by_label("Text to read").fill("Not sent yet")
    studio.page.reload()
    studio.settle()
    expect(studio.page.get_by_label("Text to read")).to_have_value("Not sent yet")
    studio.button("Read").click()
    studio.status("Read:")


def test_a_recording_is_read_or_says_what_is_missing(visit, tmp_path, expect):
    file = tmp_path / "tone.wav"
    with wave.open(str(file), "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(16_000)
        sound.writeframes(bytes(32_000))
    studio = visit("read")
    studio.page.set_input_files("input[type=file]", file)
    told = studio.page.locator("[role=alert] code, .cards .card").first
    expect(told).to_be_visible()


def test_a_threat_is_told_first_and_handed_over_to_a_person(visit, expect):
    studio = visit("read", lang="es", width=360)
    studio.page.get_by_role("textbox").first.fill("I will come to your office and hurt you.")
    studio.button("Leer").click()
    studio.status("Leído")
    expect(studio.page.get_by_role("alert").first).to_have_text(
        "El mensaje puede contener una amenaza de violencia. Una persona debería verlo ahora."
    )
    studio.quiet()
    studio.button("Pasar a una persona").click()
    studio.status("Espera en Revisar.")
    assert studio.problems() == []
    studio.open("review", lang="es")
    first = studio.page.locator(".suggestions li").first
    expect(first).to_contain_text("urgente")
    expect(first).to_contain_text("I will come to your office and hurt you.")
    assert studio.problems() == []
    studio.shot("review-urgent-es-360")
