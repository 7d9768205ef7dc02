"""Translation by checkpoints that the tests make: random weights, so only form and order can be judged."""

from __future__ import annotations

import json

import numpy as np
import pytest

from tongli.core import EngineError, Settings, Translator
from tongli.generation.engines.mt import Mt
from tongli.testing import check_translator

ctranslate2 = pytest.importorskip("ctranslate2", reason="needs the extra mt")
spm = pytest.importorskip("sentencepiece", reason="needs the extra mt")

SENTENCES = (
    "the red boat waits at the pier",
    "we will meet you in the morning",
    "a small bird sings above the roof",
    "please close the window before you go",
    "our neighbour bakes bread every sunday",
    "el barco rojo espera en el muelle",
    "por la tarde vamos a leer un libro",
)
WIDTH = 16


@pytest.fixture(scope="module")
def pieces(tmp_path_factory):
    """A SentencePiece model of 80 pieces."""
    folder = tmp_path_factory.mktemp("pieces")
    corpus = folder / "corpus.txt"
    corpus.write_text("\n".join(SENTENCES * 3), encoding="utf-8")
    spm.SentencePieceTrainer.train(
        input=str(corpus),
        model_prefix=str(folder / "own"),
        vocab_size=80,
        minloglevel=2,
        hard_vocab_limit=False,
    )
    return folder / "own.model"


def checkpoint(folder, pieces, *, languages=(), names=("source.spm", "target.spm"), config=None):
    """A CTranslate2 folder with one layer of random weights."""
    folder.mkdir()
    processor = spm.SentencePieceProcessor(model_file=str(pieces))
    own = [processor.id_to_piece(each) for each in range(processor.get_piece_size())]
    tokens = ["<unk>", "<s>", "</s>", *(piece for piece in own if piece not in ("<unk>", "<s>", "</s>"))]
    tokens += languages
    random = np.random.default_rng(0)
    spec = ctranslate2.specs.TransformerSpec.from_config(1, 2)
    fill(spec, random, len(tokens))
    spec.register_source_vocabulary(tokens)
    spec.register_target_vocabulary(tokens)
    spec.config.add_source_eos = False
    spec.config.decoder_start_token = "</s>"
    spec.validate()
    spec.optimize()
    spec.save(str(folder))
    for name in names:
        (folder / name).write_bytes(pieces.read_bytes())
    if config is not None:
        (folder / "tokenizer_config.json").write_text(json.dumps(config), encoding="utf-8")
    return folder


def fill(spec, random, size):
    def matrix(*shape):
        return random.normal(0, 0.5, shape).astype(np.float32)

    def linear(layer, rows, columns=WIDTH):
        layer.weight, layer.bias = matrix(rows, columns), np.zeros(rows, np.float32)

    def norm(layer):
        layer.gamma, layer.beta = np.ones(WIDTH, np.float32), np.zeros(WIDTH, np.float32)

    for side in (spec.encoder, spec.decoder):
        embeddings = side.embeddings[0] if isinstance(side.embeddings, list) else side.embeddings
        embeddings.weight = matrix(size, WIDTH)
        norm(side.layer_norm)
        for layer in side.layer:
            norm(layer.self_attention.layer_norm)
            linear(layer.self_attention.linear[0], 3 * WIDTH)
            linear(layer.self_attention.linear[1], WIDTH)
            if side is spec.decoder:
                norm(layer.attention.layer_norm)
                linear(layer.attention.linear[0], WIDTH)
                linear(layer.attention.linear[1], 2 * WIDTH)
                linear(layer.attention.linear[2], WIDTH)
            norm(layer.ffn.layer_norm)
            linear(layer.ffn.linear_0, 2 * WIDTH)
            linear(layer.ffn.linear_1, WIDTH, 2 * WIDTH)
    linear(spec.decoder.projection, size)


def engine(folder):
    return Mt(str(folder), settings=Settings(cache=folder, threads=1, offline=True))


def test_a_marian_pair(tmp_path, pieces):
    mt = engine(checkpoint(tmp_path / "opus-mt-en-es", pieces))
    assert isinstance(mt, Translator)
    assert mt.pairs() == {("en", "es")}
    texts = ["the red boat", "we meet in the morning at the pier", "a bird"]
    together = mt.translate(texts, source="en", target="es", n=4)
    assert all(len(drafts) >= 2 for drafts in together)
    assert all(len({draft.text for draft in drafts}) == len(drafts) for drafts in together)
    assert all(draft.score <= 0 and draft.provenance.model == "opus-mt-en-es" for draft in together[0])
    alone = [mt.translate([text], source="en", target="es", n=4)[0] for text in texts]
    assert [[draft.text for draft in drafts] for drafts in together] == [
        [draft.text for draft in drafts] for drafts in alone
    ], "the order of a batch made by length is the order given"
    with pytest.raises(EngineError, match=r"translate\.pair.*en-es"):
        mt.translate(["x"], source="es", target="en")


