"""Lengths as channels count them; the figures of X are those of twitter-text's published rules."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongli.core import ConfigError
from tongli.generation.channels import _COUNTS, channel, channels, size, sms, weighted

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=200)


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("", 0),
        ("hello", 5),
        ("привет", 6),
        ("你好", 4),
        ("안녕", 4),
        ("caf\u0065\u0301", 4),
        ("https://example.org", 23),
        ("see https://example.org/a?b=c, ok", 31),
        ("🇺🇸", 2),
        ("👍🏽", 2),
        ("👨‍👩‍👧‍👦", 2),
        ("1️⃣", 2),
        ("❤️", 2),
        ("“quoted” – dash", 15),
    ],
)
def test_the_length_of_a_post_on_x(text, length):
    assert weighted(text) == length


@pytest.mark.parametrize(
    ("text", "messages"),
    [
        ("", 0),
        ("a" * 160, 1),
        ("a" * 161, 2),
        ("a" * 306, 2),
        ("a" * 307, 3),
        ("€" * 80, 1),
        ("€" * 81, 2),
        ("ж" * 70, 1),
        ("ж" * 71, 2),
        ("ж" * 134, 2),
        ("ж" * 135, 3),
        ("😀" * 35, 1),
        ("😀" * 36, 2),
        # 67 units hold 33 such characters and no half of the next.
        ("😀" * 67, 3),
        ("a" * 152 + "€" + "a" * 10, 2),
    ],
)
def test_messages_of_an_sms(text, messages):
    assert sms(text) == messages


@given(TEXT, TEXT)
def test_more_text_is_never_shorter_where_pieces_do_not_merge(first, second):
    joined = f"{first} {second}"
    for key in ("utf16", "utf8", "halfwidth", "codepoints"):
        count = _COUNTS[key]
        assert count(joined) == count(first) + count(" ") + count(second)
    assert sms(joined) >= max(sms(first), sms(second))


@given(TEXT)
def test_bounds(text):
    assert weighted(text) <= 2 * len(text) + 23 * text.count("http")
    assert _COUNTS["graphemes"](text) <= len(text) <= _COUNTS["utf16"](text) <= _COUNTS["utf8"](text)
    units = _COUNTS["utf16"](text)
    assert sms(text) <= max(1, -(-units // 66)) + units // 153


@given(st.text("abcdefgh ", max_size=400))
def test_plain_letters_count_alike_everywhere(text):
    assert weighted(text) == len(text) == _COUNTS["halfwidth"](text)
    expected = 0 if not text else 1 if len(text) <= 160 else -(-len(text) // 153)
    assert sms(text) == expected


def test_hashtags_and_lines_are_limits_too():
    tags = " ".join(f"#a{number}" for number in range(31))
    assert size(tags, channel("instagram")).over == ("31 of at most 30 hashtags",)
    assert size(tags.replace("#a30", "a30"), channel("instagram")).fits
    assert not size("one\ntwo", channel("email-subject")).fits


def test_every_channel_says_who_says_so():
    for key, known in channels().items():
        assert known.count in _COUNTS, key
        assert known.limit > 0
        assert known.source
        assert known.date.count("-") == 2
    assert {"x", "weibo", "instagram", "sms", "email-subject", "push", "app-store"} <= set(channels())


def test_an_unknown_channel_lists_the_known_ones():
    with pytest.raises(ConfigError, match=r"channel\.unknown") as error:
        channel("myspace")
    assert "instagram" in error.value.allowed
