"""Pronouns that a rival or a thing explains are no reason to change a text about a declared person."""

from __future__ import annotations

import pytest

from tongli.applications.people import people_from
from tongli.empathy.gender.check import check
from tongli.empathy.gender.rules import rules

KEPT = [
    ("de", {"Toni": "er"}, "Toni wartet. Die Suppe ist heiß; sie schmeckt allen."),
    ("de", {"Nele": "sie"}, "Nele ist müde. Der Tag war lang. Er begann um fünf."),
    ("de", {"Jan": "er", "Mia": "sie"}, "Mia rief Jan an. Jan war der Freund, dem sie vertraute."),
    ("ru", {"Женя": "он"}, "Женя молчал. — Нет, — сказала мать."),
    ("fr", {"Camille": "il"}, "Camille s'assit près de la fenêtre. Elle donnait sur la cour."),
    ("fr", {"Camille": "il"}, "Camille posa la tasse sur la table. Elle était vide."),
    ("fr", {"Camille": "il"}, "Camille ouvrit la porte. Elle s'était fermée."),
    ("ja", {"薫": "彼"}, "薫には彼女がいる。"),
    ("ja", {"薫": "彼女"}, "薫の彼氏は学生だ。"),
    ("pl", {"Sasza": "ona", "Marek": "on"}, "Sasza czekała na Marka. On się spóźnił."),
    ("ru", {"Саша": "она", "Павел": "он"}, "Саша ждала Павла. Он опоздал."),
    ("es", {"Noa": "ella", "Pablo": "él"}, "Noa y Pablo esperaban. Noa parecía más nerviosa que él."),
]
CHANGED = [
    ("de", "sie", "Robin Weiß ist der neue Nachbar.", "Robin Weiß ist die neue Nachbarin."),
    ("de", "sie", "Robin kaufte das Buch. Er lachte.", "Robin kaufte das Buch. Sie lachte."),
    ("pl", "ona", "Robin kupił chleb. On go zjadł.", "Robin kupiła chleb. Ona go zjadła."),
    ("fr", "il", "Robin ouvrit la porte. Elle adore la nuit.", "Robin ouvrit la porte. Il adore la nuit."),
    ("fr", "il", "Robin ouvrit la porte. Elle était née là.", "Robin ouvrit la porte. Il était né là."),
    ("ar", "هي", "Robin طالب.", "Robin طالبة."),
    ("ar", "هي", "وصل Robin وهو متعب.", "وصلت Robin وهي متعبة."),
    ("ar", "هو", "قالت Robin إنها مشغولة.", "قال Robin إنه مشغول."),
    ("zh", "他", "Robin女士到了,她带了礼物。", "Robin先生到了,他带了礼物。"),
    ("es", "él", "Robin es una escritora muy conocida.", "Robin es un escritor muy conocido."),
]


def people(sets: dict[str, str], lang: str):
    return people_from([{"name": name, "pronouns": own, "lang": lang} for name, own in sets.items()])


@pytest.mark.parametrize(("lang", "sets", "text"), KEPT)
def test_what_may_be_somebody_elses_stays(lang, sets, text):
    listed = people(sets, lang)
    assert rules(lang).rewrite(text, people=listed).text == text
    found = [item for item in check(text, lang=lang, people=listed) if not item.claim.abstained]
    assert [item.claim.label for item in found if item.claim.label != "inclusive"] == []


@pytest.mark.parametrize(("lang", "own", "text", "expected"), CHANGED)
def test_what_is_surely_theirs_changes(lang, own, text, expected):
    agreement = "feminine" if own in {"sie", "ona", "هي"} else "masculine"
    listed = people_from([{"name": "Robin", "pronouns": own, "agreement": agreement, "lang": lang}])
    assert rules(lang).rewrite(text, people=listed).text == expected


def test_a_team_word_takes_the_article_that_fits():
    from tongli.empathy.gender.check.wording import own_entry

    entry = own_entry("rockstar", ["expert"])
    (found,) = check("We want a Rockstar.", lang="en", words=[entry])
    assert found.edit is not None
    assert (found.edit.before, found.edit.after) == ("a Rockstar", "an Expert")
    (bare,) = check("Diventa a rockstar.", lang="it", words=[entry])
    assert bare.edit is not None
    assert bare.edit.after == "expert"
