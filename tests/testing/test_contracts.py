"""Every registered plug-in, in every language, keeps its contract; and the contracts can be broken."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tongli.core import Draft, EngineError, Language, Message, Provenance, Reading, registry
from tongli.core.reading import Claim
from tongli.emotion.heads import Heads
from tongli.encoders.text import TextEncoder
from tongli.generation.plan import make_plan
from tongli.knowledge.locales import languages
from tongli.testing import (
    check_emotion,
    check_encoder,
    check_engine,
    check_perspective,
    check_translator,
)


def reading_in(tag: str, feeling: str | None = "sadness") -> Reading:
    claims = ()
    if feeling:
        claims = (
            Claim(dimension="emotion", label=feeling, score=0.9, scheme="ekman6", source="head:ekman6"),
        )
    return Reading(
        message=Message("order 4471 came broken", lang=tag, id=tag),
        language=Language(tag=tag, score=1.0, declared=True),
        claims=claims,
        scores={"ekman6": {"sadness": 0.9}, "intensity": {"sadness": 2.0}, "formality": 0.5},
    )


def seen(reading: Reading) -> Reading:
    for name in ("gender", "culture", "feeling"):
        reading = registry.resolve("tongli.perspectives", name)().see(reading)
    return reading


@pytest.fixture(scope="module")
def encoder(tiny_model, tiny_settings):
    return TextEncoder(model=str(tiny_model), settings=tiny_settings)


def test_the_encoder(encoder):
    check_encoder(encoder)


def test_the_heads(encoder, tiny_settings):
    check_emotion(Heads(folder=tiny_settings.heads), encoder)


@pytest.mark.parametrize("tag", languages())
@pytest.mark.parametrize("name", registry.names("tongli.perspectives"))
def test_perspectives(name, tag):
    perspective = registry.resolve("tongli.perspectives", name)()
    check_perspective(perspective, [reading_in(tag), reading_in(tag, None), reading_in(tag, "joy")])


@pytest.mark.parametrize("tag", languages())
def test_the_realiser(tag):
    reading = seen(reading_in(tag))
    check_engine(
        registry.resolve("tongli.engines", "realiser")(), plans=[make_plan(reading)], reading=reading
    )


@pytest.mark.parametrize("tag", [tag for tag in languages() if tag != "en"])
def test_the_small_model_refuses_what_it_does_not_promise(tag):
    reading = seen(reading_in(tag))
    check_engine(registry.resolve("tongli.engines", "gguf")(), plans=[make_plan(reading)], reading=reading)


class Broken:
    """An engine that breaks one promise at a time."""

    name = "broken"

    def __init__(self, texts=("ok",), *, promised=None):
        self.texts, self.promised = texts, promised

    def languages(self):
        return self.promised

    def draft(self, plan, reading, *, n=1):
        realised = registry.resolve("tongli.engines", "realiser")().draft(plan, reading)[0]
        provenance = replace(realised.provenance, engine=self.name)
        return [replace(realised, text=text, provenance=provenance) for text in self.texts]


@pytest.mark.parametrize(
    ("engine", "promise"),
    [
        (Broken(()), "one to n"),
        (Broken(("a", "a")), "differ"),
        (Broken((" a",)), "trimmed"),
        (Broken(("x" * 9999,)), "limit"),
        (Broken(promised=frozenset({"de"})), "must be refused"),
    ],
)
def test_broken_promises_are_found(engine, promise):
    reading = seen(reading_in("en"))
    with pytest.raises(AssertionError, match=promise):
        check_engine(engine, plans=[make_plan(reading)], reading=reading)


def test_a_wrong_code_is_found():
    class Refuses(Broken):
        def draft(self, plan, reading, *, n=1):
            raise EngineError("engine.other", received="x", allowed="y", fix="Z.")

    reading = seen(reading_in("en"))
    with pytest.raises(AssertionError, match=r"engine\.language"):
        check_engine(Refuses(promised=frozenset({"de"})), plans=[make_plan(reading)], reading=reading)


class Turned:
    """A translator that turns texts round, and breaks one promise at a time."""

    name, follows = "turned", False

    def __init__(self, *, twice=False, lang="es", company="", refusal="translate.pair", lost=False):
        self.twice, self.lang, self.company, self.refusal, self.lost = twice, lang, company, refusal, lost

    def pairs(self):
        return frozenset({("en", "es")})

    def translate(self, texts, *, source, target, n=1, brief=None):
        if target != "es" and self.refusal:
            raise EngineError(self.refusal, received=target, allowed="en-es", fix="Choose another engine.")
        more = self.company if len(texts) > 1 else ""
        made = Provenance(engine=self.name)
        drafts = [[Draft(text=text[::-1] + more, lang=self.lang, provenance=made)] for text in texts]
        return [own * (2 if self.twice else 1) for own in drafts][self.lost :]


def test_a_translator_that_keeps_its_promises():
    check_translator(Turned(), source="en", target="es", texts=["One.", "Two."])


@pytest.mark.parametrize(
    ("broken", "promise"),
    [
        ({"twice": True}, "differ"),
        ({"lang": "en"}, "target language"),
        ({"company": "!"}, "alone and in a batch"),
        ({"lost": True}, "one list"),
        ({"refusal": ""}, "must be refused"),
        ({"refusal": "engine.other"}, r"translate\.pair"),
    ],
)
def test_broken_promises_of_a_translator_are_found(broken, promise):
    with pytest.raises(AssertionError, match=promise):
        check_translator(Turned(**broken), source="en", target="es", texts=["One.", "Two."])
