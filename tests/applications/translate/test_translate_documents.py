"""Structure: with a translator that says everything as it is, a document comes out as it went in."""

from __future__ import annotations

import json
import os
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongli.applications.translate import translate_document
from tongli.applications.translate.checked import translate_checked
from tongli.applications.translate.document import texts_of
from tongli.core import InputError, StorageError

DOCUMENTS = {
    "a.txt": "Chapter 1\r\n\r\nGood  morning,\r\nhow are you?\r\n\r\n  12 %  \r\n",
    "a.md": (
        "---\ntitle: x\n---\n# Hello *there*\n\n- see [the page](http://x.org/a) or `code`\n\n"
        "```\nx = 1\n```\n<b>Bye</b>"
    ),
    "a.html": (
        '<!DOCTYPE html>\n<html lang="en"><head><title>T</title><style>p{}</style></head>\n'
        "<body><h1 class=x>Hello &amp; bye</h1>"
        '<p>One <b>bold</b> word,<br>a <img alt="x"> line</p><script>if (a<b) {"no"}</script>'
        "<!-- no --></body></html>\n"
    ),
    "a.srt": (
        "1\r\n00:00:01,000 --> 00:00:02,500\r\n{\\an8}<i>Hello</i> there,\r\n- my friend.\r\n\r\n"
        "2\r\n00:00:03,000 --> 00:00:04,000\r\nBye\r\n\r\n"
    ),
    "a.vtt": (
        "WEBVTT - x\n\nNOTE no words\n\n00:01.000 --> 00:02.000 align:start\n<v Ann>Good day\n\n"
        "STYLE\n::cue {}\n"
    ),
    "a.po": (
        'msgid ""\nmsgstr ""\n"Language: en\\n"\n\n#: x.c:1\nmsgid "Good \\"day\\""\n'
        'msgstr "Good \\"day\\""\nmsgid "one file"\nmsgid_plural "%d files"\nmsgstr[0] "one file"\n'
        'msgstr[1] "%d files"\n\n#~ msgid "old"\n#~ msgstr ""\n'
    ),
    "a.xlf": (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2"><file><body>\n'
        '  <trans-unit id="1"><source>Good <g id="1">day</g> &amp; bye</source>'
        '<target>Good <g id="1">day</g> &amp; bye</target></trans-unit>\n'
        '  <trans-unit id="2" translate="no"><source>Stay</source></trans-unit>\n</body></file></xliff>\n'
    ),
    "b.xlf": (
        '<xliff version="2.0" xmlns="urn:oasis:names:tc:xliff:document:2.0"><file id="f"><unit id="1">'
        "<segment><source>Hello <ph id='1'/>world</source><target>Hello <ph id='1'/>world</target></segment>"
        "</unit></file></xliff>"
    ),
    "a.json": (
        '{\n  "title" : "Good day, {name}",\t"path": "a/b.png", "n": 1.50, "e": "caf\\u00e9 is open",'
        ' "list": ["Bye", null],\n'
        '  "files": "{count, plural, one {# old file} other {# old files}} in {folder}"\n}\n'
    ),
}


def same(texts):
    return list(texts)


def shout(texts):
    """Upper case, but for marks and placeholders."""
    return [text.upper() for text in texts]


def changed(folder, name, source, translate=shout):
    path, target = folder / name, folder / f"out-{name}"
    path.write_bytes(source.encode())
    done = translate_document(path, target, translate)
    assert path.read_bytes() == source.encode(), "the original stays"
    return target.read_bytes().decode(), done


