"""One reply a language, kept in a file so that a changed wording is seen in review.

To accept a change, run ``TONGLI_UPDATE_GOLDEN=1 pytest tests/generation/realiser/test_golden.py``
and read the difference.
"""

import json
import os
from pathlib import Path

from tongli.generation.realiser import Realiser

GOLDEN = Path(__file__).parents[2] / "golden" / "realiser.json"
NAMES = {
    "ar": "ليلى حداد",
    "de": "Kim Weber",
    "fa": "نیما رضایی",
    "hi": "किरण जी",
    "ja": "田中様",
    "ko": "김민지님",
    "ru": "Саша",
    "uk": "Саша",
    "zh": "林晨",
    "zh-Hant": "林晨",
}


def test_replies_are_unchanged(plan, write):
    replies = {
        lang: write(
            plan(
                lang, "anger", intensity=2.0, salutation=NAMES.get(lang, "Alex Souza"), keep=("4471",), seed=5
            )
        )[0].splitlines()
        for lang in sorted(Realiser().languages())
    }
    if os.environ.get("TONGLI_UPDATE_GOLDEN") == "1":
        GOLDEN.parent.mkdir(exist_ok=True)
        GOLDEN.write_text(json.dumps(replies, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    assert json.loads(GOLDEN.read_text(encoding="utf-8")) == replies
