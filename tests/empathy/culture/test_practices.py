from __future__ import annotations

from dataclasses import replace

import pytest

from tongli.core import Person
from tongli.empathy.culture import CulturePerspective
from tongli.empathy.culture.practices import KINDS, MOST
from tongli.knowledge.claim_files import claims
from tongli.knowledge.locales import languages


def practices(reading):
    return CulturePerspective().see(reading).empathy.culture.practices


def ids(reading):
    return [practice.claim_id for practice in practices(reading)]


@pytest.mark.parametrize("lang", sorted(languages()))
def test_few_and_each_points_to_its_claim_with_its_source(make_reading, lang):
    found = practices(make_reading("…", lang=lang))
    assert len(found) <= MOST
    for practice in found:
        claim = claims(lang if "." not in practice.claim_id else practice.claim_id.partition(".")[0])[
            practice.claim_id
        ]
        assert (claim.statement, claim.kind) == (practice.statement, practice.kind)
        assert practice.kind in KINDS
        assert practice.sources
    assert len({practice.claim_id for practice in found}) == len(found)


def test_the_chosen_form_of_address_comes_first_and_the_other_one_is_left_out(make_reading):
    assert ids(make_reading("Können Sie helfen?", lang="de"))[0] == "de.address.sie"
    found = ids(make_reading("Kannst du helfen?", lang="de"))
    assert found[0] == "de.address.du"
    assert "de.address.sie" not in found


def test_what_the_message_touches_is_told_with_its_place(make_reading):
    text = "Danke! Mit freundlichen Grüßen"
    (closing,) = [
        item for item in practices(make_reading(text, lang="de")) if item.claim_id == "de.norm.closing-mail"
    ]
    assert [text[slice(*span)] for span in closing.spans] == ["Mit freundlichen Grüßen"]


def test_a_locale_counts_only_when_it_is_declared(make_reading):
    texts = ["Soy de México.", "Me llamo Guadalupe Hernández."]
    declared = Person(locale="es-MX")
    for text in texts:
        assert not any(name.startswith("es-mx.") for name in ids(make_reading(text, lang="es")))
    assert ids(make_reading(texts[0], lang="es", author=declared)) != ids(make_reading(texts[0], lang="es"))


def test_a_name_changes_nothing(make_reading):
    names = [Person(name="Yuki Tanaka"), Person(name="Fatima Haddad"), Person()]
    found = [ids(make_reading("Where is it?", lang="en", author=person)) for person in names]
    assert found[0] == found[1] == found[2]


def test_scope_keeps_out_what_was_not_declared(make_reading):
    for person in (Person(), Person(domain="work"), Person(domain="law")):
        for practice in practices(make_reading("…", lang="en", author=person)):
            scope = claims(practice.claim_id.partition(".")[0])[practice.claim_id].scope
            assert not scope.domain or person.domain in scope.domain


def test_nothing_is_told_of_a_language_without_claims(make_reading):
    assert practices(make_reading("Merhaba", lang="tr")) == ()


def test_nothing_is_told_where_no_language_is_known(make_reading):
    assert practices(make_reading("", lang="und")) == ()
    assert practices(replace(make_reading("", lang="und"), reply_lang="de"))
    assert practices(make_reading("", lang="und", author=Person(locale="en-GB")))
