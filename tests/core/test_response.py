from __future__ import annotations

import json

import pytest

from tongli.core import (
    Check,
    CultureContext,
    Draft,
    Language,
    Message,
    Person,
    Plan,
    PronounSet,
    Provenance,
    Reading,
    Response,
    Verdict,
)

FORMER = "Al* Muster"
XE = PronounSet(subject="xe", object="xem", determiner="xyr", possessive="xyrs", reflexive="xemself")
CULTURE = CultureContext(lang="en", locale="en-GB", register="formal", address="formal", salutation="Mx Vale")


@pytest.fixture
def response():
    """An answer whose rejected draft held a name that its reader left behind."""
    author = Person(name="Kim Vale", pronouns={"en": (XE,)}, agreement={"de": "neutral"})
    text = "Dear ＡL* MUSTER, thank you."
    checks = (
        Check(name="avoid", passed=False, detail="1 forbidden string(s)", evidence=((5, 15),)),
        Check(name="facts", passed=False, detail="nobody mentioned Al* Muster"),
    )
    provenance = Provenance(engine="gguf")
    return Response(
        text="Thank you.",
        lang="en",
        plan=Plan(culture=CULTURE, acts=("thank",), pronouns=author.pronouns["en"], avoid=(FORMER, " ")),
        reading=Reading(message=Message("Hi.", author=author), language=Language(tag="en", score=1.0)),
        verdict=Verdict(
            draft=Draft(text="Thank you.", lang="en", provenance=provenance),
            checks=(Check(name="avoid", passed=True, detail="none of 1 forbidden strings"),),
        ),
        alternatives=(Verdict(draft=Draft(text=text, lang="en", provenance=provenance), checks=checks),),
    )


def test_no_declaration_is_in_the_data(response):
    data = json.dumps(response.to_dict(), ensure_ascii=False)
    assert not [word for word in ("Vale", "xem", "neutral", "agreement", "pronouns") if word in data]


def test_strings_to_avoid_are_in_no_data_and_spans_stay_true(response):
    data = response.to_dict()
    assert "avoid" not in data["plan"]
    (draft,) = data["alternatives"]
    assert draft["text"] == "Dear ██████████, thank you."
    assert draft["checks"][0]["evidence"] == [[5, 15]]
    assert draft["checks"][1]["detail"] == "nobody mentioned ██████████"
    assert "muster" not in json.dumps(data).lower()


def test_all_else_is_told_as_it_is(response):
    data = response.to_dict()
    assert (data["text"], data["verdict"]["text"], data["verdict"]["passed"]) == ("Thank you.",) * 2 + (True,)
    assert data["verdict"]["checks"][0]["detail"] == "none of 1 forbidden strings"
    assert data["plan"] == {
        "lang": "en",
        "locale": "en-GB",
        "register": "formal",
        "address": "formal",
        "acts": ["thank"],
        "feeling": None,
        "intensity": 0.0,
        "strategy": "inform",
        "keep": [],
        "max_chars": 600,
    }
