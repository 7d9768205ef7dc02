"""What holds for every page: keyboard, screen readers, right to left, dark and light, narrow and wide."""

from __future__ import annotations

import shutil

import pytest

from tongli.core.environment import VARIABLES
from tongli.serving.studio.words import words

pytestmark = [pytest.mark.slow, pytest.mark.models]
PAGES = ("read", "write", "translate", "people", "review", "models")


def filled(studio, page: str) -> None:
    """Bring a page into the state that people mostly see it in."""
    if page == "read":
        studio.page.locator(".empty button").first.click()
        studio.page.wait_for_selector(".bars")
    if page == "write":
        studio.page.locator(".empty button").first.click()
        studio.page.wait_for_selector(".remarks li")
    if page == "translate":
        studio.page.locator(".empty button").first.click()
        studio.page.wait_for_selector(".plain")
    if page == "models":
        studio.page.wait_for_selector(".card:nth-of-type(4) td")


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize(("width", "scheme", "lang"), [(1440, "light", "en"), (360, "dark", "ar")])
def test_accessible_everywhere(visit, page, width, scheme, lang):
    address = f"{page}?doc=new" if page in {"write", "translate"} else page
    studio = visit(address, lang=lang, width=width, color_scheme=scheme)
    filled(studio, page)
    studio.shot(f"{page}-{lang}-{width}-{scheme}")
    assert studio.problems() == []
    wide = studio.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0, "the page scrolls sideways"


@pytest.mark.parametrize(
    ("lang", "scheme", "width"), [("zh", "dark", 360), ("es", "light", 360), ("en", "dark", 1440)]
)
def test_accessible_with_errors_and_dialogs(visit, expect, lang, scheme, width):
    """What is shown when something went wrong, and the list of keys, on one page after another."""
    said = words(lang)
    studio = visit("read", lang=lang, width=width, color_scheme=scheme)
    page = studio.page
    studio.button(said("read.do")).click()
    expect(page.get_by_role("alert")).to_contain_text(said("error.input.empty"))
    assert studio.problems() == []
    studio.button(said("frame.dismiss")).click()
    expect(page.get_by_role("alert")).to_have_count(0)
    studio.button(said("frame.keys")).click()
    expect(page.get_by_role("dialog")).to_be_visible()
    studio.shot(f"keys-{lang}-{width}-{scheme}")
    assert studio.problems() == []
    studio.open("translate?doc=new", lang=lang)
    page.get_by_label(said("translate.from"), exact=True).select_option("en")
    page.get_by_label(said("translate.to"), exact=True).select_option("ja")
    page.get_by_label(said("translate.source"), exact=True).fill("I am tired of waiting.")
    expect(page.locator(".engine")).to_contain_text('pip install "tongli[mt]"')
    studio.shot(f"engine-{lang}-{width}-{scheme}")
    assert studio.problems() == []
    studio.open("people", lang=lang)
    studio.button(said("people.keep")).click()
    expect(page.get_by_role("alert")).to_contain_text(said("error.people.name"))
    assert studio.problems() == []
    studio.open("write?doc=new", lang=lang)
    for each in page.locator("#main > details > summary").all():
        each.click()
    studio.button(said("write.rank")).click()
    expect(page.get_by_role("alert")).to_contain_text(said("error.rank.variants"))
    assert studio.problems() == []


def test_an_address_without_a_language_leads_to_the_visitors(visit):
    studio = visit("read", locale="es-MX")
    studio.page.goto(f"http://{studio.host}/studio/write?doc=new")
    assert studio.page.url.endswith("/studio/es/write?doc=new")
    studio.page.goto(f"http://{studio.host}/studio/")
    assert studio.page.url.endswith("/studio/es/read")


def test_a_chosen_language_is_remembered(visit):
    studio = visit("write?doc=new")
    header = studio.page.locator(".languages select")
    header.select_option("zh")
    studio.page.wait_for_url("**/zh/write?doc=new")
    studio.page.goto(f"http://{studio.host}/studio/people")
    assert studio.page.url.endswith("/studio/zh/people")
    studio.settle()
    header.select_option("en")
    studio.page.wait_for_url("**/en/people")


