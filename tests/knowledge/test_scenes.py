from __future__ import annotations

import re

from tongli.emotion.face import FACE_LABELS
from tongli.knowledge.scenes import scene_prompts


def test_every_label_has_three_prompts_of_its_own():
    prompts = scene_prompts()
    assert tuple(prompts) == FACE_LABELS
    every = [prompt for group in prompts.values() for prompt in group]
    assert len(set(every)) == len(every) == 3 * len(prompts)


def test_no_prompt_says_who_is_in_the_picture():
    words = {word for group in scene_prompts().values() for prompt in group for word in prompt.split()}
    assert not [word for word in words if re.search(r"^(wo)?m[ae]n$|girl|boy|child|old|young|lady|guy", word)]
