"""The benchmarks start, and what they compute is right; how fast anything is, is not tested here."""

from __future__ import annotations

import argparse
import functools
import gzip
import importlib
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tokenizers import Tokenizer

from tongli import Message, Tongli
from tongli.core import Claim, InputError, Language, Reading
from tongli.knowledge.schemes import EKMAN6, SCHEMES
from tongli.learning.metrics import macro_f1

FOLDER = Path(__file__).parents[2] / "benchmarks"
MEASUREMENTS = (
    "adapt_speed",
    "adaptation",
    "aligned_fit",
    "asr",
    "claim_matching",
    "emotion_space",
    "emotions",
    "encoder",
    "equivalents",
    "face_speed",
    "fewer_labels",
    "figurative_fit",
    "formality_rewrite",
    "fusion",
    "gender_agreement",
    "generate",
    "gender_alternatives",
    "gender_fill",
    "gender_guardrails",
    "gender_reference",
    "gender_rewrite",
    "gender_star",
    "headlines",
    "idioms",
    "latency",
    "lint_mixing",
    "lint_speed",
    "markers",
    "meaning",
    "meld",
    "norms",
    "norms_fit",
    "person_names",
    "plain",
    "planted_faults",
    "planted_translations",
    "precision",
    "reels",
    "regularisation",
    "rephrasings",
    "replies",
    "said_again",
    "sdh",
    "speech_emotion",
    "stereotypes",
    "studio",
    "subtitles",
    "suspicion",
    "throughput",
    "translate",
    "turns",
    "wordings",
)
SCRIPTS = (*MEASUREMENTS, "texts", "transformers_pipeline")
NAN = float("nan")


@pytest.fixture(scope="module", autouse=True)
def _importable() -> Iterator[None]:
    sys.path.insert(0, str(FOLDER))
    yield
    sys.path.remove(str(FOLDER))


def script(name: str) -> ModuleType:
    return importlib.import_module(name)


def reading(*claims: Claim, scores: dict | None = None) -> Reading:
    return Reading(
        message=Message("x"), language=Language(tag="en", score=1), claims=claims, scores=scores or {}
    )


def claim(label: str | None, *, head: str = "ekman6", abstained: bool = False) -> Claim:
    return Claim(
        dimension=SCHEMES[head].dimension, label=label, score=0.9, abstained=abstained, source=f"head:{head}"
    )


