"""What a language identifier should read of a message: its words, not its links, names and mark-up."""

from __future__ import annotations

import regex

_MARK_UP = regex.compile(
    r"""
      https?://\S+ | www\.\S+ | [\w.+-]+@[\w-]+\.[\w.-]+   # links and addresses
    | </?[a-zA-Z][^<>]{0,300}> | &\#?\w{1,10};             # HTML
    | (?<!\w)@[\w.]+                                      # mentions
    """,
    regex.VERBOSE,
)
_HASHTAG = regex.compile(r"(?<!\w)\#\w+")
_NOT_LETTERS = regex.compile(r"[^\p{L}\p{M}\s'’ʼ\-]+")


def words_to_read(text: str) -> str:
    """The words without links, addresses, mentions, hashtags, mark-up, digits and signs.

    A message of nothing but hashtags gives the words of those; one without letters gives ``""``.

    >>> words_to_read("@ana Thanks!! <b>42</b> times https://example.org #happy 🎉")
    'Thanks times'
    >>> words_to_read("#worst #day")
    'worst day'
    """
    plain = _MARK_UP.sub(" ", text)
    for candidate in (_HASHTAG.sub(" ", plain), plain):
        letters = " ".join(_NOT_LETTERS.sub(" ", candidate).split())
        if any(char.isalpha() for char in letters):
            return letters
    return ""