@pytest.mark.parametrize("name", DOCUMENTS)
def test_an_identity_gives_the_same_bytes(tmp_path, name):
    told, _ = changed(tmp_path, name, DOCUMENTS[name], same)
    assert told == DOCUMENTS[name]


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("a.txt", ["CHAPTER 1\r\n\r\nGOOD  MORNING,\r\nHOW ARE YOU?\r\n\r\n  12 %  \r\n"]),
        (
            "a.md",
            ["title: x", "# HELLO *THERE*", "[THE PAGE](http://x.org/a) OR `code`", "x = 1", "<b>BYE</b>"],
        ),
        (
            "a.html",
            [
                "<title>T</title>",
                "HELLO &amp; BYE</h1>",
                '<p>ONE <b>BOLD</b> WORD,<br>A <img alt="X"> LINE',
                'a<b) {"no"}',
            ],
        ),
        ("a.srt", ["{\\an8}<i>HELLO</i> THERE,\r\n- MY FRIEND.\r\n\r\n2\r\n", "4,000\r\nBYE\r\n"]),
        ("a.vtt", ["NOTE no words", "align:start\n<v Ann>GOOD DAY\n\nSTYLE\n::cue {}"]),
        (
            "a.json",
            [
                '"title" : "GOOD DAY',
                '"path": "a/b.png"',
                '"list": ["BYE", null]',
                "{count, plural, one {# OLD FILE} other {# OLD FILES}} IN ",
            ],
        ),
    ],
)
def test_words_change_and_nothing_else(tmp_path, name, parts):
    told, done = changed(tmp_path, name, DOCUMENTS[name])
    assert [part for part in parts if part not in told] == []
    assert done.units > 0


def test_ascii_only_json_stays_ascii(tmp_path):
    told, _ = changed(tmp_path, "x.json", '{"a": "caf\\u00e9 open"}')
    assert json.loads(told) == {"a": "CAFÉ OPEN"}
    assert told.isascii()


def test_empty_strings_of_a_catalogue_are_filled(tmp_path):
    polib = pytest.importorskip("polib")
    source = (
        'msgid ""\nmsgstr "Language: es\\n"\n\nmsgctxt "menu"\nmsgid ""\n"Open "\n"file\\n"\nmsgstr ""\n'
        '#, fuzzy\nmsgid "Kept"\nmsgstr "Queda"\n\nmsgid "%d day"\nmsgid_plural "%d days"\n'
        'msgstr[0] ""\nmsgstr[1] ""\n'
    )
    told, done = changed(tmp_path, "x.po", source)
    catalogue = {entry.msgid: entry for entry in polib.pofile(told)}
    assert catalogue["Open file\n"].msgstr == "OPEN FILE\n"
    assert catalogue["Kept"].msgstr == "Queda"
    assert catalogue["%d day"].msgstr_plural == {0: "%D DAY", 1: "%D DAYS"}
    assert done.units == 3


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("<source>Hi <x id='1'/>Bob &lt;3</source>", "<target>HI <x id='1'/>BOB &lt;3</target>"),
        ("<source>Hi</source><target/>", "<source>Hi</source><target>HI</target>"),
        ('<source>Hi</source><target state="new"></target>', '<target state="new">HI</target>'),
        ("<source>Hi</source><target>Hola</target>", "<target>Hola</target>"),
    ],
)
def test_targets_of_xliff_are_filled(tmp_path, given, expected):
    frame = '<xliff version="1.2"><file><body><trans-unit id="1">{}</trans-unit></body></file></xliff>'
    told, _ = changed(tmp_path, "x.xlf", frame.format(given))
    assert expected in told
    assert told.count("<target") == 1


def test_docx_keeps_its_formatting(tmp_path):
    docx = pytest.importorskip("docx")
    document = docx.Document()
    paragraph = document.add_paragraph("One ")
    paragraph.add_run("bold").bold = True
    paragraph.add_run(" word")
    document.save(tmp_path / "a.docx")
    translate_document(tmp_path / "a.docx", tmp_path / "b.docx", shout)
    runs = docx.Document(tmp_path / "b.docx").paragraphs[0].runs
    assert [(run.text, run.bold) for run in runs] == [("ONE ", None), ("BOLD", True), (" WORD", None)]
    translate_document(tmp_path / "a.docx", tmp_path / "c.docx", same)
    for name in zipfile.ZipFile(tmp_path / "a.docx").namelist():
        assert zipfile.ZipFile(tmp_path / "a.docx").read(name) == zipfile.ZipFile(tmp_path / "c.docx").read(
            name
        )