def test_what_is_not_there_is_told(visit):
    studio = visit("read")
    for address in ("en/nonsense", "xx/read", "nonsense"):
        answer = studio.page.goto(f"http://{studio.host}/studio/{address}")
        assert answer.status == 404
        assert studio.page.locator("h1").inner_text() == "There is no such page"
    assert studio.problems() == []
    studio.page.get_by_role("link").click()
    studio.settle()


@pytest.mark.parametrize("lang", ["en", "zh", "es", "ar"])
def test_direction_and_language(visit, lang):
    studio = visit("read", lang=lang)
    root = studio.page.locator("html")
    assert root.get_attribute("dir") == words(lang).direction
    assert root.get_attribute("lang").startswith(lang)
    assert studio.page.locator("h1").inner_text() == words(lang)("nav.read")


def test_right_to_left_is_mirrored(visit):
    place = "(name) => document.querySelector(name).getBoundingClientRect().left"
    left = visit("read").page.evaluate(place, ".brand")
    right = visit("read", lang="ar").page.evaluate(place, ".brand")
    assert left < 100
    assert right > 1000


def test_text_takes_its_own_direction(visit):
    studio = visit("read")
    studio.page.get_by_label("Text to read").fill("شكرا جزيلا على مساعدتكم")
    found = studio.page.evaluate("getComputedStyle(document.querySelector('textarea')).direction")
    assert found == "rtl"


def test_keyboard_alone(visit, expect):
    studio = visit("read")
    page = studio.page
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("Skip to content")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_attribute("id", "editor-read")
    page.keyboard.type("I am so happy for you!")
    page.keyboard.press("Control+Enter")
    page.wait_for_selector(".bars")
    outline = page.evaluate("getComputedStyle(document.querySelector('.editor-body')).boxShadow")
    assert outline != "none"
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("g")
    page.keyboard.press("w")
    page.wait_for_url("**/write")


def test_single_keys_can_be_switched_off(visit, expect):
    studio = visit("read")
    studio.button("Keyboard").click()
    studio.page.get_by_label("Single-key shortcuts").uncheck()
    studio.button("Close").click()
    studio.page.keyboard.press("?")
    expect(studio.page.get_by_role("dialog")).to_be_hidden()


def test_dark_and_light(visit):
    studio = visit("read", color_scheme="dark")
    ground = "getComputedStyle(document.body).backgroundColor"
    dark = studio.page.evaluate(ground)
    studio.button("Light or dark").click()
    light = studio.page.evaluate(ground)
    assert dark != light
    studio.page.reload()
    studio.settle()
    assert studio.page.evaluate(ground) == light


def test_language_is_chosen_from_the_header(visit):
    studio = visit("people")
    studio.page.get_by_label("Language", exact=True).select_option(label="中文")
    studio.page.wait_for_url("**/zh/people")


def test_translations_are_compared(visit, expect):
    studio = visit("translate?doc=new")
    studio.page.get_by_label("Source", exact=True).fill("I am so proud of you!")
    studio.page.get_by_label("Translation", exact=True).fill("Estoy muy triste.")
    studio.button("Compare readings").click()
    expect(studio.page.get_by_role("region", name="Readings compared")).to_contain_text("look")


def test_a_translation_is_kept_as_it_is_typed(visit, expect):
    studio = visit("translate?doc=new")
    studio.page.get_by_label("To", exact=True).select_option("de")
    studio.page.get_by_label("Source", exact=True).fill("Good night, and good luck.")
    studio.page.get_by_label("Translation", exact=True).fill("Gute Nacht und viel Glück.")
    studio.page.get_by_label("Glossary").fill("luck = Glück")
    studio.page.get_by_label("Source", exact=True).fill("Good night, and good luck!")
    studio.saved()
    again = visit("translate")
    expect(again.page.get_by_label("Source", exact=True)).to_have_value("Good night, and good luck!")
    expect(again.page.get_by_label("Translation", exact=True)).to_have_value("Gute Nacht und viel Glück.")
    expect(again.page.get_by_label("Glossary")).to_have_value("luck = Glück")
    expect(again.page.get_by_label("To", exact=True)).to_have_value("de")


