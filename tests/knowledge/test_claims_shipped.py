"""Every claim that ships keeps the rules; none finds a nationality."""

from __future__ import annotations

from pathlib import Path

import pytest

from tongli.knowledge.claim_files import ROOT, SHIPPED, TABLE
from tongli.knowledge.claim_lint import lint
from tongli.knowledge.claim_matcher import Matcher

REVIEWED = "2026-11"
"""Dates are judged by this month, not by the clock: `tongli culture lint` tells what has expired since."""

SENTENCES = [
    tuple(line.split("\t"))
    for line in Path(__file__).with_name("nationality_sentences.tsv").read_text(encoding="utf-8").splitlines()
]
"""Language and sentence: a nationality, and nothing culture-bound. Written for this test."""


@pytest.fixture(scope="module")
def findings():
    return lint(month=REVIEWED)


@pytest.mark.parametrize("tag", [*SHIPPED.languages, *SHIPPED.audiences])
def test_claims_keep_the_rules(tag, findings):
    found = [item for item in findings if item.file.startswith(f"{tag}/") and item.severity == "error"]
    assert found == []


def test_every_folder_is_read():
    read = {str(file) for file, _ in SHIPPED.files()}
    found = {path for path in Path(str(ROOT)).rglob("*") if path.suffix in {".jsonl", TABLE}}
    assert {str(path) for path in found} == read


def test_there_are_enough_sentences():
    assert len(set(SENTENCES)) >= 200
    assert len({lang for lang, _ in SENTENCES}) == 11


@pytest.mark.parametrize("lang", sorted({lang for lang, _ in SENTENCES}))
def test_no_detector_fires_on_nationality_words(lang):
    known = (*SHIPPED.languages, *SHIPPED.audiences)
    sentences = [sentence for language, sentence in SENTENCES if language == lang]
    fired = [
        (match.claim.id, match.form, sentence)
        for tag in known
        if tag.split("-")[0] == lang
        for own in [Matcher(SHIPPED.own(tag).members(), lang=tag)]
        for sentence in sentences
        for match in own.candidates(sentence)
    ]
    assert fired == []
