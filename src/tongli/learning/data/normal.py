"""Texts made comparable: what differs only in form is one text."""

from __future__ import annotations

import re
import unicodedata

_URL = re.compile(r"https?://\S*|www\.\S+|[<\[{](?:url|link)[>\]}]|\bhttp(?:s|url)?\b")
_USER = re.compile(r"(?<!\w)@\w+|[<\[{](?:user|username|mention)[>\]}]")


def normal_form(text: str) -> str:
    """NFC, case-folded, white space single, every link and every user name the same.

    >>> normal_form("Thank you @ann_1,  see HTTPS://example.org/x")
    'thank you <user>, see <url>'
    """
    folded = unicodedata.normalize("NFC", unicodedata.normalize("NFC", text).casefold())
    return " ".join(_USER.sub("<user>", _URL.sub("<url>", folded)).split())