@functools.cache
def help_of(name: str) -> str:
    """What a script prints for ``--help``: each is started once, as some take seconds to start."""
    done = subprocess.run(
        [sys.executable, FOLDER / f"{name}.py", "--help"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.parametrize("name", SCRIPTS)
def test_help(name):
    assert script(name).__doc__.splitlines()[0] in " ".join(help_of(name).split())


@pytest.mark.parametrize("name", MEASUREMENTS)
def test_every_measurement_can_be_written_as_json(name):
    assert "--json PATH" in help_of(name)


def test_readme_names_every_script():
    told = (FOLDER / "README.md").read_text(encoding="utf-8")
    assert all(f"benchmarks/{name}.py" in told for name in (*SCRIPTS, "language_id", "language_calibration"))


class TestMeasurement:
    @pytest.mark.parametrize(("share", "expected"), [(0.5, 50), (0.95, 95), (1, 100), (0.001, 1), (0, 1)])
    def test_percentile_is_the_nearest_rank(self, share, expected):
        assert script("measurement").percentile(list(range(100, 0, -1)), share) == expected

    @given(st.lists(st.floats(-1e6, 1e6), min_size=1), st.floats(0, 1))
    def test_percentile_covers_its_share(self, values, share):
        found = script("measurement").percentile(values, share)
        assert found in values
        assert sum(value <= found for value in values) >= share * len(values)

    def test_spread(self):
        found = script("measurement").spread([3.0, 1.0, 2.0, 10.0])
        assert (found.median, found.low, found.high, found.runs) == (2.5, 1, 10, 4)
        assert str(found) == "2.5 (1..10, 4 runs)"

    @pytest.mark.parametrize(
        ("value", "better", "reached", "margin"),
        [
            (20, "higher", True, 2),
            (5, "higher", False, 0.5),
            (5, "lower", True, 2),
            (20, "lower", False, 0.5),
        ],
    )
    def test_target(self, value, better, reached, margin):
        target = script("measurement").Target(name="x", value=value, limit=10, better=better)
        assert (target.reached, target.margin) == (reached, margin)
        assert ("MISSED" in str(target)) is not reached
        assert target.to_dict()["reached"] is reached

    def test_a_limit_undercut_to_nothing_is_reached(self):
        target = script("measurement").Target(name="x", value=-0.1, limit=0.3, better="lower")
        assert target.reached
        assert json.loads(json.dumps(target.to_dict()))["margin"] > 1

    @pytest.mark.parametrize("text", ["0", "-1", "x", "1.5", "²"])
    def test_counts_are_at_least_one(self, text):
        with pytest.raises(argparse.ArgumentTypeError):
            script("measurement").at_least_one(text)

    def test_hardware_names_the_machine_and_the_versions(self):
        found = script("measurement").hardware("pytest")
        assert found.cores >= 1
        assert found.memory_gb > 0
        assert {"tongli", "onnxruntime", "pytest"} <= set(found.packages)
        assert re.search(r"\d+ cores of .+, \d+ GB, load \d+\.\d+; Python 3\.\d+", str(found))

    def test_run_measures_one_process(self):
        code = "import time; block = bytearray(b'x' * 80_000_000); time.sleep(0.2); print('done')"
        found = script("measurement").run([sys.executable, "-c", code])
        assert found.output == "done\n"
        assert found.seconds >= 0.2
        assert found.peak_mb >= 76

    def test_run_says_why_a_process_failed(self):
        with pytest.raises(RuntimeError, match=r"ended with 3: because"):
            script("measurement").run(
                [sys.executable, "-c", "import sys; sys.exit(print('because', file=sys.stderr) or 3)"]
            )

    def test_run_allows_a_named_status(self):
        script("measurement").run([sys.executable, "-c", "raise SystemExit(3)"], allowed=(0, 3))

    def test_missing_packages_are_named_with_what_installs_them(self):
        with pytest.raises(SystemExit, match=r"no_such_package.*pip install -e '\.\[bench\]'"):
            script("measurement").require("json", "no_such_package")

    def test_report_writes_targets(self, tmp_path, capsys):
        measurement = script("measurement")
        target = measurement.Target(name="speed", value=1, limit=2)
        path = tmp_path / "out.json"
        measurement.report({"rate": measurement.spread([1.0])}, targets=[target], path=path)
        written = json.loads(path.read_text(encoding="utf-8"))
        assert written["rate"]["median"] == 1
        assert written["targets"][0]["name"] == "speed"
        assert "MISSED" in capsys.readouterr().out


TABLES = st.integers(1, 12).flatmap(
    lambda rows: st.tuples(
        st.lists(st.lists(st.booleans(), min_size=3, max_size=3), min_size=rows, max_size=rows),
        st.lists(
            st.lists(st.sampled_from([0.0, 1.0, NAN]), min_size=3, max_size=3), min_size=rows, max_size=rows
        ),
    )
)


class TestQuality:
    def test_decisions_are_decided_claims_of_the_head(self):
        readings = [
            reading(claim("joy"), claim("fear"), claim("anger", head="plutchik8")),
            reading(claim(None, abstained=True)),
            reading(),
        ]
        quality = script("quality")
        found = quality.decisions(readings, "ekman6")
        assert found.shape == (3, len(EKMAN6))
        assert {EKMAN6[column] for column in np.flatnonzero(found[0])} == {"joy", "fear"}
        assert not found[1:].any()
        assert quality.abstained(readings, "ekman6").tolist() == [False, True, False]

    def test_values_of_one_and_of_several_labels(self):
        quality = script("quality")
        item = reading(
            scores={"politeness": 0.25, "sentiment": {"negative": 0.1, "neutral": 0.2, "positive": 0.7}}
        )
        assert quality.values([item], "politeness").tolist() == [[0.25]]
        assert quality.values([item], "sentiment")[0] == pytest.approx([0.1, 0.2, 0.7])

    @given(TABLES)
    def test_f1_of_every_text_once_is_macro_f1(self, tables):
        decided, targets = np.array(tables[0], bool), np.array(tables[1], np.float32)
        if np.isnan(targets).all():
            return
        (found,) = script("quality").f1_table(decided, targets, np.ones((1, len(targets)), np.float32))
        assert found == pytest.approx(macro_f1(decided, targets), abs=1e-6)

    @given(TABLES, st.data())
    def test_f1_counts_repeat_texts(self, tables, data):
        decided, targets = np.array(tables[0], bool), np.array(tables[1], np.float32)
        size = len(targets)
        rows = data.draw(st.lists(st.integers(0, size - 1), min_size=size, max_size=size))
        # Labels are kept by what is annotated in the whole set, so compare where a sample keeps them all.
        if (
            np.isnan(targets).all()
            or np.isnan(targets[rows]).all(axis=0).tolist() != np.isnan(targets).all(axis=0).tolist()
        ):
            return
        counts = np.bincount(rows, minlength=size)[None].astype(np.float32)
        (found,) = script("quality").f1_table(decided, targets, counts)
        assert found == pytest.approx(macro_f1(decided[rows], targets[rows]), abs=1e-6)

    def test_bootstrap_is_seeded_and_paired(self):
        random = np.random.default_rng(1)
        decided, targets = random.random((60, 3)) > 0.5, (random.random((60, 3)) > 0.5).astype(np.float32)
        languages = ["en", "de", "zu"] * 20
        run = script("quality").bootstrap
        first, second = run([decided, decided], targets, languages=languages, samples=50, seed=3)
        (again,) = run([decided], targets, languages=languages, samples=50, seed=3)
        (other,) = run([decided], targets, languages=languages, samples=50, seed=4)
        assert np.array_equal(first, second)
        assert np.array_equal(first, again)
        assert not np.array_equal(first, other)
        assert first.std() > 0

    def test_interval_of_a_perfect_system_is_one(self):
        targets = np.ones((20, 2), np.float32)
        quality = script("quality")
        (drawn,) = quality.bootstrap([targets > 0], targets, languages=["en"] * 20, samples=20, seed=0)
        assert quality.interval(drawn, figure=1) == (1, 1)

    def test_interval_leaves_out_the_tails(self):
        sampled = np.linspace(0, 1, 1001, dtype=np.float32)
        assert script("quality").interval(sampled, figure=0.5) == pytest.approx((0.025, 0.975), abs=1e-3)

    def test_interval_moves_towards_a_figure_that_samples_underestimate(self):
        interval = script("quality").interval
        sampled = np.random.default_rng(0).normal(0.48, 0.01, 20_000).astype(np.float32)
        # Bias-corrected: as far above the figure as plain percentiles are below it.
        assert interval(sampled, figure=0.49) == pytest.approx((0.4804, 0.5196), abs=3e-3)

    @given(st.floats(-1, 2))
    def test_interval_is_ordered_and_within_the_samples(self, figure):
        sampled = np.linspace(0.2, 0.8, 101, dtype=np.float32)
        low, high = script("quality").interval(sampled, figure=figure)
        assert 0.2 <= low <= high <= 0.8

    def test_spearman(self):
        spearman = script("quality").spearman
        order = np.array([1, 2, 3, 4], np.float32)
        assert spearman(order, order**3) == pytest.approx(1)
        assert spearman(order, -order) == pytest.approx(-1)
        assert spearman(order, np.ones(4, np.float32)) == 0
        # Ranks 1, 2.5, 2.5, 4 against 1..4: covariance 4.5, variances 4.5 and 5.
        tied = np.array([1, 2, 2, 3], np.float32)
        assert spearman(tied, order) == pytest.approx(4.5 / (4.5 * 5) ** 0.5)

    def test_pearson_leaves_out_labels_that_never_vary_and_masks(self):
        found = np.array([[1, 9, 5], [2, 9, 1], [3, 9, 2], [9, 9, 3]], np.float32)
        targets = np.array([[2, 1, 0], [4, 2, 0], [6, 3, 0], [NAN, 4, 0]], np.float32)
        assert script("quality").pearson_of_labels(found, targets) == pytest.approx((1 + 0) / 2)

    def test_weighted_f1_without_an_answer_loses_recall_only(self):
        weighted_f1 = script("quality").weighted_f1
        truth = ["a", "a", "a", "b"]
        assert weighted_f1(truth, truth) == 1
        # a: 2 hits of 3, none wrong: 4/5; b: 1.
        assert weighted_f1(["a", "a", None, "b"], truth) == pytest.approx((3 * 4 / 5 + 1) / 4)
        # A wrong answer also costs b its precision: 2/3.
        assert weighted_f1(["a", "a", "b", "b"], truth) == pytest.approx((3 * 4 / 5 + 2 / 3) / 4)

    def test_spread_names_the_worst_language(self):
        found = script("quality").spread_over("macro_f1", {"en": 0.8, "yo": 0.2})
        assert found["macro_f1"] == 0.5
        assert found["worst"] == {"lang": "yo", "macro_f1": 0.2}


class TestEmotions:
    def test_abstention_by_hand(self):
        targets = np.array([[1, 0, NAN], [1, 0, 0], [0, 0, 0], [0, 1, 0]], np.float32)
        decided = np.array([[1, 0, 1], [1, 1, 0], [0, 0, 0], [0, 0, 0]], bool)
        silent = np.array([False, False, True, True])
        found = script("emotions").abstention(decided, targets, silent=silent)
        assert found == pytest.approx(
            {
                "coverage": 0.5,
                "accuracy_decided": 4 / 5,
                "exact_decided": 1 / 2,
                "accuracy_abstained": 5 / 6,
                "exact_abstained": 1 / 2,
            },
            abs=1e-4,
        )

    def test_fold_ignores_case_width_and_blanks(self):
        fold = script("emotions").fold
        assert fold("ＯＫ  then\n") == fold("ok then") != fold("ok thén")

    def test_sentiment_is_judged_on_claims_and_on_the_highest_score(self):
        emotions = script("emotions")
        scores = {"negative": 0.2, "neutral": 0.3, "positive": 0.5}
        readings = [
            reading(claim("positive", head="sentiment"), scores={"sentiment": scores}),
            reading(claim(None, head="sentiment", abstained=True), scores={"sentiment": scores}),
        ]
        sample = emotions.Sample(readings, np.array([[0, 0, 1], [0, 0, 1]], np.float32), ["en", "en"])
        found = emotions.sentiment_figures(sample, "sentiment")
        assert found["weighted_f1"] == pytest.approx(2 / 3, abs=1e-4)
        assert found["forced"]["weighted_f1"] == 1
        assert (found["coverage"], found["accuracy_decided"]) == (0.5, 1)

    def test_means_are_over_all_and_over_trained_languages(self):
        emotions = script("emotions")
        readings = [reading(claim("joy"))] * 2 + [reading(claim("fear"))] * 2
        targets = np.array([[label == "joy" for label in EKMAN6]] * 4, np.float32)
        sample = emotions.Sample(readings, targets, ["en", "en", "zu", "zu"])
        found = emotions.resampled(sample, "ekman6", trained={"en"}, samples=5, seed=0)
        assert found["all"] == {"languages": 2, "macro_f1": round(1 / 12, 4), "interval_95": (0.0833, 0.0833)}
        assert found["trained"]["macro_f1"] == round(1 / 6, 4)

    def test_missing_data_is_told(self, tmp_path, monkeypatch):
        emotions = script("emotions")
        monkeypatch.setattr(sys, "argv", ["emotions.py", "--data", str(tmp_path), "--sets", "xed"])
        monkeypatch.setattr(emotions, "Tongli", Unloaded)
        with pytest.raises(InputError, match=r"data\.missing"):
            emotions.main()

    def test_whole_run_on_a_tiny_model(self, tmp_path, monkeypatch, capsys, tiny_model, tiny_settings):
        emotions = script("emotions")
        data = tiny_data(tmp_path / "data")
        out = tmp_path / "out.json"
        arguments = ["emotions.py", "--data", str(data), "--json", str(out), "--samples", "20"]
        monkeypatch.setattr(sys, "argv", [*arguments, "--sets", "brighter", "tydip", "smsa", "intensity"])
        monkeypatch.setattr(emotions, "Tongli", lambda: Tongli(model=str(tiny_model), settings=tiny_settings))
        emotions.main()
        written = json.loads(out.read_text(encoding="utf-8"))
        figures = written["figures"]
        assert set(figures) == {"brighter", "brighter identified", "tydip", "smsa", "intensity"}
        assert set(figures["brighter"]["by_language"]) == {"de", "en"}
        assert figures["brighter"]["mean"]["trained"]["languages"] == 1
        assert figures["brighter"]["seen"]["share"] == 0.25
        assert figures["tydip"]["spearman_zero_shot"] == figures["tydip"]["by_language"]["de"]
        assert len(written["targets"]) == 3
        assert "brighter, macro-F1 by language" in capsys.readouterr().out


class Unloaded:
    def load(self) -> Unloaded:
        return self


def tiny_data(folder: Path) -> Path:
    texts = {"en": ("I won!", "go away", "rain again"), "de": ("Gewonnen!", "Geh weg", "schon wieder Regen")}
    labels = (["joy"], ["anger"], ["sadness"])
    rows = [
        {"lang": lang, "text": text, "labels": found, "not_annotated": ["disgust"] if lang == "en" else []}
        for lang, mine in texts.items()
        for text, found in zip((*mine, "hm " + lang), (*labels, []), strict=True)
    ]
    scored = [{**row, "scores": dict.fromkeys(EKMAN6, i % 4)} for i, row in enumerate(rows)]
    polite = [{**row, "score": i / 8, "binary": i % 2} for i, row in enumerate(rows)]
    rated = [{**row, "labels": [("negative", "neutral", "positive")[i % 3]]} for i, row in enumerate(rows)]
    seen = [{**row, "lang": "en"} for row in rows[:2]]
    tasks = importlib.import_module("tongli.learning.tasks").TASKS.values()
    files = {
        **{part.path: [] for task in tasks for part in (*task.train, *task.dev)},
        "brighter/dev.jsonl.gz": rows,
        "brighter/train.jsonl.gz": seen,
        "brighter_intensity/dev.jsonl.gz": scored,
        "indonlu_smsa/dev.jsonl.gz": rated,
        "tydip/dev_middle.jsonl.gz": polite,
    }
    for name, found in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        with gzip.open(path, "wt", encoding="utf-8") as file:
            file.writelines(json.dumps(row) + "\n" for row in found)
    return folder


class TestPrecision:
    def test_cosines(self):
        left, right = np.array([[1, 0], [1, 1]], np.float32), np.array([[2, 0], [1, -1]], np.float32)
        assert script("precision").cosines(left, right) == pytest.approx([1, 0])

    def test_centred_cosines_see_what_a_common_part_hides(self):
        random = np.random.default_rng(0)
        fp32 = (100 + random.normal(size=(50, 8))).astype(np.float32)
        int8 = fp32 + random.normal(size=fp32.shape).astype(np.float32)
        found = script("precision").feature_figures(int8, fp32)
        assert found["cosine"]["min"] > 0.999
        assert found["cosine_centred"]["mean"] < 0.9
        assert found["cosine_centred"]["min"] <= found["cosine_centred"]["mean"]

    def test_changes_are_shares_of_decisions_and_of_texts(self):
        int8 = [reading(claim("joy")), reading(claim("fear"))]
        fp32 = [reading(claim("joy")), reading(claim("joy"))]
        found = script("precision").changes(int8, fp32)
        assert found["ekman6"] == {"decisions": round(2 / 12, 5), "texts": 0.5}
        assert found["sentiment"] == {"decisions": 0, "texts": 0}

    def test_cost_is_in_points_of_macro_f1(self):
        precision = script("precision")
        tasks = importlib.import_module("tongli.learning.tasks")
        right = np.eye(6, dtype=bool)
        examples = [
            tasks.Example("x", lang, row.astype(np.float32), "brighter")
            for lang in ("en", "de")
            for row in right
        ]
        fp32 = np.concatenate([right, right])
        int8 = fp32.copy()
        int8[0] = False
        found = precision.score_figures(examples, int8=int8, fp32=fp32, samples=10, seed=0)
        assert found["cost_points"] == pytest.approx(100 / 12, abs=0.01)
        assert found["cost_by_language"] == {"de": 0, "en": pytest.approx(100 / 6, abs=0.01)}


class TestThroughput:
    def test_steady_leaves_out_the_start(self):
        found = script("throughput").rates(101, total=12, start=2)
        assert found == pytest.approx({"total": 101 / 12, "steady": 10, "start_s": 2})

    def test_lost_lines_are_noticed(self, tmp_path):
        measurement, throughput = script("measurement"), script("throughput")

        def make(source: Path, target: Path):
            target.write_text("{}\n" * 9, encoding="utf-8")
            return measurement.Finished(seconds=2 if target.name == "out.jsonl" else 1, peak_mb=7, output="")

        with pytest.raises(RuntimeError, match="wrote 9 of 10"):
            throughput.annotate_rates(tmp_path, lines=10, make=make)
        assert throughput.annotate_rates(tmp_path, lines=9, make=make) == (
            {"total": 4.5, "steady": 8, "start_s": 1},
            7,
        )

    def test_ratios_are_taken_within_rounds_and_to_the_best_batch_size(self):
        throughput = script("throughput")
        rounds = throughput.Rounds()
        for factor in (1, 2):  # the machine is twice as fast in the second round
            for name, rate in (("total", 400), ("steady", 500), ("start_s", 1)):
                rounds.add(f"annotate {name}", rate=factor * rate, peak_mb=300)
            rounds.add("pipeline 1", rate=factor * 20, peak_mb=600)
            rounds.add("pipeline 8", rate=factor * 50, peak_mb=600)
            rounds.add("encoder", rate=factor * 1000, peak_mb=1)
        found = throughput.summarise(rounds)
        assert found["best_pipeline"] == "pipeline 8"
        ratio = found["ratios"]["total : pipeline 8"]
        assert (ratio.low, ratio.high) == (8, 8)
        assert found["ratios"]["memory : pipeline 8"].median == 0.5
        assert found["outside_encoder"].median == 0.5
        assert [target.reached for target in throughput.targets(found)] == [True, True]

    def test_without_a_pipeline_only_the_rate_is_judged(self):
        throughput = script("throughput")
        rounds = throughput.Rounds()
        for name in ("annotate total", "annotate steady", "annotate start_s", "encoder"):
            rounds.add(name, rate=100, peak_mb=1)
        found = throughput.summarise(rounds)
        assert found["best_pipeline"] is None
        assert [target.reached for target in throughput.targets(found)] == [False]


class TestLatency:
    def test_calls_take_turns(self):
        seen = []
        works = {
            "a": lambda message: seen.append(("a", message)),
            "b": lambda message: seen.append(("b", message)),
        }
        found = script("latency").warm(works, ["x", "y"], count=3)
        assert "".join(name for name, _ in seen) == "ab" * 5
        assert "".join(message for _, message in seen[4:]) == "xxyyxx"
        assert {each.calls for each in found.values()} == {3}

    def test_commands_run_once_more_than_they_are_counted(self, tmp_path):
        log = tmp_path / "log"
        code = f"open({str(log)!r}, 'a').write('x')"
        found = script("latency").cold({"log": [sys.executable, "-c", code]}, count=2)
        assert found["log"].runs == 2
        assert log.read_text(encoding="utf-8") == "xxx"

    def test_ratios_and_targets(self):
        latency, spread = script("latency"), script("measurement").spread
        warmed = {"encode": latency.latency([4.0]), "read_many": latency.latency([20.0])}
        started = {
            "python -c pass": spread([0.1]),
            "tongli --help": spread([0.2]),
            "tongli read": spread([2.0]),
        }
        assert latency.ratios(warmed, started) == {
            "read_many : encode": 5,
            "tongli --help : python -c pass": 2,
            "tongli read : python -c pass": 20,
        }
        assert [target.reached for target in latency.targets(warmed, started)] == [False, True, True]


class TestTexts:
    @pytest.fixture
    def tokenizer(self, tiny_model) -> Tokenizer:
        return Tokenizer.from_file(str(tiny_model / "tokenizer.json"))

    def test_lengths_are_near_the_wished_one(self, tokenizer):
        texts = [text for _, text in script("texts").synthetic(300, tokenizer=tokenizer, tokens=40, jitter=4)]
        sizes = [len(item) for item in tokenizer.encode_batch(texts, add_special_tokens=False)]
        assert np.mean(sizes) == pytest.approx(40, rel=0.1)
        assert len(set(texts)) > 290

    def test_same_seed_same_texts(self, tokenizer):
        synthetic = script("texts").synthetic
        first, again, other = (list(synthetic(30, tokenizer=tokenizer, seed=seed)) for seed in (5, 5, 6))
        assert first == again != other

    def test_languages_take_turns_and_keep_their_spacing(self, tokenizer):
        texts = script("texts")
        pairs = list(texts.synthetic(2 * len(texts.WORDS), tokenizer=tokenizer))
        assert [lang for lang, _ in pairs] == 2 * list(texts.WORDS)
        assert all((" " in text) is (lang not in {"zh", "ja"}) for lang, text in pairs)
        words = {lang: set(found.split()) for lang, found in texts.WORDS.items()}
        assert all(set(text.split()) <= words[lang] for lang, text in pairs if " " in text)

    def test_written_texts_are_read_back(self, tokenizer, tmp_path, monkeypatch):
        texts = script("texts")
        monkeypatch.setattr(texts, "embedded_tokenizer", lambda: tokenizer)
        path = tmp_path / "texts.jsonl"
        found = texts.write(path, count=25, tokens=20, jitter=4, seed=0)
        assert texts.read_texts(path) == [text for _, text in texts.synthetic(25, tokenizer=tokenizer)]
        assert found["texts"] == 25
        assert found["shortest"] <= found["tokens_mean"] <= found["longest"]
        assert [json.loads(line)["id"] for line in path.read_text(encoding="utf-8").splitlines()] == list(
            range(25)
        )