@pytest.mark.parametrize(
    "damage", [lambda text: text.replace("<1>", ""), lambda text: text.replace("<1>", "<2>")]
)
def test_lost_formatting_is_translated_stretch_by_stretch(tmp_path, damage):
    told, done = changed(
        tmp_path,
        "x.html",
        "<p>One <b>bold</b> word</p>",
        lambda texts: [damage(text.upper()) for text in texts],
    )
    assert told == "<p>ONE <b>BOLD</b> WORD</p>"
    assert done.apart == 1


@pytest.mark.parametrize(
    ("name", "source", "code"),
    [
        ("x.xlf", "<xliff><file>", "document.damaged"),
        (
            "x.xlf",
            '<!DOCTYPE x [<!ENTITY a "b">]><xliff><source>&a;</source></file></xliff>',
            "document.damaged",
        ),
        ("x.json", '{"a": ', "document.damaged"),
        ("x.json", "[" * 100_000, "document.damaged"),
        ("x.po", 'msgid "a"\nnonsense\n', "document.damaged"),
        ("x.srt", "no times at all", "subtitles.format"),
        ("x.docx", "no zip", "document.damaged"),
    ],
)
def test_broken_documents_are_coded_and_nothing_is_written(tmp_path, name, source, code):
    with pytest.raises(InputError) as caught:
        changed(tmp_path, name, source)
    assert caught.value.code == code
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_a_wrong_encoding_is_coded(tmp_path):
    (tmp_path / "x.json").write_bytes('{"a": "ñ o"}'.encode("latin-1"))
    with pytest.raises(InputError, match=r"document\.encoding"):
        translate_document(tmp_path / "x.json", tmp_path / "y.json", same)


def test_a_zip_bomb_is_refused(tmp_path):
    with zipfile.ZipFile(tmp_path / "x.docx", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"0" * (140 << 20))
    with pytest.raises(InputError, match=r"document\.too-large"):
        translate_document(tmp_path / "x.docx", tmp_path / "y.docx", same)


def test_entities_are_never_expanded(tmp_path):
    source = (
        '<!DOCTYPE x [<!ENTITY a "bomb">]><xliff version="1.2"><trans-unit>'
        "<source>Hi &a; &amp; you</source></trans-unit></xliff>"
    )
    told, _ = changed(tmp_path, "x.xlf", source)
    assert '<!ENTITY a "bomb">' in told
    assert "BOMB" not in told


def test_an_engine_that_fails_half_way_leaves_what_was_there(tmp_path):
    (tmp_path / "x.txt").write_text("Hello", encoding="utf-8")
    (tmp_path / "y.txt").write_text("before", encoding="utf-8")

    def broken(texts):
        raise OSError(28, os.strerror(28))

    with pytest.raises(OSError, match="space"):
        translate_document(tmp_path / "x.txt", tmp_path / "y.txt", broken)
    assert (tmp_path / "y.txt").read_text(encoding="utf-8") == "before"


_WORDS = st.text(
    st.characters(codec="utf-8", exclude_characters="\r\x00\ufeff", exclude_categories=["Cs", "Cc"]),
    max_size=30,
)


@given(st.dictionaries(_WORDS, st.one_of(_WORDS, st.integers(), st.lists(_WORDS)), max_size=4), st.booleans())
def test_any_json_comes_out_as_it_went_in(tmp_path_factory, data, ascii_only):
    source = json.dumps(data, ensure_ascii=ascii_only, indent=1)
    told, _ = changed(tmp_path_factory.mktemp("json"), "x.json", source, same)
    assert told == source


