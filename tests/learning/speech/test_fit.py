"""Fitting, choosing and calibrating a speech head on made-up features."""

from __future__ import annotations

import numpy as np
import pytest

from tongli.core import ConfigError
from tongli.emotion.speech.linear import softmax
from tongli.learning.metrics import expected_calibration_error
from tongli.learning.speech.calibrate import calibrated
from tongli.learning.speech.fit import Options, fit, relative
from tongli.learning.speech.held_out import Sample, chosen, held_out, unweighted_recall

WIDTH = 1536 + 4


def made(*, speakers=4, each=12, labels=3, offset=0.0, seed=0, strength=2.0):
    """Features in which a label moves some inputs of every view, and a speaker moves all."""
    rng = np.random.default_rng(seed)
    centres = rng.normal(size=(labels, WIDTH)) * (rng.random(WIDTH) < 0.02) * strength
    truth = np.tile(np.arange(labels), speakers * each)
    names = np.repeat([f"s{number}" for number in range(speakers)], each * labels)
    shift = {name: rng.normal(size=WIDTH) * offset for name in np.unique(names)}
    table = centres[truth] + rng.normal(size=(len(truth), WIDTH)) + np.stack([shift[name] for name in names])
    return table.astype(np.float32), truth, names.tolist()


def sample(**options):
    table, truth, names = made(**options)
    return Sample(features=table[:, None], labels=truth, speakers=names, count=int(truth.max()) + 1)


def test_a_head_recognises_what_it_learnt_and_not_chance():
    table, truth, _ = made()
    head = fit(table, truth, count=3, options=Options())
    again, _, _ = made(seed=0)
    assert unweighted_recall(head.logits(again).argmax(axis=1), truth) > 0.95
    shuffled = np.random.default_rng(1).permutation(truth)
    assert (
        held_out(Sample(features=table[:, None], labels=shuffled, speakers=made()[2], count=3), Options()).uar
        < 0.6
    )


def test_missing_numbers_do_not_spoil_it():
    table, truth, _ = made()
    table[::5, -4:] = np.nan
    head = fit(table, truth, count=3, options=Options())
    assert np.isfinite(head.weight).all()
    assert np.isfinite(head.logits(table)).all()


def test_without_prosody_its_weights_are_zero():
    table, truth, _ = made()
    head = fit(table, truth, count=3, options=Options(prosody=0.0))
    assert not head.weight[1536:].any()
    assert head.weight[:1536].any()


def test_every_label_counts_the_same_however_rare():
    table, truth, _ = made(each=20)
    rare = np.concatenate([np.flatnonzero(truth != 2), np.flatnonzero(truth == 2)[:40]])
    head = fit(table[rare], truth[rare], count=3, options=Options())
    assert (head.logits(table[truth == 2]).argmax(axis=1) == 2).mean() > 0.7


def test_a_label_without_clips_is_never_chosen():
    table, truth, _ = made()
    head = fit(table, truth, count=4, options=Options())
    assert set(head.logits(table).argmax(axis=1).tolist()) == {0, 1, 2}


def test_speakers_are_on_one_side_only():
    seen = []

    class Watched(Sample):
        def fit(self, rows, options):
            seen.append({self.speakers[row] for row in rows.tolist()})
            return super().fit(rows, options)

    plain = sample()
    found = held_out(
        Watched(features=plain.features, labels=plain.labels, speakers=plain.speakers, count=3), Options()
    )
    assert [len(names) for names in seen] == [3] * 4
    assert found.uar > 0.8
    assert found.logits.shape == (len(plain.labels), 1, 3)


def test_one_speaker_is_refused():
    with pytest.raises(ConfigError) as error:
        held_out(sample(speakers=1), Options())
    assert error.value.code == "speech.speakers"


def test_a_mean_of_ones_own_takes_the_speaker_away():
    table, truth, names = made(offset=4.0)
    centred = relative(table, names)
    np.testing.assert_allclose(centred[np.array(names) == "s0"].mean(axis=0), 0, atol=1e-4)
    plain, own = (
        held_out(Sample(features=each[:, None], labels=truth, speakers=names, count=3), Options()).uar
        for each in (table, centred)
    )
    assert own > plain


def test_calibration_on_speakers_left_out():
    _, found = chosen(sample(each=30, strength=0.7, speakers=6))
    calibration = calibrated(found)
    table = softmax(found.logits[:, 0] * np.float32(calibration.slope))
    sure, right = table.max(axis=1), table.argmax(axis=1) == found.labels
    assert expected_calibration_error(sure, right.astype(np.float32), bins=10) < 0.08
    told = sure >= calibration.threshold
    assert right[told].mean() >= 0.94
    assert 0.5 < calibration.strangeness < 2


def test_recall_is_the_mean_over_labels():
    assert unweighted_recall(np.array([0, 0, 0, 0]), np.array([0, 0, 0, 1])) == 0.5
