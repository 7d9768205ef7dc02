import datetime as dt

import pytest

from tongli.core import InputError
from tongli.generation.tasks.sheet import from_lines, parse_sheet


def test_a_sheet_is_read(sheet):
    assert sheet.when == dt.datetime(2031, 3, 14, 19, 0)  # noqa: DTZ001 - the hour of the place
    assert sheet.until == dt.date(2031, 3, 10)
    assert str(sheet.price.amount) == "4.50"
    assert sheet.who == ("Lantern House", "City Library")
    assert sheet.quote.by == "Mina Okafor"


def test_words_of_another_language_take_their_place(sheet):
    german = sheet.in_language("de-AT")
    assert german.title == "Ein Abend der Gedichte"
    assert german.when == sheet.when
    assert sheet.in_language("en-US").title == sheet.title
    with pytest.raises(InputError) as error:
        sheet.in_language("ja-JP")
    assert error.value.code == "sheet.lang"


def test_no_sentence_of_one_language_stands_in_a_text_of_another(data):
    german = {"title": "Ein Abend der Gedichte", "call": "Jetzt Platz sichern"}
    sheet = parse_sheet({**data, "points": ["Tea is served"], "de": german})
    told = sheet.in_language("de-DE")
    assert (told.what, told.points, told.call) == ("", (), "Jetzt Platz sichern")
    assert (told.who, told.where, told.quote) == (sheet.who, sheet.where, sheet.quote)
    assert sheet.in_language("en-GB").points == ("Tea is served",)
    with pytest.raises(InputError, match="points without words in"):
        parse_sheet({**data, "points": ["Tea"], "must": ["points"], "de": german}).in_language("de-DE")


def test_lines_are_a_sheet_too():
    sheet = parse_sheet(
        from_lines(
            "# ours\ntitle: Open day\nprice: free\nwho: Ada; Grace\nquote: “Come.” - Ada\n\nwhen: 2031-03-14"
        )
    )
    assert (sheet.title, sheet.who, sheet.quote.text) == ("Open day", ("Ada", "Grace"), "Come.")
    assert sheet.price.amount == 0


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"title": ""}, "sheet.title"),
        ({"prise": "4 GBP"}, "sheet.key"),
        ({"price": "four pounds"}, "sheet.value"),
        ({"price": "4 QQQ"}, "sheet.value"),
        ({"when": "next Friday"}, "sheet.value"),
        ({"places": 0}, "sheet.value"),
        ({"link": "javascript:alert(1)"}, "sheet.value"),
        ({"must": ["colour"]}, "sheet.value"),
        ({"hashtags": ["two words"]}, "sheet.value"),
    ],
)
def test_a_wrong_sheet_is_refused(data, change, code):
    with pytest.raises(InputError) as error:
        parse_sheet({**data, **change})
    assert error.value.code == code


def test_a_line_without_a_colon_is_told_by_its_number():
    with pytest.raises(InputError, match="line 2"):
        from_lines("title: x\nnonsense")
