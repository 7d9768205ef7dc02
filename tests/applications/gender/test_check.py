"""Files and JSON lines: what counts, what is marked, and what no output repeats."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from tongli.applications import Job
from tongli.applications.gender.check import check_document, check_lines, marked
from tongli.applications.gender.check_config import CheckConfig, require_style, rule_names, severity
from tongli.applications.gender.check_config_file import load
from tongli.applications.lint.files import document
from tongli.applications.lint.suppress import suppressions
from tongli.applications.people import people_from
from tongli.core import ConfigError, InputError

PEOPLE = people_from([{"name": "Ona", "pronouns": "they/them"}])
MARKED = """Ona left. He slept. <!-- tongli: author's choice -->
Ona left. He slept.

<!-- tongli: author's choice -->
Ona left. He slept.
He slept on.

Ona left. He slept.
"""


def lines(tmp_path, records, **config):
    source, target = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    source.write_text("".join(f"{json.dumps(record)}\n" for record in records), encoding="utf-8")
    job = Job(source=str(source), target=str(target))
    tally = check_lines(job, config=CheckConfig(**{"everyone": True, **config}))
    return [json.loads(line) for line in target.read_text("utf-8").splitlines()], tally


def labels(record):
    return [claim["label"] for claim in record["claims"] if not claim["abstained"]]


def test_lines_give_claims(tmp_path):
    people = [{"name": "Ona", "pronouns": "they/them"}]
    (first, second), _ = lines(
        tmp_path,
        [
            {"id": 1, "text": "Ona is here. She is tired.", "lang": "en", "people": people},
            {"id": 2, "text": "Noa está cansada.", "lang": "es", "people": [{"name": "Noa"}]},
        ],
    )
    assert labels(first) == ["misgendering"]
    assert first["claims"][0]["dimension"] == "gender-form"
    assert first["claims"][0]["evidence"] == [[13, 16]]
    assert first["claims"][0]["fix"]["after"] == "They are"
    assert labels(second) == ["assumption"]


def test_what_the_source_says_is_given(tmp_path):
    text = "La directora abrió la reunión."
    (bare, given), _ = lines(
        tmp_path,
        [
            {"id": 1, "text": text, "lang": "es"},
            {"id": 2, "text": text, "lang": "es", "context": ["Noa: Hola.", "Lou: Pregunta a la directora."]},
        ],
    )
    assert (labels(bare), labels(given)) == (["assumption"], [])


@pytest.mark.parametrize(
    ("record", "code"),
    [
        ({"id": 1, "text": "Habari", "lang": "sw"}, "gender.language"),
        ({"id": 1, "text": "She left.", "lang": "en", "context": 3}, "line.context"),
        ({"id": 1, "text": "She left.", "lang": "en", "style": "loud"}, "gender.guide"),
        ({"id": 1, "lang": "en"}, "line.text"),
    ],
)
def test_a_line_that_cannot_be_used_is_told(tmp_path, record, code):
    _, tally = lines(tmp_path, [record])
    assert tally.failed == 1
    assert f'"{code}"' in (tmp_path / "out.errors.jsonl").read_text("utf-8")


def test_a_former_name_is_in_no_output(tmp_path):
    people = [{"name": "Ona", "pronouns": "she/her", "former_names": [{"name": "Bernd"}]}]
    lines(tmp_path, [{"id": 1, "text": "Bernd came.", "lang": "en", "people": people}])
    written = (tmp_path / "out.jsonl").read_text("utf-8")
    assert "former-name" in written
    assert "Bernd" not in written


def test_marks_cover_their_line_or_the_paragraph_after_them():
    found = check_document(
        document("a.md", MARKED, markdown=True), people=PEOPLE, config=CheckConfig(lang="en")
    )
    assert [found.document.place(item.span[0])[0] for item in found.findings] == [2, 8]
    assert found.left_alone == 3


def test_the_marks_of_lint_hold_too():
    text = "Ona left. He slept. <!-- tongli: ignore -->\n<!-- tongli: off -->\nHe\n<!-- tongli: on -->\nHe\n"
    found = check_document(
        document("a.md", text, markdown=True), people=PEOPLE, config=CheckConfig(lang="en")
    )
    assert [found.document.place(item.span[0])[0] for item in found.findings] == [5]


def test_an_open_mark_reaches_to_the_end():
    text = "a\ntongli: off\nb"
    assert list(marked(text, suppressions(text))) == [(2, len(text))]


def test_rules_are_chosen_by_label_by_rule_and_by_the_start_of_a_rule():
    text = document("a.txt", "The chairman said: man up.")
    everything = check_document(text, people=(), config=CheckConfig(lang="en")).findings
    assert len(everything) == 2
    for ignore in ("inclusive.idiom", "inclusive.idiom.man-up"):
        config = CheckConfig(lang="en", ignore=frozenset({ignore}))
        assert [item.claim.source for item in check_document(text, people=(), config=config).findings] == [
            "inclusive.job-title.chairman"
        ]
    only = CheckConfig(lang="en", select=frozenset({"misgendering"}))
    assert check_document(text, people=(), config=only).findings == ()


def test_notes_fail_only_when_asked_to():
    text = document("a.txt", "So, man up.")
    found = check_document(text, people=(), config=CheckConfig(lang="en")).findings
    assert [severity(item) for item in found] == ["note"]
    assert not CheckConfig().fails(found)
    assert CheckConfig(fail_on="note").fails(found)
    assert not CheckConfig(fail_on="never").fails(found)


TEAM = """
style = "microsoft"

