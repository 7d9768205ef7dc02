"""A random causal model of a few thousand weights, and dialogues that the tests write."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

TEMPLATE = (
    "{% for message in messages %}<{{ message['role'] }}> {{ message['content'] }}</s>{% endfor %}"
    "{% if add_generation_prompt %}<assistant> {% endif %}"
)
FEELINGS = {"lost": "so sorry you lost your", "found": "how lovely that you found your"}
THINGS = ("key", "dog", "ring", "hat", "book", "lamp", "boat", "coat", "map", "bell")


def make_dialogues(**extra):
    return [
        {
            "id": f"{feeling}-{thing}-{number}",
            "lang": "en",
            "context": f"I {feeling} my {thing} number {number}",
            "reply": f"{reply} {thing}",
            "source": "authored",
            "licence": "CC0-1.0",
            **extra,
        }
        for feeling, reply in FEELINGS.items()
        for thing in THINGS
        for number in range(2)
    ]


def make_pairs():
    """As ``tongli studio edits`` writes them: no licence stands on a line."""
    return [
        {
            "id": f"suggestion-{number}",
            "lang": "en",
            "kind": "reply",
            "source": "realiser",
            "prompt": f"I lost my {thing} number {number}",
            "chosen": f"so sorry you lost your {thing}",
            "rejected": f"how lovely that you lost your {thing}",
        }
        for number, thing in enumerate(THINGS * 2)
    ]


def words_of(line):
    """And two that no reply has."""
    told = (line.get(key, "") for key in ("context", "reply", "prompt", "chosen", "rejected"))
    return [*" ".join(told).split(), "idiot", "chairman"]


def write_lines(path: Path, lines) -> Path:
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    return path


@pytest.fixture(scope="session")
def causal_model(tmp_path_factory) -> Path:
    """A folder in Hugging Face format: a Llama of two layers and words as tokens."""
    torch = pytest.importorskip("torch")
    from tokenizers import Tokenizer, models, pre_tokenizers
    from transformers import LlamaConfig, LlamaForCausalLM, PreTrainedTokenizerFast

    folder = tmp_path_factory.mktemp("causal") / "tiny-llama"
    words = sorted({word for line in [*make_dialogues(), *make_pairs()] for word in words_of(line)})
    vocabulary = ["<unk>", "</s>", "<pad>", "<user>", "<assistant>", *words]
    tokens = {word: place for place, word in enumerate(vocabulary)}
    tokenizer = Tokenizer(models.WordLevel(tokens, unk_token="<unk>"))
    tokenizer.pre_tokenizer = pre_tokenizers.WhitespaceSplit()
    special = ["</s>", "<pad>", "<user>", "<assistant>"]
    fast = PreTrainedTokenizerFast(
        tokenizer_object=tokenizer,
        unk_token="<unk>",
        eos_token="</s>",
        pad_token="<pad>",
        additional_special_tokens=special[2:],
    )
    fast.chat_template = TEMPLATE
    torch.manual_seed(5)
    config = LlamaConfig(
        vocab_size=len(vocabulary),
        hidden_size=32,
        intermediate_size=48,
        num_hidden_layers=2,
        num_attention_heads=2,
        num_key_value_heads=2,
        max_position_embeddings=128,
        eos_token_id=1,
        pad_token_id=2,
        bos_token_id=None,
        initializer_range=0.3,  # the embeddings stay as they are
    )
    LlamaForCausalLM(config).save_pretrained(folder)
    fast.save_pretrained(folder)
    return folder


@pytest.fixture
def dialogues(tmp_path) -> Path:
    return write_lines(tmp_path / "dialogues.jsonl", make_dialogues())


@pytest.fixture
def pairs(tmp_path) -> Path:
    return write_lines(tmp_path / "pairs.jsonl", make_pairs())


@pytest.fixture
def lines():
    """Writers and makers of lines: ``write``, ``dialogues``, ``pairs``."""
    return {"write": write_lines, "dialogues": make_dialogues, "pairs": make_pairs}


@pytest.fixture
def recipe(causal_model, dialogues):
    from tongli.learning.generate.recipe import GenerateRecipe

    return GenerateRecipe(
        data=(str(dialogues),),
        model=str(causal_model),
        steps=60,
        batch=8,
        rank=8,
        dropout=0.0,
        rate=2e-2,
        held_out=0.2,
        evaluate_every=20,
        patience=50,
        max_tokens=32,
    )
