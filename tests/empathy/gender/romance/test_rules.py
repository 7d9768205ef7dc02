"""Spanish, French, Italian and Portuguese: own sentences in feminine, masculine and neutral."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongli.core import InputError, Person, PronounSet
from tongli.core.edit import apply_edits
from tongli.empathy.gender.rules import rules

LANGS = ("es", "fr", "it", "pt")
SENTENCES = Path(__file__).parent / "sentences"
_SLOT = re.compile(r"\{([^}]*)\}")


@cache
def sentences(lang: str) -> tuple[list[str], list[str]]:
    """Templates about people, and sentences about things."""
    people, _, things = (SENTENCES / f"{lang}.txt").read_text(encoding="utf-8").partition("---\n")
    return people.splitlines()[1:], things.splitlines()


def version(template: str, place: int) -> str:
    return _SLOT.sub(lambda match: match[1].split("|")[place], template)


def has_neutral(template: str) -> bool:
    return all(slot.count("|") == 2 for slot in _SLOT.findall(template))


def every(*, neutral: bool = False) -> list:
    return [
        pytest.param(lang, template, id=f"{lang}-{at}")
        for lang in LANGS
        for at, template in enumerate(sentences(lang)[0])
        if not neutral or has_neutral(template)
    ]


def person(lang: str, agreement: str, **declared) -> Person:
    return Person(agreement={lang: agreement}, **declared)


def rewritten(lang: str, text: str, *people: Person) -> str:
    found = rules(lang).rewrite(text, people=people)
    assert apply_edits(text, found.edits) == found.text
    return found.text


@pytest.mark.parametrize(("lang", "template"), every())
def test_masculine_becomes_feminine_and_back(lang, template):
    feminine, masculine = version(template, 0), version(template, 1)
    assert rewritten(lang, masculine, person(lang, "feminine")) == feminine
    assert rewritten(lang, feminine, person(lang, "masculine")) == masculine


@pytest.mark.parametrize(("lang", "template"), every())
def test_right_forms_stay_as_they_are(lang, template):
    for place, agreement in enumerate(("feminine", "masculine")):
        text = version(template, place)
        assert rewritten(lang, text, person(lang, agreement)) == text


@pytest.mark.parametrize(("lang", "template"), every(neutral=True))
def test_neutral_forms_of_the_usual_style(lang, template):
    feminine, masculine, neutral = (version(template, place) for place in range(3))
    assert rewritten(lang, masculine, person(lang, "neutral")) == neutral
    assert rewritten(lang, feminine, person(lang, "neutral")) == neutral


@pytest.mark.parametrize("lang", LANGS)
def test_there_are_enough_sentences(lang):
    people, things = sentences(lang)
    assert len(set(people)) >= 80
    assert len(set(things)) >= 100


@pytest.mark.parametrize("lang", LANGS)
def test_texts_about_things_never_change(lang):
    found = rules(lang)
    changed = [
        text
        for text in sentences(lang)[1]
        if found.alternatives(text).texts
        or found.neutral(text).edits
        or any(rewritten(lang, text, person(lang, each)) != text for each in ("feminine", "masculine"))
    ]
    assert changed == []


ALTERNATIVES = [
    ("es", "El médico está cansado.", "La médica está cansada."),
    ("es", "Las ingenieras son puntuales.", "Los ingenieros son puntuales."),
    ("es", "Estoy muy contenta con el piso.", "Estoy muy contento con el piso."),
    ("fr", "Le directeur est arrivé tôt.", "La directrice est arrivée tôt."),
    ("fr", "L'avocate russe dort.", "L'avocat russe dort."),
    ("it", "Lo studente è pronto.", "La studentessa è pronta."),
    ("it", "Le maestre sono stanche.", "I maestri sono stanchi."),
    ("pt", "O professor ficou calado.", "A professora ficou calada."),
]


@pytest.mark.parametrize(("lang", "one", "other"), ALTERNATIVES)
def test_alternatives_hold_both_genders_from_either(lang, one, other):
    for text in (one, other):
        assert {one, other} <= set(rules(lang).alternatives(text).texts.values())


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("es", "Su padre era alto."),
        ("es", "Ella está cansada."),
        ("fr", "La reine est partie."),
        ("it", "Sua sorella è stanca."),
        ("pt", "Ele ficou calado."),
    ],
)
def test_no_alternatives_where_the_text_says_the_gender(lang, text):
    assert rules(lang).alternatives(text).texts == {}


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("es", "El médico llamó al abogado."),
        ("fr", "Le directeur a vu un avocat."),
        ("it", "Il maestro parla con il direttore."),
        ("pt", "O médico telefonou para o advogado."),
    ],
)
def test_two_people_of_unknown_gender_are_left_to_the_writer(lang, text):
    found = rules(lang).alternatives(text)
    assert found.texts == {}
    assert found.abstained


NAMED = [
    ("es", "Ana es abogado. El médico está cansado.", "Ana es abogada. El médico está cansado."),
    ("es", "El director llamó a la doctora Ana.", "El director llamó a la doctora Ana."),
    ("es", "Ana está cansado y Luis está enfermo.", "Ana está cansada y Luis está enfermo."),
    ("fr", "Ana est content. Le voisin est parti.", "Ana est contente. Le voisin est parti."),
    ("it", "Ana è stanco. Il maestro è uscito.", "Ana è stanca. Il maestro è uscito."),
    ("pt", "Ana está cansado. O médico está calado.", "Ana está cansada. O médico está calado."),
]


def test_a_phrase_without_a_noun_may_mean_the_same_people():
    found = rules("it").alternatives("Le lavoratrici sono qui, e quelle provenienti da fuori dormono.")
    assert not found.texts
    assert found.abstained


def test_a_trait_agrees_and_keeps_its_sense():
    assert rewritten("es", "Ella es muy femenina.", person("es", "masculine")) == "Él es muy femenino."
    assert rewritten("fr", "Il est très masculin.", person("fr", "feminine")) == "Elle est très masculine."


def test_a_gender_said_of_a_thing_stays_beside_a_name():
    lena = person("es", "masculine", name="Lena")
    text = "Lena es actriz y corre en la liga femenina."
    assert rewritten("es", text, lena) == "Lena es actor y corre en la liga femenina."


def test_lo_que_is_nobody():
    text = "Parece alegre, lo que sugiere calma."
    assert rewritten("es", text, person("es", "feminine")) == text


@pytest.mark.parametrize(("lang", "text", "expected"), NAMED)
def test_only_the_forms_of_the_named_person_change(lang, text, expected):
    assert rewritten(lang, text, person(lang, "feminine", name="Ana")) == expected


@pytest.mark.parametrize(("lang", "text", "expected"), NAMED)
@pytest.mark.parametrize("name", ["Bo", "Mikhail", "Siobhán", "Ngozi"])
def test_renaming_changes_nothing(lang, text, expected, name):
    renamed = rewritten(lang, text.replace("Ana", name), person(lang, "feminine", name=name))
    assert renamed == expected.replace("Ana", name)


def test_two_people_each_keep_their_own_forms():
    ana, noa = person("es", "feminine", name="Ana"), person("es", "neutral", name="Noa")
    text = "Ana está listo. Noa está cansado."
    assert rewritten("es", text, ana, noa) == "Ana está lista. Noa está cansade."


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("es", "Estoy cansado. El vecino está enfadado.", "Estoy cansada. El vecino está enfadado."),
        ("fr", "Je suis fatigué. Le voisin est parti.", "Je suis fatiguée. Le voisin est parti."),
        ("it", "Sono stanco. Il vicino è arrabbiato.", "Sono stanca. Il vicino è arrabbiato."),
        ("pt", "Estou cansado. O vizinho está zangado.", "Estou cansada. O vizinho está zangado."),
    ],
)
def test_a_first_person_style_makes_its_person_the_writer(lang, text, expected):
    writer = person(lang, "feminine", name="Ana", first_person={lang: "feminine"})
    assert rewritten(lang, text, writer) == expected


@pytest.mark.parametrize("lang", LANGS)
def test_undeclared_people_change_nothing(lang):
    for template in sentences(lang)[0]:
        text = version(template, 1)
        assert rewritten(lang, text, Person(name="Ana")) == text


def test_quotations_stay():
    text = 'El médico dijo: "Estoy cansado".'
    assert rewritten("es", text, person("es", "feminine")) == 'La médica dijo: "Estoy cansado".'


def test_capitals_and_apostrophes_stay_as_written():
    assert rewritten("es", "EL MÉDICO llegó.", person("es", "feminine")) == "LA MÉDICA llegó."
    assert rewritten("fr", "L’acteur dort.", person("fr", "feminine")) == "L’actrice dort."
    assert rewritten("fr", "La tante dort.", person("fr", "masculine")) == "L'oncle dort."


def pronouns(*forms: str) -> PronounSet:
    names = ("subject", "object", "determiner", "possessive", "reflexive")
    return PronounSet(**dict(zip(names, forms, strict=True)))


def test_a_pronoun_of_ones_own_and_its_style():
    noa = Person(pronouns={"es": (pronouns("ellx", "ellx", "su", "suyx", "sí"),)})
    assert rewritten("es", "Ella está cansada.", noa) == "Ellx está cansadx."
    mixed = replace(person("es", "feminine"), pronouns={"es": (pronouns("elle", "le", "su", "suye", "sí"),)})
    assert rewritten("es", "Él está cansado.", mixed) == "Elle está cansada."


@pytest.mark.parametrize(
    ("lang", "style", "expected"),
    [
        ("es", None, "Les alumnes están cansades."),
        ("es", "x", "Lxs alumnxs están cansadxs."),
        ("es", "@", "L@s alumn@s están cansad@s."),
        ("es", "slash", "Los/las alumnos/as están cansados/as."),
    ],
)
def test_neutral_in_the_style_of_the_writer(lang, style, expected):
    found = rules(lang).neutral("Los alumnos están cansados.", style=style)
    assert found.text == expected
    assert all(edit.reason for edit in found.edits)


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("es", "Los alumnos llegan.", "Las alumnas y los alumnos llegan."),
        ("es", "Hablé con el director.", "Hablé con la directora o el director."),
        ("fr", "Les étudiants dorment.", "Les étudiantes et les étudiants dorment."),
        ("fr", "L'avocat dort.", "L'avocate ou l'avocat dort."),
        ("it", "I maestri arrivano.", "Le maestre e i maestri arrivano."),
        ("pt", "Os alunos chegam.", "As alunas e os alunos chegam."),
    ],
)
def test_doublets_are_of_whole_phrases(lang, text, expected):
    assert rules(lang).neutral(text, style="doublet").text == expected


def test_a_style_tells_its_cost_to_screen_readers():
    found = rules("es").neutral("Los alumnos están cansados.", style="x")
    assert "screen readers" in found.edits[0].reason


@pytest.mark.parametrize(
    ("lang", "text", "style", "expected"),
    [
        ("fr", "Les étudiants sont prêts.", "point-médian", "Les étudiant·e·s sont prêt·e·s."),
        ("it", "I maestri sono stanchi.", "schwa", "Lɜ maestrɜ sono stanchɜ."),
        ("it", "I maestri sono stanchi.", "*", "L* maestr* sono stanch*."),
        ("pt", "Os alunos estão cansados.", "e", "Es alunes estão cansades."),
        ("pt", "Os alunos estão cansados.", "@", "@s alun@s estão cansad@s."),
    ],
)
def test_styles_of_the_other_languages(lang, text, style, expected):
    assert rules(lang).neutral(text, style=style).text == expected


@pytest.mark.parametrize("lang", LANGS)
def test_an_unknown_style_is_refused(lang):
    with pytest.raises(InputError) as error:
        rules(lang).neutral("x", style="runes")
    assert error.value.code == "gender.style"


@pytest.mark.parametrize("lang", LANGS)
def test_check_claims_what_disagrees_and_nothing_else(lang):
    template = sentences(lang)[0][0]
    wrong, right = version(template, 1), version(template, 0)
    found = rules(lang).check(wrong, people=[person(lang, "feminine")])
    assert {claim.label for claim in found} == {"agreement"}
    assert all(claim.dimension == "gender-form" and claim.evidence for claim in found)
    assert rules(lang).check(right, people=[person(lang, "feminine")]) == ()


def test_check_calls_masculine_generics_gently():
    (claim,) = rules("es").check("Los alumnos estudian.", people=[])
    assert claim.label == "inclusive"
    assert claim.score < 0.5


@given(st.sampled_from(LANGS), st.data())
def test_many_sentences_together_go_there_and_back(lang, data):
    drawn = data.draw(st.lists(st.sampled_from(sentences(lang)[1]), max_size=3))
    template = data.draw(st.sampled_from(sentences(lang)[0]))
    before, after = "\n".join(drawn[:1]), "\n".join(drawn[1:])
    masculine, feminine = (f"{before}\n\n{version(template, place)}\n\n{after}" for place in (1, 0))
    there = rewritten(lang, masculine, person(lang, "feminine"))
    assert there == feminine
    assert rewritten(lang, there, person(lang, "feminine")) == there
    assert rewritten(lang, there, person(lang, "masculine")) == masculine


@given(st.sampled_from(LANGS), st.text(max_size=80))
def test_any_text_is_read_without_failing(lang, text):
    found = rules(lang)
    for agreement in ("feminine", "masculine", "neutral"):
        rewritten(lang, text, person(lang, agreement))
    found.alternatives(text)
    found.check(text, people=[])


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("es", "Robin está cansada. Ella es la jefa de Ana.", "Robin está cansado. Él es el jefe de Ana."),
        ("it", "Robin è stanca. Lei è la direttrice.", "Robin è stanco. Lui è il direttore."),
        ("pt", "Robin está cansada. Ela é a diretora.", "Robin está cansado. Ele é o diretor."),
        (
            "fr",
            "Robin est fatiguée. Elle est directrice. Je l’ai vue hier.",
            "Robin est fatigué. Il est directeur. Je l’ai vu hier.",
        ),
        ("es", "Robin vio a Ana. Ella estaba cansada.", "Robin vio a Ana. Ella estaba cansada."),
        ("fr", "Robin a vu Anna. Elle est fatiguée.", "Robin a vu Anna. Elle est fatiguée."),
    ],
)
def test_what_a_pronoun_is_said_to_be_follows_it_unless_somebody_else_is_named(lang, text, expected):
    robin = Person(name="Robin", agreement={lang: "masculine"})
    assert rules(lang).rewrite(text, people=[robin]).text == expected


@pytest.mark.parametrize(
    ("word", "expected"),
    [("obrigada", "Eu estou cansada, obrigada."), ("obrigade", "Eu estou cansade, obrigade.")],
)
def test_the_word_for_oneself_tells_the_agreement(word, expected):
    me = Person(name="Robin", first_person={"pt": word})
    assert rules("pt").rewrite("Eu estou cansado, obrigado.", people=[me]).text == expected