def test_it_keeps_the_contract(tmp_path, pieces):
    mt = engine(checkpoint(tmp_path / "opus-mt-en-es", pieces))
    check_translator(mt, source="en", target="es", texts=["the red boat", "we meet at the pier", "a bird"])


def test_nllb_languages_by_language_and_script(tmp_path, pieces):
    tokens = ["eng_Latn", "spa_Latn", "zho_Hans", "zho_Hant", "arb_Arab"]
    mt = engine(checkpoint(tmp_path / "nllb", pieces, languages=tokens, names=("sentencepiece.bpe.model",)))
    assert {("en", "zh"), ("ar", "es")} <= mt.pairs()
    _, own = mt.load()
    ways = [("en-GB", "es-MX"), ("en", "zh"), ("zh-TW", "en"), ("ar-EG", "en")]
    found = [own.cut("the boat", source=source, target=target) for source, target in ways]
    assert [(tokens[0], start) for tokens, start in found] == [
        ("eng_Latn", ["spa_Latn"]),
        ("eng_Latn", ["zho_Hans"]),
        ("zho_Hant", ["eng_Latn"]),
        ("arb_Arab", ["eng_Latn"]),
    ]
    [[draft]] = mt.translate(["the boat"], source="en", target="zh")
    assert "zho_Hans" not in draft.text
    with pytest.raises(EngineError, match=r"translate\.pair"):
        mt.translate(["x"], source="en", target="ja")


def test_m2m_and_multilingual_marian_tokens(tmp_path, pieces):
    m2m = engine(checkpoint(tmp_path / "m2m", pieces, languages=["__en__", "__es__"]))
    assert m2m.load()[1].cut("a bird", source="en", target="es")[1] == ["__es__"]
    many = engine(
        checkpoint(
            tmp_path / "many",
            pieces,
            languages=[">>spa<<", ">>ita<<"],
            config={"source_lang": "eng", "target_lang": "roa"},
        )
    )
    assert many.pairs() == {("en", "es"), ("en", "it")}
    tokens, start = many.load()[1].cut("a bird", source="en", target="it")
    assert (tokens[0], tokens[-1], start) == (">>ita<<", "</s>", [])


def test_too_long_a_text_has_no_draft(tmp_path, pieces):
    mt = engine(checkpoint(tmp_path / "opus-mt-en-es", pieces))
    found = mt.translate(["the boat " * 400, "a bird"], source="en", target="es")
    assert [len(drafts) for drafts in found] == [0, 1]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda folder: (folder / "model.bin").unlink(), r"engine\.load.*ct2-transformers-converter"),
        (lambda folder: (folder / "model.bin").write_bytes(b"no"), r"engine\.load.*refuses"),
        (lambda folder: (folder / "source.spm").unlink(), r"engine\.load.*without its tokenizer"),
        (lambda folder: (folder / "source.spm").write_bytes(b"no"), r"engine\.load.*source\.spm"),
        (lambda folder: (folder / "shared_vocabulary.json").unlink(), r"engine\.load"),
    ],
)
def test_a_damaged_checkpoint_is_a_coded_error(tmp_path, pieces, change, code):
    folder = checkpoint(tmp_path / "opus-mt-en-es", pieces)
    change(folder)
    with pytest.raises(EngineError, match=code):
        engine(folder).pairs()


@pytest.mark.parametrize("name", ["", "/no/such/folder"])
def test_no_checkpoint(name, monkeypatch):
    monkeypatch.delenv("TONGLI_MT", raising=False)
    with pytest.raises(EngineError, match=r"engine\.no-model.*TONGLI_MT"):
        Mt(name).pairs()


def test_without_the_hub_a_name_is_a_coded_error(tmp_path, monkeypatch):
    monkeypatch.setenv("HF_HOME", str(tmp_path))
    with pytest.raises(EngineError, match=r"engine\.no-model.*hf:"):
        Mt("hf:nobody/nothing", settings=Settings(cache=tmp_path, threads=1, offline=True)).pairs()
