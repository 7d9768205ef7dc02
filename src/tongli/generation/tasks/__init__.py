"""Texts from a sheet of facts: posts, ads, news, stories, replies.

===========  ======================================================================
``sheet``    the facts, as people state them
``values``   the facts as a locale writes them, and all that a draft may hold
``book``     authored wordings, one file a language in ``words``
``compose``  wordings arranged into texts that fit
``check``    no fact out that was not in, and the checks that every text passes
===========  ======================================================================
"""

from tongli.generation.tasks.check import check_text
from tongli.generation.tasks.compose import TASKS, TONES, compose, languages
from tongli.generation.tasks.sheet import Sheet, parse_sheet

__all__ = ["TASKS", "TONES", "Sheet", "check_text", "compose", "languages", "parse_sheet"]
