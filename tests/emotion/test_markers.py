"""A tagger whose numbers can be worked out by hand, on text in several scripts."""

from __future__ import annotations

import json
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongli.core import ModelError, Tokens
from tongli.emotion.marker_arrays import MarkerArrays, load_arrays
from tongli.emotion.marker_card import MarkerCard, load_marker_card
from tongli.emotion.marker_units import FORMS, ROWS, pooled, units_of
from tongli.emotion.markers import Markers, best_tags, decode

HIDDEN = 3
CARD = MarkerCard(
    name="markers", encoder="toy@1", labels=("formal", "informal"), data=(), languages=("de", "pt-BR")
)


def toy_arrays() -> MarkerArrays:
    """Channels 0..2 are the states; a positive one chooses B-formal, I-formal or B-informal over outside."""
    down = np.zeros((HIDDEN, 5), np.float32)
    down[0, 1] = down[1, 2] = down[2, 3] = 8.0
    nothing = np.zeros((5 * HIDDEN, HIDDEN), np.float32)
    zeros = np.zeros(HIDDEN, np.float32)
    return MarkerArrays(
        mean=zeros,
        scale=np.ones(HIDDEN, np.float32),
        up=np.eye(HIDDEN, dtype=np.float32),
        up_bias=zeros,
        forms=np.zeros((ROWS, HIDDEN), np.float32),
        first=nothing,
        first_bias=zeros,
        second=nothing,
        second_bias=zeros,
        down=down,
        bias=np.array([4.0, 0, 0, 0, 0], np.float32),
    )


@pytest.fixture
def folder(tmp_path):
    toy_arrays().save(tmp_path / "markers.safetensors")
    CARD.save(tmp_path / "markers.json")
    return tmp_path


def tokens(*pieces: tuple[int, int, int], encoder: str = "toy@1") -> Tokens:
    """Tokens of start, end and the channel that is on, -1 for none."""
    states = np.zeros((len(pieces), HIDDEN), np.float32)
    for row, (_, _, channel) in enumerate(pieces):
        if channel >= 0:
            states[row, channel] = 1
    return Tokens(spans=tuple((start, end) for start, end, _ in pieces), states=states, encoder=encoder)


def pieces(text, spans):
    return [text[start:end] for start, end in spans]


def test_spans_are_places_of_the_text(folder):
    text = "können  Sie mir helfen, du?"
    found = Markers(folder=folder).spans(
        text,
        tokens((0, 6, 0), (8, 11, 1), (12, 15, -1), (16, 22, -1), (22, 23, -1), (24, 26, 2), (26, 27, -1)),
    )
    assert [(text[item.start : item.end], item.label) for item in found] == [
        ("können  Sie", "formal"),
        ("du", "informal"),
    ]
    assert all(0.5 < item.score < 1 for item in found)


def test_an_inner_tag_without_a_first_one_is_no_span(folder):
    text = "aaa bbb ccc"
    found = Markers(folder=folder).spans(text, tokens((0, 3, -1), (4, 7, 1), (8, 11, -1)))
    assert [text[item.start : item.end] for item in found] == ["aaa bbb"]
    assert found[0].score < 0.5


def test_the_threshold_hides_what_is_less_sure(folder):
    markers = Markers(folder=folder)
    read = tokens((0, 2, 2))
    (found,) = markers.spans("du", read)
    assert found.score == pytest.approx(np.exp(8) / (np.exp(8) + np.exp(4) + 3), abs=1e-3)
    assert markers.spans("du", read, threshold=found.score + 0.001) == []
    replace(CARD, slope=0.5, offset=-1.0).save(folder / "markers.json")
    (weaker,) = Markers(folder=folder).spans("du", read)
    assert weaker.score < found.score


def test_nothing_to_read(folder):
    assert Markers(folder=folder).spans("", tokens()) == []


def test_another_encoder_is_refused(folder):
    with pytest.raises(ModelError) as caught:
        Markers(folder=folder).spans("du", tokens((0, 2, 2), encoder="other@2"))
    assert caught.value.code == "markers.encoder"
    assert "du" not in str(caught.value).split()


def test_languages_it_knows(folder):
    card = Markers(folder=folder).card
    assert card.knows("de-AT")
    assert not card.knows("ru")


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda folder: (folder / "markers.json").unlink(), "markers.card"),
        (lambda folder: (folder / "markers.json").write_text("{}"), "markers.card"),
        (lambda folder: replace(CARD, format=99).save(folder / "markers.json"), "markers.card"),
        (lambda folder: (folder / "markers.safetensors").write_bytes(b"xx"), "markers.arrays"),
        (lambda folder: replace(CARD, labels=("one",)).save(folder / "markers.json"), "markers.arrays"),
        (
            lambda folder: replace(toy_arrays(), up_bias=np.zeros(7, np.float32)).save(
                folder / "markers.safetensors"
            ),
            "markers.arrays",
        ),
    ],
)
def test_damaged_files_have_codes(folder, change, code):
    change(folder)
    with pytest.raises(ModelError) as caught:
        Markers(folder=folder).load()
    assert caught.value.code == code


def test_card_and_arrays_survive_saving(folder):
    card = replace(CARD, slope=1.5, threshold=0.25, metrics={"test": {"span_f1": 0.5}})
    card.save(folder / "card.json")
    assert load_marker_card(folder / "card.json") == card
    assert json.loads((folder / "card.json").read_text())["releasable"] is True
    random = np.random.default_rng(0)
    arrays = replace(toy_arrays(), first=random.normal(size=(15, 3)).astype(np.float32))
    arrays.save(folder / "x.safetensors")
    states = random.normal(size=(4, HIDDEN)).astype(np.float32)
    forms = np.ones((4, FORMS), np.int64)
    saved = load_arrays(folder / "x.safetensors")
    assert np.allclose(arrays.logits(states, forms), saved.logits(states, forms), atol=0.2)
    assert not np.allclose(toy_arrays().logits(states, forms), saved.logits(states, forms), atol=0.2)


