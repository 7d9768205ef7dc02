"""The losses against values that were worked out by hand, and what they do to a model."""

from __future__ import annotations

from dataclasses import replace

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from tongli.core import Settings
from tongli.learning.generate.base import open_base
from tongli.learning.generate.batch import Encoder, Example, collate
from tongli.learning.generate.ethics import Lexicon, endings
from tongli.learning.generate.objective import Sft, log_probabilities, of_reply, unlikelihood
from tongli.learning.generate.run import new_tuner, prepare

CPU = torch.device("cpu")
TURNS = [{"role": "user", "content": "I lost my dog"}]


@pytest.fixture
def base(causal_model, tmp_path):
    return open_base(str(causal_model), Settings(cache=tmp_path, threads=1, offline=True))


def test_padding_changes_no_probability(base):
    encoder = Encoder(base.tokenizer, max_tokens=32)
    short = encoder.example(TURNS, "so sorry")
    long = encoder.example([*TURNS, {"role": "assistant", "content": "how"}, *TURNS], "so sorry you lost")
    alone = of_reply(
        log_probabilities(base.model, collate([short], pad=2, device=CPU)),
        collate([short], pad=2, device=CPU),
    )
    batch = collate([short, long], pad=2, device=CPU)
    together = of_reply(log_probabilities(base.model, batch), batch)
    torch.testing.assert_close(together[0, -3:], alone[0], atol=1e-5, rtol=1e-4)
    assert not together[0, :-3].any()
    assert torch.isfinite(log_probabilities(base.model, batch)).all()


def test_only_the_reply_and_its_end_are_learnt(base):
    example = Encoder(base.tokenizer, max_tokens=32).example(TURNS, "so sorry")
    words = base.tokenizer.convert_ids_to_tokens
    assert words(list(example.reply)) == ["so", "sorry", "</s>"]
    assert words(list(example.prompt)) == ["<user>", "I", "lost", "my", "dog", "</s>", "<assistant>"]


def test_the_loss_is_the_cross_entropy_of_transformers(base):
    example = Encoder(base.tokenizer, max_tokens=32).example(TURNS, "so sorry")
    ids = torch.tensor([[*example.prompt, *example.reply]])
    labels = ids.clone()
    labels[0, : len(example.prompt)] = -100
    loss, figures = Sft([example], pad=2).loss(base.model, [0])
    torch.testing.assert_close(loss, base.model(input_ids=ids, labels=labels).loss)
    assert figures["nll"] == pytest.approx(loss.item())


def test_older_turns_are_cut_first(base):
    encoder = Encoder(base.tokenizer, max_tokens=32)
    turns = [
        {"role": "user", "content": "I found my hat"},
        {"role": "assistant", "content": "how lovely"},
        {"role": "user", "content": "I lost my key"},
    ]
    kept = base.tokenizer.convert_ids_to_tokens(list(encoder.prompt(turns, room=12)))
    assert kept[:2] == ["</s>", "<user>"] or kept[0] in {"<user>", "<assistant>"}
    assert "hat" not in kept
    assert "key" in kept
    assert len(encoder.prompt(turns, room=4)) == 4


def test_a_long_reply_is_cut_and_has_no_end(base):
    example = Encoder(base.tokenizer, max_tokens=12).example(TURNS, "so sorry you lost your dog " * 3)
    assert len(example.prompt) + len(example.reply) == 12
    assert example.reply[-1] != base.tokenizer.eos_token_id


def test_unlikelihood_is_minus_log_of_one_minus_p():
    scores = torch.log(torch.tensor([[[0.5, 0.25, 0.25], [0.1, 0.1, 0.8]]]))
    example = Example(prompt=(0,), reply=(1, 2), candidates=((0, 0), (1, 2)))
    batch = collate([example], pad=0, device=CPU)
    expected = -(torch.log(torch.tensor(0.5)) + torch.log(torch.tensor(0.2))) / 2
    torch.testing.assert_close(unlikelihood(scores, batch), expected)
    none = collate([replace(example, candidates=())], pad=0, device=CPU)
    assert unlikelihood(scores, none) == 0


def test_listed_spans_are_found_in_replies(base):
    lexicon = Lexicon(lists=("insults", "gender"), own=("lost your",))
    encoder = Encoder(base.tokenizer, max_tokens=32, lexicon=lexicon)
    example = encoder.example(TURNS, "so sorry you idiot lost your chairman", lang="en")
    listed = [example.reply[place] for place in sorted(example.listed)]
    assert base.tokenizer.convert_ids_to_tokens(listed) == ["idiot", "lost", "your", "chairman"]
    assert not encoder.example(TURNS, "so sorry", lang="en").listed
    assert not Encoder(base.tokenizer, max_tokens=32).example(TURNS, "you idiot", lang="en").candidates


def test_a_gender_that_the_message_gives_is_no_assumption():
    lexicon = Lexicon(lists=("gender",))
    reply = "Then her boss will call."
    assert lexicon.spans(reply, lang="en", context="My boss is late.") == [(5, 8)]
    assert lexicon.spans(reply, lang="en", context="My mother has a new boss.") == []
    assert Lexicon(lists=()).spans("you idiot", lang="en") == []
    assert lexicon.spans("x", lang="tlh") == []


@given(
    reply=st.lists(st.integers(0, 3), max_size=12),
    phrases=st.lists(st.lists(st.integers(0, 3), min_size=1, max_size=3), max_size=3),
)
def test_candidates_would_complete_a_phrase(reply, phrases):
    for place, token in endings(reply, phrases):
        assert any(
            [*reply[place - len(phrase) + 1 : place], token] == phrase
            for phrase in phrases
            if place >= len(phrase) - 1
        )


def test_the_penalty_makes_a_listed_phrase_less_likely(recipe, lines, tmp_path):
    """Half of the replies have an insult: without the penalty it is learnt, with it unlearnt."""
    told = lines["dialogues"]()
    for line in told[::2]:
        line["reply"] = f"so sorry you idiot {line['reply']}"
    data = lines["write"](tmp_path / "rude.jsonl", told)
    settings = Settings(cache=tmp_path, threads=1, offline=True)
    chances = {}
    for weight in (0.0, 1.0):
        how = replace(recipe, data=(str(data),), unlikelihood=weight, steps=40)
        out = tmp_path / f"out-{weight}"
        prepared = prepare(how, out=out, settings=settings, research_only=False, tell=lambda _: None)
        tuner = new_tuner(how, prepared, out=out, tell=lambda _: None, log=lambda *_: None)
        encoder = Encoder(prepared.base.tokenizer, max_tokens=32)
        batch = collate([encoder.example(TURNS, "so sorry you idiot")], pad=2, device=CPU)
        with torch.no_grad():
            before = of_reply(log_probabilities(tuner.model.eval(), batch), batch)[0, 3].exp().item()
        model = tuner.run()
        with torch.no_grad():
            chances[weight] = of_reply(log_probabilities(model, batch), batch)[0, 3].exp().item()
    assert chances[0.0] > 0.2 > before
    assert chances[1.0] < before
    assert chances[1.0] < chances[0.0] / 20


def test_own_phrases_are_penalised_where_no_reply_has_them(base):
    lexicon = Lexicon(own=("idiot", "so chairman"))
    encoder = Encoder(base.tokenizer, max_tokens=32, lexicon=lexicon)
    found = encoder.example(TURNS, "how so sorry")
    ids = base.tokenizer.convert_tokens_to_ids(["idiot", "chairman"])
    assert found.candidates == tuple(sorted([*((place, ids[0]) for place in range(4)), (2, ids[1])]))
    assert not found.listed
