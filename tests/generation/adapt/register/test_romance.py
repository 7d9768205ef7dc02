"""Spanish, Italian and Portuguese address, in sentences that we wrote."""

from __future__ import annotations

import pytest

from tongli.core.edit import apply_edits
from tongli.generation.adapt.register import shift
from tongli.generation.adapt.register.italian import _forms as italian
from tongli.generation.adapt.register.portuguese import _forms as portuguese
from tongli.generation.adapt.register.spanish import _forms as spanish


def written(text: str, lang: str, to: str) -> str:
    return apply_edits(text, shift(text, lang=lang, to=to).edits)


@pytest.mark.parametrize(
    ("forms", "third", "second"),
    [
        (spanish, "mantuvo", "mantuviste"),
        (spanish, "sintiera", "sintieras"),
        (spanish, "leyó", "leíste"),
        (spanish, "distinga", "distingas"),
        (spanish, "sonríe", "sonríes"),
        (italian, "propone", "proponi"),
        (italian, "traduceva", "traducevi"),
        (italian, "raccoglie", "raccogli"),
        (italian, "berrebbe", "berresti"),
        (portuguese, "mantém", "manténs"),
        (portuguese, "conclui", "concluis"),
        (portuguese, "satisfizer", "satisfizeres"),
    ],
)
def test_verbs_go_both_ways(forms, third, second):
    assert forms().informal[third] == second
    assert forms().formal[second] == third


@pytest.mark.parametrize(
    ("lang", "informal", "formal"),
    [
        ("es", "Encárgate de las llaves.", "Encárguese de las llaves."),
        ("es", "¡Recoge la mesa!", "¡Recoja la mesa!"),
        ("es", "Sé tú misma.", "Sea usted misma."),
        ("es", "Te lo contaré mañana.", "Se lo contaré mañana."),
        ("es", "Sin querer decírtelo, lo dije.", "Sin querer decírselo, lo dije."),
        ("it", "Dammi il biglietto.", "Mi dia il biglietto."),
        ("it", "Non preoccuparti.", "Non si preoccupi."),
        ("it", "Non ti alzare.", "Non si alzi."),
        ("it", "Goditi il mare!", "Si goda il mare!"),
        ("it", "Te lo mostro subito.", "Glielo mostro subito."),
        ("it", "Te lo ricordi?", "Se lo ricorda?"),
        ("it", "Ti aiutano i vicini.", "La aiutano i vicini."),
        ("it", "Ti piacciono i gatti?", "Le piacciono i gatti?"),
        ("it", "Scendi alla prossima fermata.", "Scenda alla prossima fermata."),
        ("pt", "Obrigado por me avisares.", "Obrigado por me avisar."),
        ("pt", "O que mais fazes aqui?", "O que mais faz aqui?"),
        ("pt", "Desculpa, onde moras?", "Desculpe, onde mora?"),
        ("pt", "Diz-me a verdade.", "Diga-me a verdade."),
    ],
)
def test_informal_becomes_formal(lang, informal, formal):
    assert written(informal, lang, "formal") == formal
    assert shift(formal, lang=lang, to="formal").edits == ()


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("es", "Unas casas tienen muebles de otras formas."),
        ("it", "Ho sei libri e molti progetti."),
        ("it", "Credo che arrivi domani."),
        ("it", "Scusi, dov'è la stazione?"),
        ("it", "Significa molto per noi."),
        ("it", "Gli impianti furono (riparati) ieri."),
        ("pt", "Quero as melhores peças deste livro."),
        ("pt", "Vi dois filmes."),
    ],
)
def test_nouns_and_formal_commands_stay(lang, text):
    assert shift(text, lang=lang, to="formal").edits == ()


@pytest.mark.parametrize(
    ("lang", "formal", "informal"),
    [
        ("es", "Usted ya no se acuerda.", "Tú ya no te acuerdas."),
        ("es", "¡Que tenga un buen viaje!", "¡Que tengas un buen viaje!"),
        ("es", "¿Puede usted sentarse aquí?", "¿Puedes tú sentarte aquí?"),
        ("it", "Vorrei sapere se Lei non ha freddo.", "Vorrei sapere se tu non hai freddo."),
        ("pt", "Você também não precisa disto.", "Tu também não precisas disto."),
    ],
)
def test_what_syntax_settles(lang, formal, informal):
    assert written(formal, lang, "informal") == informal


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("es", "¿Sabes si tiene su abrigo? Te lo pregunto."),
        ("it", "Entra nel tuo ufficio e guarda."),
        ("pt", "O teu vizinho sabe onde mora a tia?"),
    ],
)
def test_an_informal_text_is_not_addressed_in_the_third_person(lang, text):
    assert shift(text, lang=lang, to="informal").edits == ()


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("es", "Los niños se cansan."),
        ("es", "¿Quién tiene la llave?"),
        ("it", "I bambini si lavano."),
        ("pt", "Não sei se chove."),
        ("pt", "Quem é que tem a chave?"),
    ],
)
def test_somebody_else_is_left_alone(lang, text):
    assert shift(text, lang=lang, to="informal").edits == ()


@pytest.mark.parametrize(
    ("formal", "informal"),
    [
        ("Ontmoet u hem vaak?", "Ontmoet je hem vaak?"),
        ("Hij komt, en u?", "Hij komt, en jij?"),
        ("Ik moet u bellen.", "Ik moet je bellen."),
        ("Hier is uw geld.", "Hier is je geld."),
        ("Wat is bij u de beste tijd?", "Wat is bij je de beste tijd?"),
        ("Kijkt u op tongli.org?", "Kijk je op tongli.org?"),
    ],
)
def test_dutch(formal, informal):
    assert written(formal, "nl", "informal") == informal
    assert written(informal, "nl", "formal") == formal


def test_dutch_possessive_is_told_by_the_clause():
    assert written("Dat zijn dingen die je leven kunnen redden.", "nl", "formal") == (
        "Dat zijn dingen die uw leven kunnen redden."
    )
    assert written("Wie was je favoriete zanger?", "nl", "formal") == "Wie was uw favoriete zanger?"
