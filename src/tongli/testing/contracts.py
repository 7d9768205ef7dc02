"""What every plug-in must hold, as functions that raise ``AssertionError`` with the broken promise.

Use them from your own tests::

    from tongli.testing import check_engine

    def test_my_engine_keeps_the_contract():
        check_engine(MyEngine(), readings=my_readings, plans=my_plans)
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from tongli.core import EngineError, Message, Person, Plan, Reading
from tongli.core.protocols import Emotion, Encoder, Engine, Perspective, Translator

_TEXTS = ("Thank you so much!", "我真的受不了了", "🙂", "a" * 2000, "مرحبا", "x\x00y\ud800z")


def check_encoder(encoder: Encoder) -> None:
    """Order kept, one encoding a message, finite features of one width, the same alone as in company."""
    assert isinstance(encoder, Encoder), "an encoder has load, encode, features and sentences"
    messages = [Message(text, id=index) for index, text in enumerate(_TEXTS)]
    together = encoder.encode(messages)
    assert [found.message.id for found in together] == list(range(len(_TEXTS))), "order is kept"
    assert len({found.features.shape for found in together}) == 1, "one width for all texts"
    for message, found in zip(messages, together, strict=True):
        assert found.features.dtype == np.float32, "features are float32"
        assert np.isfinite(found.features).all(), "features are finite"
        (alone,) = encoder.encode([message])
        gap = float(np.abs(alone.features - found.features).max())
        assert gap < 1e-3, f"a text is read alike alone and in a batch, not {gap:.4f} apart"
    vectors = encoder.sentences(_TEXTS)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-3), "sentence vectors have unit length"
    assert encoder.encode([]) == [], "nothing to encode is nothing encoded"


def check_emotion(emotion: Emotion, encoder: Encoder) -> None:
    """One reading an encoding, in order; scores finite; decided claims carry a label, abstained a reason."""
    assert isinstance(emotion, Emotion), "an emotion stage has read"
    encodings = encoder.encode([Message(text, id=index) for index, text in enumerate(_TEXTS)])
    readings = emotion.read(encodings)
    assert [reading.message.id for reading in readings] == list(range(len(_TEXTS))), "order is kept"
    for reading in readings:
        for claim in reading.claims:
            assert np.isfinite(claim.score), "scores are finite"
            assert claim.abstained or claim.label is not None, "a decided claim names its label"
            assert not claim.abstained or claim.reason, "an abstained claim says why"
            assert claim.source, "a claim names its source"


def check_perspective(perspective: Perspective, readings: Sequence[Reading]) -> None:
    """Closed over readings, adds only, repeatable, and blind to names."""
    assert isinstance(perspective, Perspective), "a perspective has see"
    for reading in readings:
        seen = perspective.see(reading)
        assert seen.message == reading.message, "the message stays as it was"
        assert seen.claims[: len(reading.claims)] == reading.claims, "earlier claims stay as they were"
        assert seen.scores == reading.scores, "scores stay as they were"
        assert perspective.see(reading) == seen, "the same reading is seen alike twice"
        named = replace(reading, message=replace(reading.message, author=Person(name="Ines")))
        renamed = replace(reading, message=replace(reading.message, author=Person(name="Otto")))
        left, right = perspective.see(named), perspective.see(renamed)
        assert left.claims == right.claims, "renaming a person changes no claim"
        assert left.empathy.gender == right.empathy.gender, "renaming a person changes no form"
        assert left.empathy.feeling == right.empathy.feeling, "renaming a person changes no need"


def check_engine(engine: Engine, *, plans: Sequence[Plan], reading: Reading) -> None:
    """Few, different, whole drafts in the plan's language; a language not promised is a coded error."""
    assert isinstance(engine, Engine), "an engine has a name, languages and draft"
    promised = engine.languages()
    for plan in plans:
        lang = plan.culture.lang
        if promised is not None and lang not in promised:
            try:
                engine.draft(plan, reading)
            except EngineError as refused:
                assert refused.code == "engine.language", f"unpromised {lang} is engine.language"  # noqa: PT017
                continue
            raise AssertionError(f"{lang} is not promised, so it must be refused")
        drafts = engine.draft(plan, reading, n=4)
        texts = [draft.text for draft in drafts]
        assert 1 <= len(texts) <= 4, "one to n drafts"
        assert len(set(texts)) == len(texts), "drafts differ"
        for draft in drafts:
            assert draft.text.strip() == draft.text != "", "a draft is whole and trimmed"
            assert len(draft.text) <= plan.max_chars, "a draft keeps the limit"
            assert draft.provenance.engine == engine.name, "a draft names its engine"


def check_translator(translator: Translator, *, source: str, target: str, texts: Sequence[str]) -> None:
    """Few, different drafts a text, in order, whatever the batch; a pair not promised is a coded error.

    Args:
        translator: the engine.
        source, target: language subtags of a pair that it translates.
        texts: short and different texts in the source language; each must get a draft.
    """
    assert isinstance(translator, Translator), "a translator has a name, follows, pairs and translate"
    promised = translator.pairs()
    assert promised is None or (source, target) in promised, "the pair is promised"
    together = translator.translate(texts, source=source, target=target, n=4)
    assert len(together) == len(texts), "one list of drafts a text"
    for text, drafts in zip(texts, together, strict=True):
        written = [draft.text for draft in drafts]
        assert 1 <= len(written) <= 4, "one to n drafts"
        assert len(set(written)) == len(written), "drafts differ"
        assert all(draft.lang == target for draft in drafts), "a draft is in the target language"
        assert all(draft.provenance.engine == translator.name for draft in drafts), "a draft names its engine"
        (alone,) = translator.translate([text], source=source, target=target, n=4)
        assert [draft.text for draft in alone] == written, "a text is translated alike alone and in a batch"
    assert translator.translate([], source=source, target=target) == [], "nothing to translate is nothing"
    if promised is not None:
        _refuses(translator, source=source, target="tlh")


def _refuses(translator: Translator, *, source: str, target: str) -> None:
    try:
        translator.translate(["x"], source=source, target=target)
    except EngineError as refused:
        assert refused.code == "translate.pair", f"unpromised {source}-{target} is translate.pair"  # noqa: PT017
        return
    raise AssertionError(f"{source}-{target} is not promised, so it must be refused")