[severity]
"inclusive.binary" = "warning"
"inclusive.job-title" = "note"
"inclusive.job-title.chairman" = "off"

[words.en]
rockstar = ["expert", "specialist"]
chairwoman = "chair"
ninja = []

[words.zh]
"女强人" = ["管理者"]

[languages.es]
ignore = ["assumption"]
"""


@pytest.fixture
def team(tmp_path):
    (tmp_path / "c.toml").write_text(TEAM, encoding="utf-8")
    return load(tmp_path / "c.toml")


def told(text, config, lang):
    found = check_document(document("a.txt", text), people=(), config=replace(config, lang=lang)).findings
    return [
        (text[slice(*item.span)], config.weight(item), None if item.edit is None else item.edit.after)
        for item in found
    ]


def test_a_team_weighs_rules_and_adds_words(team):
    text = (
        "The chairman and the policeman met a Rockstar, a ninja and ninja-like cats; man up, he or she said."
    )
    assert told(text, team, "en") == [
        ("policeman", "note", "police officer"),
        ("Rockstar", "warning", "an Expert"),
        ("ninja", "warning", None),
        ("he or she", "warning", "they"),
    ]
    assert told("The chairwoman spoke.", team, "en") == [("chairwoman", "warning", "chair")]


def test_words_are_of_a_language_and_languages_leave_out_rules(team):
    assert told("她是女强人。", team, "zh") == [("女强人", "warning", "管理者")]
    assert told("A rockstar.", team, "de") == []
    assert told("La directora abrió la reunión.", CheckConfig(everyone=True), "es") != []
    assert told("La directora abrió la reunión.", replace(team, everyone=True), "es") == []


def test_a_rule_that_nobody_knows_is_refused_on_the_command_line_too():
    assert rule_names(["title", "gender.de", "inclusive.own.ninja", "inclusive.idiom.man-up"])
    with pytest.raises(ConfigError, match=r"gender\.config"):
        rule_names(["inclusive.idoim"])


def test_a_mark_may_name_what_it_is_for():
    text = (
        "A chairman, he or she. tongli: ignore inclusive.job-title\nA chairman. tongli: ignore misgendering\n"
    )
    found = check_document(document("a.txt", text), people=(), config=CheckConfig(lang="en"))
    assert [text[slice(*item.span)] for item in found.findings] == ["he or she", "chairman"]
    assert found.left_alone == 1


def test_a_configuration_is_found_upwards(tmp_path):
    (tmp_path / ".tongli-gender.toml").write_text(
        'style = "apa"\nignore = ["inclusive.binary"]\neveryone = true\n'
    )
    inner = tmp_path / "a" / "b"
    inner.mkdir(parents=True)
    found = load(start=inner)
    assert (found.style, found.ignore, found.everyone) == ("apa", frozenset({"inclusive.binary"}), True)


@pytest.mark.parametrize(
    "text",
    [
        "loud = 1",
        "select = 3",
        "style",
        "everyone = 1",
        "lang = 2",
        "words = 1",
        "[words.en]\na = 1",
        "[words.en]\n' ' = []",
        "[words.xx]\na = []",
        "[languages.de]\nstyle = 'apa'",
        "[severity]\ninclusive = 'loud'",
        "[severity]\n'inclusive.idiot' = 'note'",
        "ignore = ['inclusive.job-titel']",
        "ignore = ['gender.xx']",
    ],
)
def test_a_wrong_configuration_is_refused(tmp_path, text):
    path = tmp_path / "c.toml"
    path.write_text(text)
    with pytest.raises(ConfigError) as caught:
        load(path)
    assert caught.value.code == "gender.config"
    assert caught.value.received.startswith(f"{path}: ")


def test_an_unknown_style_is_refused():
    with pytest.raises(InputError) as caught:
        require_style("loud")
    assert caught.value.code == "gender.guide"
    assert require_style("apa") == "apa"
