"""The commands over the claims that ship, and over claims that the tests write."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tongli.knowledge.claim_files import claims

LEG = "en.idiom.break-a-leg"


def test_explain_tells_meaning_strength_source_and_literal_reading(real: Any) -> None:
    done = real(
        "culture", "explain", "--into", "zh", "--lang", "en", "Break a leg,", "they said.", COLUMNS="200"
    )
    assert done.returncode == 0
    told = done.stdout.decode()
    claim = claims("en")[LEG]
    assert "“Break a leg”  idiom  0–11" in told
    assert claim.meaning.sense in told
    assert "possible: only the context tells" in told
    assert "common, high confidence; draft, not reviewed by an insider" in told
    assert all(item.source in told for item in claim.evidence)
    assert claim.meaning.equivalents_in("zh")[0].form in told


def test_explain_prints_counter_examples(real: Any) -> None:
    claim = next(item for item in claims("en").values() if item.counter and item.forms)
    told = real("culture", "show", claim.id, COLUMNS="400").stdout.decode()
    assert claim.counter[0].text in told


def test_explain_shows_formulas_that_are_silent_elsewhere(real: Any) -> None:
    shown = real("culture", "explain", "--lang", "ja", "お世話になっております。").stdout.decode()
    assert "an opening formula of business contact" in shown
    assert "word for word    世話になる" not in shown


def test_explain_as_json_from_a_file(real: Any, tmp_path: Path) -> None:
    path = tmp_path / "letter.txt"
    text = "😀 Break a\nleg!"
    path.write_text(text, encoding="utf-8")
    data = json.loads(real("culture", "explain", "--json", "--file", path, "--lang", "en-US").stdout)
    assert data["language"] == {"tag": "en-US", "score": 1.0, "declared": True, "abstained": False}
    (found,) = data["found"]
    assert (found["span"], found["text"]) == ([2, 13], "Break a\nleg")
    assert (found["claim"]["id"], found["literal_reading"]) == (LEG, True)
    assert found["claim"]["evidence"]


def test_explain_identifies_the_language_and_reads_standard_input(real: Any) -> None:
    done = real("culture", "explain", "--json", stdin=b"Estoy hasta las narices de este ruido.")
    data = json.loads(done.stdout)
    assert (data["language"]["tag"], data["found"][0]["text"]) == ("es", "hasta las narices")


def test_explain_only_some_kinds(real: Any) -> None:
    done = real("culture", "explain", "--json", "--lang", "en", "--kind", "proverb,norm", "Break a leg.")
    assert json.loads(done.stdout)["found"] == []


def test_finding_nothing_is_no_verdict(real: Any) -> None:
    done = real("culture", "explain", "--lang", "en", "The pump was repaired.")
    assert (done.returncode, b"nothing found: that is no sign" in done.stdout) == (0, True)


def test_a_text_in_a_language_without_claims(real: Any) -> None:
    done = real("culture", "explain", "--lang", "is", "Góðan daginn.")
    assert (done.returncode, b"error[claims.audience]" in done.stderr) == (2, True)
    assert b"en, " in done.stderr


def test_search_in_every_language(real: Any) -> None:
    told = real("culture", "search", "break", "a", "leg", COLUMNS="200").stdout.decode()
    assert f"{LEG}  found by its form" in told
    assert "source" in told
    data = json.loads(real("culture", "search", "--json", "--limit", "1", "break a leg").stdout)
    assert (data["claims"][0]["claim"]["id"], data["claims"][0]["tag"], len(data["claims"])) == (LEG, "en", 1)
    assert data["found"] > 1


def test_search_finds_nothing(real: Any) -> None:
    assert b"nothing found" in real("culture", "search", "--lang", "en", "zzqzzq").stdout


def test_show_counts_expressions_and_prints_a_source_for_all_else(real: Any) -> None:
    told = real("culture", "show", "en_us", COLUMNS="400").stdout.decode()
    assert told.startswith("English (en-US)  idiom ")
    assert "more with --kind" in told
    shown = json.loads(real("culture", "show", "--json", "en-US").stdout)
    assert shown["inherits"] == ["en", "en-US"]
    kinds = {claim["kind"] for claim in shown["claims"]}
    assert not kinds & {"idiom", "proverb", "slang"}
    assert told.count("  source  ") == len(shown["claims"]) > 20


def test_show_some_kinds(real: Any) -> None:
    shown = json.loads(real("culture", "show", "--json", "--kind", "proverb", "en").stdout)
    assert {claim["kind"] for claim in shown["claims"]} == {"proverb"}
    assert len(shown["claims"]) == shown["counts"]["proverb"]
    assert b"more with --kind" in real("culture", "show", "--kind", "proverb", "en").stdout


def test_show_what_is_not_there(real: Any) -> None:
    for name, code in (("en.idiom.no-such", b"claims.id"), ("tlh", b"claims.audience"), ("?", b"locale.tag")):
        done = real("culture", "show", name)
        assert (done.returncode, code in done.stderr) == (2, True), name
    done = real("culture", "show", "en", "--kind", "joke")
    assert (done.returncode, b"error[claims.kind]" in done.stderr) == (2, True)


def test_contribute_a_claim(real: Any, tmp_path: Path) -> None:
    told = real("culture", "contribute", "--kind", "norm", "--lang", "ja-jp").stdout.decode()
    assert '"id": "ja-jp.norm.slug"' in told
    assert "1. The statement is about" in told
    line = real("culture", "contribute", "--json", "--kind", "slang").stdout
    path = tmp_path / "mine.jsonl"
    path.write_bytes(line)
    done = real("culture", "lint", path)
    assert (done.returncode, b"template" in done.stdout) == (3, True)
    assert b"1 errors, 0 warnings" in done.stdout


def test_lint_a_folder(real: Any, tmp_path: Path) -> None:
    claim = claims("en")[LEG].to_dict()
    path = tmp_path / "languages" / "en" / "mine.jsonl"
    path.parent.mkdir(parents=True)
    path.write_text(json.dumps(claim | {"review_by": "2099-12"}) + "\n", encoding="utf-8")
    done = real("culture", "lint", tmp_path)
    assert (done.returncode, done.stdout) == (0, b"nothing found\n")
    path.write_text(json.dumps(claim | {"review_by": "2020-01"}) + "\n", encoding="utf-8")
    done = real("culture", "lint", "--json", tmp_path)
    data = json.loads(done.stdout)
    assert (done.returncode, data["errors"]) == (3, 1)
    assert data["findings"] == [
        {
            "file": "en/mine.jsonl",
            "line": 1,
            "id": LEG,
            "rule": "expired",
            "severity": "error",
            "message": "was to be reviewed by 2020-01",
        }
    ]


def test_lint_what_is_not_there(real: Any, tmp_path: Path) -> None:
    done = real("culture", "lint", tmp_path / "none.jsonl")
    assert (done.returncode, b"error[input.missing]" in done.stderr) == (2, True)
