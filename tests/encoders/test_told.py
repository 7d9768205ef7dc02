"""The clear language of a text is the one that counting its words in every language gives."""

from __future__ import annotations

import re
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongli.encoders.impersonal.told import CLEAR, Told
from tongli.encoders.impersonal.unlisted import COUNTED, unlisted

SENTENCES = (
    "The letter came on Monday and nobody had opened it",
    "La carta llegó el lunes y nadie la había abierto",
    "Der Brief kam am Montag und niemand hatte ihn geöffnet",
    "La lettera è arrivata lunedì e nessuno l'ha aperta",
    "Mektup pazartesi günü geldi ve kimse açmadı",
    "Barua ilifika Jumatatu na hakuna aliyeifungua",
)
WORDS = sorted({word for sentence in SENTENCES for word in re.findall(r"\w+", sentence)})


def told(words: list[str], *, evidence: dict[str, tuple[str, ...]]) -> Told:
    parts = ["", *(part for word in words for part in (word, " "))]
    lower = [part.lower() for part in parts]
    return Told(parts, lower, lower, SimpleNamespace(evidence=evidence, names={}))  # type: ignore[arg-type]


def counted(words: list[str], language: str | None) -> str | None:
    small = [word.lower() for word in words if word[0].islower()]
    if not small or (language or "en") not in COUNTED:
        return None
    counts = {lang: sum(unlisted().is_form_of(word, lang=lang) for word in small) for lang in COUNTED}
    most = max(counts.values())
    best = [lang for lang, count in counts.items() if count == most >= CLEAR * len(small)]
    if language is None:
        return best[0] if len(best) == 1 and most > 1 else None
    return language if language in best else None


@pytest.mark.parametrize("language", [None, "en", "es", "xx"])
@given(words=st.lists(st.sampled_from(WORDS), max_size=12))
def test_giving_up_early_changes_nothing(language: str | None, words: list[str]) -> None:
    evidence = {} if language is None else {word.lower(): (language,) for word in words}
    found = told(words, evidence=evidence)
    assert found.clear == counted(words, found.language)


@pytest.mark.parametrize(
    ("sentence", "lang"), [*zip(SENTENCES[1:], ("es", "de", "it", "tr", "sw"), strict=True)]
)
def test_sentences_are_clear_without_frequent_words(lang: str, sentence: str) -> None:
    assert told(re.findall(r"\w+", sentence), evidence={}).clear == lang
