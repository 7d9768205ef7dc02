from __future__ import annotations

from collections import Counter
from dataclasses import replace

import numpy as np
import pytest

from tongli.core import ConfigError, InputError, Language, Message, Reading
from tongli.emotion.head import load_head
from tongli.knowledge.schemes import SCHEMES
from tongli.learning.annotate.queue import STRATEGIES, queue
from tongli.learning.annotate.survey import Survey
from tongli.learning.data.record import Record


@pytest.fixture
def head(tiny_settings):
    return load_head(tiny_settings.heads, "politeness")


def survey(head, chances, *, languages=None, labelled=(), texts=None):
    """A pool whose members are as polite as ``chances`` says; features are random."""
    count = len(chances)
    languages = languages or ["en"] * count
    records = tuple(
        Record(
            id=f"r{row}",
            text=texts[row] if texts else f"text {row}",
            lang=languages[row],
            labels={"politeness": {"polite": 1.0}} if row in labelled else {},
        )
        for row in range(count)
    )
    readings = tuple(
        Reading(
            message=Message(record.text),
            language=Language(tag=record.lang, score=1.0),
            scores={"politeness": float(chance)},
        )
        for record, chance in zip(records, chances, strict=True)
    )
    features = np.random.default_rng(0).normal(size=(count, len(head.arrays.mean))).astype(np.float32)
    pieces = (np.array([1, 2], np.int32),) * count
    return Survey(
        records=records,
        features=features,
        pieces=pieces,
        languages=tuple(languages),
        encoder="tiny",
        readings=readings,
        schemes=SCHEMES,
    )


def ids(chosen):
    return [item.record.id for item in chosen]


@pytest.mark.parametrize("strategy", ["uncertainty", "margin"])
def test_the_most_uncertain_come_first(head, strategy):
    seen = survey(head, [0.9, 0.45, 0.99, 0.6])
    chosen = queue(seen, heads=[head], strategy=strategy, count=3)
    assert ids(chosen) == ["r1", "r3", "r0"]
    assert [item.score for item in chosen] == sorted((item.score for item in chosen), reverse=True)


@pytest.mark.parametrize("strategy", STRATEGIES)
@pytest.mark.parametrize("balance", [False, True])
def test_every_strategy_queues_what_is_asked_once(head, strategy, balance):
    seen = survey(head, np.linspace(0.01, 0.99, 30), languages=["en", "es", "de"] * 10, labelled=(4, 5))
    chosen = queue(seen, heads=[head], strategy=strategy, count=12, balance=balance)
    assert len(set(ids(chosen))) == 12
    assert not {"r4", "r5"} & set(ids(chosen))
    assert ids(chosen) == ids(queue(seen, heads=[head], strategy=strategy, count=12, balance=balance))
    assert (strategy == "coreset") == (chosen[0].score is None)
    if balance:
        assert set(Counter(item.lang for item in chosen).values()) == {4}
        assert len({item.lang for item in chosen[:3]}) == 3


def test_a_small_language_leaves_its_share_to_others(head):
    languages = ["de"] + ["en"] * 10 + ["es"] * 10
    seen = survey(head, [0.5] * 21, languages=languages)
    chosen = queue(seen, heads=[head], strategy="uncertainty", count=9, balance=True)
    assert Counter(item.lang for item in chosen) == {"de": 1, "en": 4, "es": 4}


def test_hybrid_is_uncertain_and_diverse(head):
    chances = [0.5] * 10 + [0.999] * 40
    chosen = queue(survey(head, chances), heads=[head], strategy="hybrid", count=2)
    assert {int(name[1:]) for name in ids(chosen)} <= set(range(10))
    assert ids(chosen) != ids(queue(survey(head, chances), heads=[head], strategy="uncertainty", count=2))


def test_the_core_set_keeps_away_from_what_is_labelled(head):
    seen = survey(head, [0.5] * 3, labelled=(0,))
    seen.features[1] = seen.features[0] + 0.01
    seen.features[2] = seen.features[0] + 9
    assert ids(queue(seen, heads=[head], strategy="coreset", count=1)) == ["r2"]


def test_a_text_is_queued_once_and_not_when_labelled(head):
    seen = survey(head, [0.5] * 5, labelled=(3,), texts=["a", "b", "a", "b", "c"])
    assert sorted(ids(queue(seen, heads=[head], strategy="uncertainty", count=9))) == ["r0", "r4"]


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ({"strategy": "luck"}, "queue.strategy"),
        ({"count": 0}, "queue.count"),
        ({"labelled": (0, 1)}, "queue.empty"),
    ],
)
def test_bad_requests(head, options, code):
    seen = survey(head, [0.5, 0.5], labelled=options.pop("labelled", ()))
    with pytest.raises((ConfigError, InputError)) as caught:
        queue(seen, heads=[head], **options)
    assert caught.value.code == code


def test_bald_takes_heads_without_probabilities(head, tiny_settings):
    distress = load_head(tiny_settings.heads, "distress")
    seen = survey(head, [0.5] * 4)
    assert len(queue(seen, heads=[head, distress], strategy="bald", count=2)) == 2
    with pytest.raises(ConfigError) as caught:
        queue(
            replace(
                seen,
                readings=tuple(
                    Reading(message=one.message, language=one.language, scores={"distress": 2.0})
                    for one in seen.readings
                ),
            ),
            heads=[distress],
        )
    assert caught.value.code == "queue.head"
