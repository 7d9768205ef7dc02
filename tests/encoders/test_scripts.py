import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongli.encoders.scripts import chinese, decide, shares


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ขอบคุณมาก", "th"),
        ("감사합니다 team", "ko"),
        ("東京タワー", "ja"),
        ("優の良品好吃又便宜大家都喜歡這個牌子的東西真的很不錯", "zh-Hant"),
        ("ኣነ ብጣዕሚ ተሓጒሰ ኣለኹ", "ti"),
        ("በጣም ደስ ብሎኛል የኔ ጓደኛ", "am"),
        ("спасибо", None),
        ("thanks ありがとう from the whole team here", None),
    ],
)
def test_decide(text, expected):
    assert decide(text, shares(text)) == expected


def test_chinese_is_traditional_only_when_its_characters_prevail():
    assert chinese("这个问题还没解决") == "zh"
    assert chinese("這個問題還沒解決") == "zh-Hant"
    assert chinese("你好") == "zh"


@given(st.text(max_size=60))
def test_shares_sum_to_one_and_the_largest_comes_first(text):
    found = shares(text)
    assert bool(found) == any(char.isalpha() for char in text) or not any(char.isalpha() for char in text)
    if found:
        assert sum(found.values()) == pytest.approx(1)
        assert list(found.values()) == sorted(found.values(), reverse=True)
