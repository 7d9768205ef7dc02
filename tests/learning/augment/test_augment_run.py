from __future__ import annotations

from collections import Counter
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongli.core import ConfigError, InputError
from tongli.learning.augment.checks import Checks
from tongli.learning.augment.method import Proposal
from tongli.learning.augment.methods import METHODS, Setting, make_methods
from tongli.learning.augment.run import Limits, augment
from tongli.learning.data.record import Record


def vectors(texts):
    """Texts with "far" point elsewhere; the background ones lie between."""
    rows = np.array([(0, 1) if "far" in text else (1, 0) if "near" in text else (0.7, 0.7) for text in texts])
    return (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)


class Says:
    """Proposes what it is told to."""

    def __init__(self, *texts, detail="x"):
        self.proposals = [Proposal(text=text, detail=detail) for text in texts]

    def propose(self, records, *, count, seed):
        return [
            [replace(item, text=item.text.format(id=record.id)) for item in self.proposals[:count]]
            for record in records
        ]


def record(number, lang="en", **more):
    return Record(id=f"r{number}", text=f"near text {number}", lang=lang, **more)


def run(records, *, method=None, limits=None, held_out=(), **methods):
    checks = Checks(sentences=vectors, known=[item.text for item in records], held_out=held_out)
    methods = methods or {"say": method or Says("near {id}")}
    return augment(records, methods=methods, checks=checks, limits=limits or Limits())


def test_a_new_record_keeps_what_it_is_and_says_where_it_comes_from():
    labels = {"ekman6": {"joy": 0.5}}
    original = record(
        1, labels=labels, source="own", licence="MIT", consent="given", audio="a.wav", culture="en-GB"
    )
    (made,) = run([original], method=Says("near text 1 indeed")).records
    assert (made.text, made.lang, made.culture) == ("near text 1 indeed", "en", "en-GB")
    assert (made.id, made.parent, made.made_by, made.audio) == ("r1+say-1", "r1", "augment:say:x", "")
    assert (made.labels, made.source, made.licence, made.consent) == (labels, "own", "MIT", "given")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("near  text 1", "unchanged"),
        ("near text 2", "known"),
        ("near HELD 1", "held out"),
        ("near text", "facts"),
        ("far text 1", "meaning"),
        ("near text 1, she said", "gender"),
    ],
)
def test_every_reason_to_refuse(text, reason):
    made = run([record(1), record(2)], method=Says(text), held_out=["Near held 1"])
    row = next(made.tally.rows())
    assert row.refused.get(reason)
    assert text not in {item.text for item in made.records}


def test_the_same_text_is_made_once():
    made = run(
        [Record(id="a", text="near one", lang="en"), Record(id="b", text="near two", lang="en")],
        method=Says("near"),
    )
    assert len(made.records) == 1
    assert next(made.tally.rows()).refused == {"known": 1}


def test_limits():
    records = [Record(id=f"r{n}", text="near " + "very " * n, lang="en") for n in range(1, 9)]
    made = run(records, method=Says("near {id} a", "near {id} b"), limits=Limits(per_record=2))
    assert made.records == ()  # "r1" holds no number of the original
    words = [replace(item, id="abcdefgh"[n]) for n, item in enumerate(records)]
    made = run(words, method=Says("near {id} a", "near {id} b"), limits=Limits(per_record=2, limit=5))
    assert len(made.records) == 5
    both = run(words, limits=Limits(limit=4), one=Says("near {id} a"), two=Says("near {id} b"))
    assert Counter(item.made_by for item in both.records) == {"augment:one:x": 2, "augment:two:x": 2}
    with pytest.raises(ConfigError, match=r"augment\.limits"):
        run(words, limits=Limits(per_record=0))


def languages(**counts):
    return [
        Record(id=f"{lang}-{chr(97 + n)}", text=f"near {lang} {chr(97 + n)} text", lang=lang)
        for lang, count in counts.items()
        for n in range(count)
    ]


def test_balance_fills_up_the_small_languages():
    records = languages(en=9, es=6, de=3)
    made = run(
        records, method=Says("near {id}", "near {id} again"), limits=Limits(per_record=2, balance=True)
    )
    totals = Counter(item.lang for item in [*records, *made.records])
    assert totals == {"en": 9, "es": 9, "de": 9}
    made = run(records, limits=Limits(limit=6, balance=True))
    assert Counter(item.lang for item in made.records) == {"de": 3, "es": 3}


def test_made_records_are_not_augmented_again_and_nothing_is_an_error():
    with pytest.raises(InputError, match=r"augment\.none"):
        run([record(1, made_by="augment:noise", parent="r0"), Record(id="a", audio="a.wav")])


@given(st.randoms(use_true_random=False))
def test_the_order_of_the_file_changes_nothing(source):
    records = [Record(id=f"i{n}", text="near " + "so " * n + "much rain today", lang="en") for n in range(5)]
    mixed = source.sample(records, len(records))
    names = ["noise", "code-switching"]

    def made(rows):
        setting = Setting(records=rows, sentences=vectors)
        checks = Checks(sentences=vectors, known=[row.text for row in rows], least=0)
        found = augment(rows, methods=make_methods(names, setting), checks=checks, limits=Limits(seed=7))
        return {(item.id, item.text) for item in found.records}

    assert made(records) == made(mixed) != set()


def test_a_method_without_proposals_is_listed():
    (row,) = run([record(1)], method=Says()).tally.rows()
    assert (row.method, row.lang, row.tried, row.kept) == ("say", "all", 0, 0)


def test_methods_by_name():
    assert list(METHODS) == ["back-translation", "synonyms", "code-switching", "noise", "counterfactual"]
    setting = Setting(records=[], sentences=vectors, translator="nobody")
    with pytest.raises(ConfigError, match=r"augment\.method.*counterfactual"):
        make_methods(["noise", "magic"], setting)
    with pytest.raises(ConfigError, match=r"plugin\.unknown.*apertium.*gguf.*mt"):
        make_methods(["back-translation"], setting)


def test_a_gender_label_follows_the_swap():
    class Swap:
        def propose(self, records, *, count, seed):
            return [[Proposal(text="near him", gender_expression="masculine")] for _ in records]

    labelled = Record(id="a", text="near her", lang="en", gender_expression="feminine")
    (made,) = run([labelled], method=Swap()).records
    assert (made.gender_expression, made.made_by) == ("masculine", "augment:say")
    (made,) = run([replace(labelled, gender_expression=None)], method=Swap()).records
    assert made.gender_expression is None