def test_somebody_is_edited_and_keeps_what_no_field_shows(visit, expect):
    studio = visit("people")
    page = studio.page
    page.get_by_label("Name", exact=True).fill("Noa Levi")
    page.get_by_label("Place", exact=True).fill("de-DE")
    page.get_by_label("Language of these forms").select_option("de")
    page.get_by_label("Form of address").select_option("informal")
    studio.button("Keep").click()
    studio.status("Kept.")
    studio.button("Edit: Noa Levi").click()
    expect(page.get_by_label("Place", exact=True)).to_have_value("de-DE")
    page.get_by_label("Name", exact=True).fill("Noa Lewin")
    studio.button("Keep").click()
    expect(page.get_by_role("heading", name="Noa Lewin")).to_be_visible()
    expect(page.get_by_role("heading", name="Noa Levi")).to_have_count(0)
    expect(page.locator(".suggestions")).to_contain_text("de: informal")
    studio.button("Delete: Noa Lewin").click()
    studio.status("Deleted.")


def test_people_are_added_and_deleted(visit, expect):
    studio = visit("people")
    page = studio.page
    page.get_by_label("Name", exact=True).fill("Sasha Kim")
    page.get_by_label("Pronouns").fill("they/them")
    studio.button("Keep").click()
    studio.status("Kept.")
    expect(page.get_by_role("heading", name="Sasha Kim")).to_be_visible()
    studio.button("Delete: Sasha Kim").click()
    studio.status("Deleted.")
    expect(page.get_by_role("heading", name="Sasha Kim")).to_have_count(0)


def test_models_tell_what_is_installed_and_never_a_value(visit, expect):
    studio = visit("models")
    expect(studio.page.get_by_role("region", name="Models")).to_contain_text("MIT")
    expect(studio.page.locator("#main")).to_contain_text("Nothing. No remote engine is set up")
    rows = studio.page.get_by_role("region", name="Settings of the environment").inner_text()
    assert all(name in rows for name in VARIABLES)
    assert "people.json" not in rows


def test_house_styles_are_kept_edited_and_removed(visit, expect):
    studio = visit("people")
    page = studio.page
    page.get_by_label("Name of the style").fill("warm")
    page.get_by_label("Tone", exact=True).select_option("formal")
    page.get_by_label("Longest text").fill("280")
    page.get_by_label("Words that no text").fill("cheap\nasap")
    page.get_by_role("group", name="Ways of supporting").get_by_label("suggest").check()
    page.get_by_role("group", name="No answer does").get_by_label("comfort").check()
    studio.button("Save the style").click()
    studio.status("The style is saved.")
    page.reload()
    studio.settle()
    studio.button("Edit: warm").click()
    expect(page.get_by_label("Tone", exact=True)).to_have_value("formal")
    expect(page.get_by_label("Words that no text")).to_have_value("cheap\nasap")
    expect(page.get_by_role("group", name="Ways of supporting").get_by_label("suggest")).to_be_checked()
    expect(page.get_by_role("group", name="No answer does").get_by_label("comfort")).to_be_checked()
    expect(
        page.get_by_role("group", name="No answer does").get_by_label("thank", exact=True)
    ).not_to_be_checked()
    page.get_by_label("Longest text").fill("0")
    studio.button("Save the style").click()
    expect(page.locator("[role=alert]")).to_contain_text("style.value")
    assert studio.problems() == []
    studio.button("Remove: warm").click()
    studio.status("The style is removed.")


def test_sharing_is_off_until_it_is_chosen(visit, expect):
    studio = visit("models")
    box = studio.page.get_by_label("Share mine")
    expect(box).not_to_be_checked()
    box.check()
    studio.status("may be exported")
    studio.page.reload()
    studio.settle()
    expect(box).to_be_checked()
    box.uncheck()
    studio.status("are not exported")


def test_strangers_see_nothing(browser, server):
    page = browser.new_page()
    answer = page.goto(server.split("?")[0] + "en/read")
    assert answer is not None
    assert answer.status in {401, 403}
    assert "Text to read" not in page.content()
    page.close()


@pytest.mark.skipif(shutil.which("apertium") is None, reason="apertium is not installed (apertium-eng-spa)")
def test_an_engine_translates(visit, expect):
    studio = visit("translate?doc=new")
    studio.page.get_by_label("From").select_option("en")
    studio.page.get_by_label("Source", exact=True).fill("I am tired of waiting for my order.")
    expect(studio.page.locator(".engine")).to_contain_text("Engine: apertium")
    studio.button("Translate").click()
    expect(studio.page.get_by_label("Translation", exact=True)).not_to_have_value("")
    expect(studio.page.get_by_role("region", name="Readings compared")).to_be_visible()
