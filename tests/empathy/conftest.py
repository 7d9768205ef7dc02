import pytest

from tongli.core import Claim, Evidence, Language, Message, Person, Reading


@pytest.fixture
def make_reading():
    """A reading as S would make it: text, author, languages, decided emotions and scores."""

    def make(text="Hm.", *, lang="en", reply_lang=None, author=None, claims=(), scores=None):
        return Reading(
            message=Message(text, author=author or Person()),
            language=Language(tag=lang, score=0.9),
            reply_lang=reply_lang,
            claims=tuple(claims),
            scores=scores or {},
        )

    return make


@pytest.fixture
def emotion():
    """A claim of the dimension emotion."""

    def make(label, score=0.8, *, scheme="ekman6", abstained=False):
        return Claim(
            dimension="emotion",
            label=label,
            score=score,
            scheme=scheme,
            evidence=(Evidence(span=(0, 2), weight=0.4),),
            abstained=abstained,
            source=scheme,
        )

    return make