@given(
    st.lists(
        st.sampled_from(
            [
                "<p>",
                "</p>",
                "<b>",
                "</b>",
                "<br/>",
                "a ",
                "b",
                "&amp;",
                " ",
                "\n",
                "<!-- x -->",
                "<",
                "&",
                "<code>",
                "</code>",
                "<title>",
                "</title>",
                "<img alt='a &quot; &eacute;'>",
                '<a title="it\'s">',
            ]
        ),
        max_size=15,
    )
)
def test_any_html_comes_out_as_it_went_in(tmp_path_factory, pieces):
    source = "".join(pieces)
    told, _ = changed(tmp_path_factory.mktemp("html"), "x.html", source, same)
    assert told == source


def test_what_a_browser_shows_beside_paragraphs_is_translated(tmp_path):
    told, done = changed(
        tmp_path,
        "x.html",
        '<head><meta name="viewport" content="no words"><meta content="A fine day" name=\'description\'>'
        "<title>Cats &amp; dogs</title></head><p>Look: <img src='a.png' alt='The cat&#39;s \"own\" house' "
        'data-alt="stay" width="3"></p><script>x = "<img alt=\'stay\'>"</script><input placeholder="12"/>',
        lambda texts: [text.upper() for text in texts],
    )
    assert told == (
        '<head><meta name="viewport" content="no words"><meta content="A FINE DAY" name=\'description\'>'
        "<title>CATS &amp; DOGS</title></head><p>LOOK: <img src='a.png' alt='THE CAT&#39;S \"OWN\" HOUSE' "
        'data-alt="stay" width="3"></p><script>x = "<img alt=\'stay\'>"</script><input placeholder="12"/>'
    )
    assert done.units == 4


def test_units_tell_where_they_are(tmp_path):
    (tmp_path / "a.srt").write_text(DOCUMENTS["a.srt"], encoding="utf-8")
    assert [(unit.number, unit.text) for unit in texts_of(tmp_path / "a.srt")] == [
        (1, "Hello<1> there,\n- my friend."),
        (2, "Bye"),
    ]


@pytest.mark.parametrize(
    "named", [{"target": "no/page.es.txt"}, {"target": "page.es.txt", "report": "no/r.jsonl"}]
)
def test_a_folder_that_is_missing_is_told_before_anything_is_translated(tmp_path, named):
    (tmp_path / "page.txt").write_text("Good day")
    paths = {name: str(tmp_path / path) for name, path in named.items()}
    with pytest.raises(StorageError) as refused:
        translate_checked(tmp_path / "page.txt", session=None, source="en", target_lang="es", **paths)
    assert refused.value.code == "storage.write"
    assert "is no folder" in str(refused.value)
    assert not (tmp_path / "page.es.txt").exists()


def _units(tmp_path, name, source):
    path = tmp_path / name
    path.write_text(source, encoding="utf-8")
    return [unit.text for unit in texts_of(path)]


def test_cells_points_and_headings_of_markdown_are_translated_each_by_itself(tmp_path):
    source = (
        "# Title\n\n| Name | Value |\r\n|---|:-:|\r\n| One \\| 1 | Two *three* |\r\n\n"
        "1. First\n   goes on\n2. Second\n- [ ] to do\n\n> Quote\n\n    x = 1\n\nA | B is no table.\n"
    )
    assert _units(tmp_path, "a.md", source) == [
        "Title", " Name ", " Value ", " One \\| 1 ", " Two *three* ",
        "First\n   goes on\n", "Second\n", "to do", "Quote", "A | B is no table.",
    ]  # fmt: skip
    translate_document(tmp_path / "a.md", tmp_path / "b.md", lambda texts: [text.upper() for text in texts])
    told = (tmp_path / "b.md").read_bytes().decode()
    assert told == source.upper().replace("X = 1", "x = 1")