def test_convolutions_see_neighbours_in_order():
    """The first unit of the window looks two to the left: only the unit at distance two changes anything."""
    kernel = np.zeros((5 * HIDDEN, HIDDEN), np.float32)
    kernel[0, 2] = 1.0
    arrays = replace(toy_arrays(), first=kernel)
    states = np.zeros((4, HIDDEN), np.float32)
    states[0, 0] = 1
    logits = arrays.logits(states, np.zeros((4, FORMS), np.int64))
    assert logits[:, 3].tolist() == [0, 0, 8, 0]


class TestUnits:
    def test_words_stay_whole_tokens(self):
        text = "wie geht es"
        units = units_of(text, [(0, 3), (4, 8), (9, 11)])
        assert pieces(text, units.spans) == ["wie", "geht", "es"]
        assert units.forms.shape == (3, FORMS)

    def test_scripts_without_spaces_are_cut_into_characters(self):
        text = "元気ですか OK"
        units = units_of(text, [(0, 2), (2, 5), (6, 8)])
        assert pieces(text, units.spans) == ["元", "気", "で", "す", "か", "OK"]
        assert units.tokens.tolist() == [0, 0, 1, 1, 1, 2]

    def test_thai_marks_stay_with_their_letter(self):
        text = "ดีครับ"
        assert pieces(text, units_of(text, [(0, 6)]).spans) == ["ดี", "ค", "รั", "บ"]

    def test_a_mark_that_a_token_lost_stays_with_its_letter(self):
        text = "tu\u0301 va"
        assert pieces(text, units_of(text, [(0, 2), (4, 6)]).spans) == ["tu\u0301", "va"]

    def test_the_pieces_of_a_word_are_one_unit_with_their_mean_state(self):
        text = "kommst, ja"
        units = units_of(text, [(0, 4), (4, 6), (6, 7), (8, 10)])
        assert pieces(text, units.spans) == ["kommst", ",", "ja"]
        states = np.array([[1, 0], [3, 0], [0, 5], [0, 7]], np.float32)
        assert pooled(states, units).tolist() == [[2, 0], [0, 5], [0, 7]]

    def test_characters_of_one_token_share_its_state(self):
        units = units_of("です。見", [(0, 2), (2, 4)])
        states = np.array([[1, 2], [3, 4]], np.float32)
        assert pooled(states, units).tolist() == [[1, 2], [1, 2], [3, 4], [3, 4]]

    def test_apostrophes_and_hyphens_part_units_but_not_words(self):
        text = "t'as avez-vous"
        units = units_of(text, [(0, 1), (1, 2), (2, 4), (5, 9), (9, 10), (10, 14)])
        assert pieces(text, units.spans) == ["t", "'", "as", "avez", "-", "vous"]
        assert units.forms[0, 1] == units.forms[2, 1] != units.forms[3, 1]

    def test_capitals_matter_in_the_shape_only(self):
        lower, upper = (units_of(text, [(0, 2), (3, 6)]).forms[1] for text in ("ja sie", "ja Sie"))
        assert (lower[:-1] == upper[:-1]).all()
        assert lower[-1] != upper[-1]

    @given(st.text(max_size=40), st.data())
    def test_units_are_ordered_disjoint_and_not_blank(self, text, data):
        cuts = sorted(data.draw(st.sets(st.integers(0, len(text)), max_size=12)))
        spans = [(low, high) for low, high in pairwise(cuts) if text[low:high].strip()]
        units = units_of(text, spans)
        edges = [edge for span in units.spans for edge in span]
        assert edges == sorted(edges)
        assert all(piece == piece.strip() != "" for piece in pieces(text, units.spans))
        assert units.forms.shape == (len(units.spans), FORMS)
        assert ((units.forms > 0) & (units.forms < ROWS)).all()


class TestDecode:
    def test_two_spans_side_by_side(self):
        logits = np.array([[0, 9, 0], [0, 9, 0], [0, 0, 9], [9, 0, 0]], float)
        assert [item[:3] for item in decode(logits)] == [(0, 0, 0), (1, 2, 0)]

    def test_log_odds_fall_with_doubt(self):
        sure = decode(np.array([[0, 9, 0], [9, 0, 0]], float))[0][3]
        unsure = decode(np.array([[0, 1, 0], [9, 0, 0]], float))[0][3]
        may_go_on = decode(np.array([[0, 9, 0], [1, 0, 1]], float))[0][3]
        assert sure > unsure > 0
        assert sure > may_go_on

    @given(
        st.lists(st.lists(st.floats(-4, 0), min_size=5, max_size=5), min_size=1, max_size=5),
    )
    def test_the_best_allowed_sequence(self, rows):
        logs = np.array(rows)
        tags = best_tags(logs)

        def allowed(path):
            return all(
                tag % 2 or not tag or (place and path[place - 1] in (tag, tag - 1))
                for place, tag in enumerate(path)
            )

        paths = [path for path in np.ndindex(*([5] * len(rows))) if allowed(path)]
        best = max(sum(logs[place, tag] for place, tag in enumerate(path)) for path in paths)
        assert allowed(tags.tolist())
        assert logs[np.arange(len(tags)), tags].sum() == pytest.approx(best)
