"""Trained weights become a release that reads as they did; what does not fit is never written."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from dataclasses import replace

import numpy as np
import onnx
import pytest

from tongli import Message, Tongli
from tongli.core import ConfigError, ModelError, StorageError
from tongli.emotion.card import Source, load_card
from tongli.emotion.head import Arrays, load_head
from tongli.emotion.space import Space, SpaceCard, load_space
from tongli.encoders.installed import install
from tongli.encoders.release import read_release, require_whole
from tongli.learning.export import run
from tongli.learning.export.run import Job, export

MESSAGES = [Message("what a lovely song", lang="en"), Message("¡qué horror!", lang="es")]


@pytest.fixture
def job(trained, tiny_model, tmp_path):
    return Job(folder=trained, out=tmp_path / "mine", model=str(tiny_model))


def go(job, settings):
    return export(job, settings=settings, tell=lambda _: None)


def scores(settings, **options):
    return [reading.scores for reading in Tongli(settings=settings, **options).read_many(MESSAGES)]


def code_of(job, settings, kind=ModelError):
    with pytest.raises(kind) as caught:
        go(job, settings)
    assert not job.out.with_name("mine.part").exists()
    return caught.value.code


def test_a_release_reads_as_the_weights_it_was_made_of(job, settings, tmp_path):
    release = go(replace(job, licence="CC-BY-4.0"), settings)
    assert read_release(job.out) == release
    require_whole(job.out, release)
    assert release.heads == ("ekman6", "intensity", "sentiment")
    assert (release.name, release.licence, release.releasable) == ("mine", "CC-BY-4.0", True)
    elsewhere = replace(settings, cache=tmp_path / "cache")  # nothing of the trained folder is known there
    install(job.out, settings=elsewhere)
    before = scores(
        replace(settings, heads=job.folder), model=job.model, heads=["ekman6", "intensity", "sentiment"]
    )
    assert scores(elsewhere, model="mine") == before


def test_the_drift_is_measured(job, settings):
    parity = go(job, settings).parity
    assert parity["texts"] > 50
    for head in ("ekman6", "intensity", "sentiment"):
        assert 0 < parity["fp32"][head]["largest"] < 1e-4 < parity["int8"][head]["largest"] < 0.5
        assert parity["int8"][head]["mean"] <= parity["int8"][head]["largest"]


def test_too_much_drift_is_refused(job, settings):
    assert code_of(replace(job, int8_limit=1e-6), settings) == "export.drift"
    assert code_of(replace(job, limit=0.0), settings) == "export.drift"
    assert not job.out.exists()


def test_a_graph_of_other_weights_drifts(job, settings, monkeypatch, tiny_model):
    from tongli.encoders.weights import from_folder

    original = run.build
    monkeypatch.setattr(run, "build", lambda _, **options: original(from_folder(tiny_model), **options))
    assert code_of(job, settings) == "export.drift"


def test_float32_on_request(job, settings):
    go(replace(job, fp32=True), settings)
    graph = onnx.load(job.out / "model-fp32.onnx")
    onnx.checker.check_model(graph)
    assert "model-fp32.onnx" in read_release(job.out).files


def test_the_emotion_space_goes_along_and_is_read_from_what_was_installed(job, settings, tmp_path):
    folder = tmp_path / "with-space"
    shutil.copytree(job.folder, folder)
    card = load_card(folder / "ekman6.json")
    width = len(load_head(folder, "ekman6").arrays.mean)
    random = np.random.default_rng(0)
    arrays = Arrays(
        mean=np.zeros(width, np.float32),
        scale=np.ones(width, np.float32),
        up=random.normal(0, 1, (width, 6)).astype(np.float32),
        up_bias=np.zeros(6, np.float32),
        down=random.normal(0, 1, (6, 4)).astype(np.float32),
        bias=np.zeros(4, np.float32),
    )
    about = SpaceCard(
        encoder=card.encoder,
        size=4,
        data=(Source(name="letters|notes", licence="CC-BY-4.0", examples=9),),
        languages=("en", "ja"),
        metrics={"dev": {"precision_at_10": {"emotion": {"space": {"value": 0.52}}}}},
    )
    Space(arrays, about).save(folder)
    go(replace(job, folder=folder), settings)
    page = (job.out / "README.md").read_text(encoding="utf-8")
    assert "## Emotion space" in page
    assert "0.52" in page
    assert r"letters\|notes" in page
    found = install(job.out, settings=replace(settings, cache=tmp_path / "cache"), name="mine")
    tongli = Tongli(model=str(found.folder), settings=settings)
    space = load_space(tongli.heads.folder, encoder=tongli.encoder.id)
    assert space.vectors(tongli.encoder.features(["so happy", "嬉しい"])).shape == (2, 4)
    Space(arrays, replace(about, releasable=False)).save(folder)
    wanted = replace(job, folder=folder, overwrite=True)
    assert code_of(wanted, settings, ConfigError) == "export.not-releasable"
    Space(arrays, replace(about, encoder="another")).save(folder)
    assert code_of(wanted, settings) == "space.encoder"


def test_weights_that_may_not_be_released(job, settings, tmp_path):
    folder = shutil.copytree(job.folder, tmp_path / "copy")
    replace(load_card(folder / "ekman6.json"), releasable=False).save(folder / "ekman6.json")
    job = replace(job, folder=folder)
    assert code_of(job, settings, ConfigError) == "export.not-releasable"
    release = go(replace(job, research_only=True, licence="CC0-1.0"), settings)
    assert (release.releasable, release.licence) == (False, "research only")
    assert "For research only" in (job.out / "README.md").read_text()


def test_the_wrong_encoder_or_lost_layers(job, settings, tmp_path):
    folder = shutil.copytree(job.folder, tmp_path / "copy")
    (folder / "upper.safetensors").unlink()
    assert code_of(replace(job, folder=folder), settings) == "export.encoder"
    assert code_of(replace(job, model="embedded"), settings) == "export.encoder"


def test_a_folder_without_heads_or_with_damaged_ones(job, settings, tmp_path):
    assert code_of(replace(job, folder=tmp_path), settings) == "export.heads"
    folder = shutil.copytree(job.folder, tmp_path / "copy")
    (folder / "ekman6.safetensors").write_bytes(b"no tensors")
    assert code_of(replace(job, folder=folder), settings) == "heads.arrays"
    folder = shutil.copytree(job.folder, tmp_path / "own")
    shutil.copy(folder / "sentiment.safetensors", folder / "intent.safetensors")
    (folder / "intent.json").write_text('{"head": "int')  # without a word, the release would lack this head
    assert code_of(replace(job, folder=folder), settings) == "heads.card"


def test_only_a_release_is_replaced(job, settings):
    job.out.mkdir()
    (job.out / "letter.txt").write_text("dear")
    for overwrite in (False, True):
        assert code_of(replace(job, overwrite=overwrite), settings, ConfigError) == "output.exists"
    (job.out / "letter.txt").unlink()
    first = go(job, settings)
    assert code_of(job, settings, ConfigError) == "output.exists"
    second = go(replace(job, overwrite=True, licence="CC0-1.0"), settings)
    assert read_release(job.out) == second != first
    assert sorted(path.name for path in job.out.parent.iterdir()) == ["mine"]


def test_a_name_that_cannot_be_installed(job, settings):
    assert code_of(replace(job, name="My Model"), settings, ConfigError) == "release.name"


def test_a_place_that_cannot_be_written(job, settings, tmp_path):
    (tmp_path / "file").write_text("")
    job = replace(job, out=tmp_path / "file" / "mine")
    with pytest.raises(StorageError) as caught:
        go(job, settings)
    assert caught.value.code == "export.unwritable"


def test_killed_half_way_it_leaves_nothing_that_is_taken_for_a_release(job, settings):
    script = (
        "import sys, time\n"
        "from pathlib import Path\n"
        "from tongli.core import Settings\n"
        "from tongli.learning.export import run\n"
        "def slow(*_):\n"
        "    print('writing', flush=True); time.sleep(60)\n"
        "run._swap = slow\n"
        "folder, out, model, cache = sys.argv[1:]\n"
        "job = run.Job(folder=Path(folder), out=Path(out), model=model)\n"
        "settings = Settings(cache=Path(cache), threads=1, offline=True)\n"
        "run.export(job, settings=settings, tell=lambda _: None)\n"
    )
    words = [job.folder, job.out, job.model, settings.cache]
    command = [sys.executable, "-W", "ignore", "-c", script, *map(str, words)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
        assert process.stdout.readline().strip() == b"writing"
        os.kill(process.pid, signal.SIGKILL)
    assert not job.out.exists()
    assert job.out.with_name("mine.part").is_dir()
    release = go(job, settings)
    require_whole(job.out, release)
    assert not job.out.with_name("mine.part").exists()
