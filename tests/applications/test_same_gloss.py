"""Equal glosses, over claims that ship."""

from __future__ import annotations

from itertools import islice

import pytest

from tongli.applications.same_gloss import SameGloss, meanings
from tongli.core import InputError
from tongli.knowledge.claim import FIGURATIVE
from tongli.knowledge.claim_files import SHIPPED


@pytest.fixture(scope="module")
def same():
    return SameGloss(SHIPPED)


@pytest.mark.parametrize(
    ("gloss", "told"),
    [
        ("to give up", ("give up",)),
        ("be very angry; to rage", ("very angry", "rage")),
        ("to work hard, to toil", ("work hard", "toil")),
        ("a dull, boring person", ("dull, boring person",)),
        ("die (Mexico)", ("die",)),
        ("die (often ironic, Spain)", ("die",)),
        ("(armed) heavily", ("(armed) heavily",)),
        ("The  end.", ("end",)),
        (" ; ...", ()),
        ("", ()),
    ],
)
def test_meanings(gloss, told):
    assert meanings(gloss) == told


@pytest.mark.parametrize(
    ("lang", "form"), [("es", "estirar la pata"), ("en", "buy the farm"), ("zh", "翘辫子")]
)
def test_a_meaning_has_expressions(same, lang, form):
    found = list(same("to die", lang))
    assert form in {
        word for claim, _ in found for word in (*claim.forms, claim.statement.split("”")[0][-len(form) :])
    }
    assert {said for _, said in found} == {"die"}
    assert all(claim.kind in FIGURATIVE for claim, _ in found)


def test_one_image_comes_first(same):
    poke = next(claim for claim in SHIPPED.own("en").values() if claim.id == "en.idiom.poke-ones-nose-into")
    assert poke.meaning
    first, *_ = islice(same(poke.meaning.sense, "es", like=poke), 3)
    assert "nar" in first[0].id


def test_an_audience_has_those_of_its_language(same):
    assert {claim.id for claim, _ in same("to die", "es")} <= {
        claim.id for claim, _ in same("to die", "es-MX")
    }


def test_nothing_is_made_up(same):
    assert list(same("to polish a submarine at dawn", "es")) == []
    with pytest.raises(InputError, match=r"claims\.audience"):
        list(same("to die", "tlh"))
