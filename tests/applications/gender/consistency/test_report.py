from __future__ import annotations

import io
import tracemalloc

from tongli.applications.documents import Plain, open_document
from tongli.applications.gender.consistency import consistency
from tongli.applications.people import people_from

PEOPLE = [
    {"name": "Robin Hale", "pronouns": "xe/xem/xyr/xyrs/xemself", "title": "Mx"},
    {"name": "Ana", "pronouns": "she/her"},
    {"name": "Tom"},
]
TEXT = """# The start

Robin Hale came in. Xe put xyr bag down. Mx Hale was late.

Ana smiled. She had waited.

# The end

Robin sat down. He opened the window.

Ms Hale left.

“Where is Robin? He is late,” the doctor said.
"""


def report(text, people=PEOPLE, lang="en", *, markdown=True):
    document = Plain(source=io.StringIO(text, newline=""), markdown=markdown)
    return consistency(document, lang=lang, people=people_from(people, lang=lang))


def forms(found, index=0):
    return {
        (form.kind, form.value): (form.declared, dict(form.count), form.quoted.total())
        for form in found.characters[index].forms
    }


def deviations(found, index=0):
    return [
        (
            item.form.kind,
            item.form.value,
            item.expected,
            item.from_,
            [place.number for place in item.form.places],
        )
        for item in found.characters[index].deviations
    ]


def test_forms_by_chapter_and_deviations_from_the_declaration():
    found = report(TEXT)
    assert found.chapters == ("The start", "The end")
    assert forms(found) == {
        ("pronouns", "xe"): (True, {1: 2}, 0),
        ("pronouns", "he"): (False, {2: 1}, 1),
        ("title", "Mx"): (True, {1: 1}, 0),
        ("title", "Ms"): (False, {2: 1}, 0),
    }
    assert deviations(found) == [
        ("pronouns", "he", "xe", "declaration", [9]),
        ("title", "Ms", "Mx", "declaration", [11]),
    ]
    assert deviations(found, 1) == []


def test_without_a_declaration_the_majority_is_expected():
    text = "Tom slept. He snored. He woke.\n\nTom ate. She drank.\n"
    found = report(text, [{"name": "Tom"}])
    assert deviations(found) == [("pronouns", "she", "he", "majority", [3])]
    tie = report("Tom slept. He snored.\n\nTom ate. She drank.\n", [{"name": "Tom"}])
    assert deviations(tie) == []


def test_who_wants_no_pronouns():
    found = report("Tom slept. He snored.\n", [{"name": "Tom", "pronouns": "none"}])
    assert deviations(found) == [("pronouns", "he", "", "declaration", [1])]


def test_renaming_everybody_changes_nothing():
    renamed = TEXT.replace("Robin", "Mary").replace("Ana", "John").replace("Hale", "Kent")
    people = [PEOPLE[0] | {"name": "Mary Kent"}, PEOPLE[1] | {"name": "John"}, PEOPLE[2]]
    before, after = report(TEXT), report(renamed, people)
    for index in range(len(people)):
        assert forms(before, index) == forms(after, index)
        assert deviations(before, index) == deviations(after, index)


def test_what_somebody_says_of_themself_in_japanese():
    text = "健は「僕が行く」と言った。\n\n「俺は行かない。私立は高い」と健は言った。\n\n「僕も」と健。"
    found = report(text, [{"name": "健"}], "ja")
    assert forms(found)["first-person", "僕"] == (None, {0: 2}, 0)
    assert deviations(found) == [("first-person", "俺", "僕", "majority", [3])]
    declared = report(text, [{"name": "健", "first_person": {"ja": "俺"}}], "ja")
    assert [item[:4] for item in deviations(declared)] == [("first-person", "僕", "俺", "declaration")]


def test_what_somebody_says_of_themself_in_russian():
    text = "Саша улыбнулся. «Я пришла домой», — сказал Саша.\n\n«Я уже поел», — ответил Саша."
    found = report(text, [{"name": "Саша", "agreement": "masculine"}], "ru")
    assert forms(found)["first-person", "masculine"] == (True, {0: 1}, 0)
    assert ("first-person", "feminine", "masculine", "declaration", [1]) in deviations(found)


def test_how_somebody_is_addressed_in_german():
    said = (
        "Kim, hast du Zeit?",
        "Sag, Kim, was machst du?",
        "Kim, haben Sie Zeit?",
        "Ich sah Kim, als du kamst.",
    )
    text = "\n\n".join(f"„{words}“" for words in said)
    found = report(text, [{"name": "Kim"}], "de")
    assert forms(found)["address", "informal"] == (None, {0: 2}, 0)
    assert deviations(found) == [("address", "formal", "informal", "majority", [5])]


def test_agreement_in_spanish():
    text = "Álex está cansada.\n\nÁlex está contento.\n"
    found = report(text, [{"name": "Álex", "agreement": "feminine"}], "es")
    assert ("agreement", "masculine", "feminine", "declaration", [3]) in deviations(found)


def test_chapters_of_a_book_and_paragraphs_as_places(tmp_path):
    import zipfile

    path = tmp_path / "a.epub"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("META-INF/container.xml", '<rootfile full-path="b.opf"/>')
        items = "".join(f'<item id="{n}" href="{n}.xhtml" media-type="application/xhtml+xml"/>' for n in "ab")
        archive.writestr("b.opf", f'<package>{items}<itemref idref="a"/><itemref idref="b"/></package>')
        archive.writestr("a.xhtml", "<h1>One</h1><p>Tom slept. He snored.</p><p>Tom ate. He drank.</p>")
        archive.writestr("b.xhtml", "<p>Rain.</p><p>Tom woke. She sang.</p>")
    found = consistency(open_document(path), lang="en", people=people_from([{"name": "Tom"}]))
    assert found.chapters == ("One", "b.xhtml")
    (item,) = found.to_dict()["characters"][0]["deviations"]
    (place,) = item["places"]
    assert place == {"chapter": 2, "part": "b.xhtml", "number": 2, "where": "b.xhtml, paragraph 2"}


def test_a_former_name_is_nowhere_in_the_report():
    people = [{"name": "Tom", "former_names": ["Zelda"]}]
    found = report("# What Zelda did\n\nTom slept. He snored.\n\nZelda ate. She drank.\n", people)
    assert found.chapters == ("What Tom did",)
    assert "Zelda" not in str(found.to_dict())


def test_memory_is_flat_on_a_manuscript_of_any_length(tmp_path):
    chapter = TEXT + "\n" + "The rain fell on the old town, and nobody minded it much.\n\n" * 300

    def peak(chapters):
        path = tmp_path / "long.md"
        path.write_text(chapter * chapters)
        people = people_from(PEOPLE, lang="en")
        tracemalloc.start()
        found = consistency(open_document(path), lang="en", people=people)
        used = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert found.characters[0].forms[0].count.total() == 2 * chapters
        return used

    peak(4)
    assert peak(28) < 1.5 * peak(8)


def test_a_line_with_two_forms_of_one_set_is_one_place():
    found = report("Robin smiled. He took his coat.\n")
    ((_, value, _, _, places),) = deviations(found)
    assert (value, len(places)) == ("he", 1)