def test_what_an_author_keeps_from_translation_stays(tmp_path):
    page = (
        '<p translate="no" title="Tip">Brand <b>name</b></p><p>Our <i class="x notranslate">Brand</i> is here'
        '<br translate="no"> and there</p><p translate="yes">Yes</p>'
    )
    assert _units(tmp_path, "a.html", page) == ["Our <1> is here<2> and there", "Yes"]
    xliff = (
        '<xliff version="2.0"><file id="f"><group translate="no"><unit id="1"><segment><source>No</source>'
        '</segment></unit><unit id="2" translate="yes"><segment><source>Yes</source></segment></unit></group>'
        '<unit id="3"><segment><source>Too</source></segment></unit></file></xliff>'
    )
    assert _units(tmp_path, "a.xlf", xliff) == ["Yes", "Too"]


def test_suggestions_of_xliff_are_no_translation(tmp_path):
    xliff = (
        '<xliff version="1.2"><file><body><trans-unit id="1"><source>Good day</source><target/>'
        "<alt-trans><source>Good night</source><target>Alt</target></alt-trans></trans-unit>"
        "</body></file></xliff>"
    )
    assert _units(tmp_path, "a.xlf", xliff) == ["Good day"]
    translate_document(tmp_path / "a.xlf", tmp_path / "b.xlf", list)
    assert (tmp_path / "b.xlf").read_text() == xliff.replace("<target/>", "<target>Good day</target>", 1)


def test_entities_of_webvtt_are_read_and_written(tmp_path):
    cue = "WEBVTT\n\n00:01.000 --> 00:02.000\n<c>Salt</c> &amp; pepper &lt;3\n"
    assert _units(tmp_path, "a.vtt", cue) == ["Salt<1> & pepper <3"]
    translate_document(tmp_path / "a.vtt", tmp_path / "b.vtt", lambda texts: [text.upper() for text in texts])
    assert (tmp_path / "b.vtt").read_text() == cue.replace("Salt", "SALT").replace("pepper", "PEPPER")
    rip = "1\n00:00:01,000 --> 00:00:02,000\n<i>Salt</i> &amp; pepper\n"
    assert _units(tmp_path, "a.srt", rip) == ["Salt<1> &amp; pepper"]


@pytest.mark.parametrize(
    ("between", "text"),
    [
        ("</w:t></w:r><w:r><w:t>", "A lazy dog."),
        ('</w:t></w:r><w:proofErr w:type="gramEnd"/><w:r w:rsidR="00A1"><w:t>', "A lazy dog."),
        ('</w:t></w:r><w:r><w:rPr><w:lang w:val="en"/></w:rPr><w:t>', "A lazy dog."),
        ("</w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>", "A la<1>zy dog."),
        ('</w:t></w:r><w:bookmarkStart w:id="0" w:name="x"/><w:r><w:t>', "A la<1>zy dog."),
        ("</w:t><w:tab/><w:t>", "A la<1>zy dog."),
    ],
)  # fmt: skip
def test_a_word_in_two_runs_that_look_alike_is_one_word(tmp_path, between, text):
    docx = pytest.importorskip("docx")
    path, upper = tmp_path / "a.docx", tmp_path / "b.docx"
    docx.Document().save(path)
    with zipfile.ZipFile(path) as packed:
        members = {name: packed.read(name) for name in packed.namelist()}
    body = f"<w:body><w:p><w:r><w:t>A la{between}zy dog.</w:t></w:r></w:p>".encode()
    members["word/document.xml"] = members["word/document.xml"].replace(b"<w:body>", body)
    with zipfile.ZipFile(path, "w") as packed:
        for name, data in members.items():
            packed.writestr(name, data)
    assert [unit.text for unit in texts_of(path)] == [text]
    translate_document(path, tmp_path / "same.docx", list)
    assert (tmp_path / "same.docx").read_bytes() == path.read_bytes()
    translate_document(path, upper, lambda texts: [found.upper() for found in texts])
    assert docx.Document(upper).paragraphs[0].text.replace("\t", "") == "A LAZY DOG."
