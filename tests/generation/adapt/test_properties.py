"""What holds for every text and every audience."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from hypothesis import example, given
from hypothesis import strategies as st

from tongli.core.edit import apply_edits, inverse
from tongli.generation.adapt import Adaptation, adapt
from tongli.generation.adapt.protected import protected
from tongli.knowledge.claim_files import SHIPPED

DATA = tomllib.loads(Path(__file__).with_name("pieces.toml").read_text("utf-8"))
LANGUAGES = DATA["languages"]
TEXTS = st.lists(st.one_of(st.sampled_from(DATA["pieces"]), st.text(max_size=8)), max_size=7).flatmap(
    lambda pieces: st.sampled_from((" ", ". ", ", ", "\n", "")).map(lambda joint: joint.join(pieces))
)
WISHES = st.sampled_from(
    ("", ":register=formal", ":register=informal", ":medium=email", ":register=neutral,medium=chat")
)


@dataclass(frozen=True)
class Judged:
    use: Literal["idiomatic", "literal"] | None


def judge(found, text, *, lang):
    """Depends on all of the sentence, as the real one does."""
    return [Judged(("idiomatic", "literal", None)[len(text) % 3]) for _ in found]


def adapted(text: str, to: str, lang: str) -> Adaptation:
    return adapt(text, to=to, lang=lang, judge=judge)


@given(TEXTS, st.sampled_from(SHIPPED.audiences), WISHES, st.sampled_from(LANGUAGES))
@example("Distinti saluti", "es-ES", ":register=formal", "it")
@example("Spill the beans over the moon.", "ja-JP", "", "en")
def test_adapting_twice_changes_nothing_more_and_can_be_undone(text, audience, wishes, lang):
    done = adapted(text, audience + wishes, lang)
    assert apply_edits(text, done.edits) == done.text
    assert apply_edits(done.text, inverse(done.edits)) == text
    assert adapted(done.text, audience + wishes, lang).text == done.text


@given(TEXTS, st.sampled_from(SHIPPED.audiences), st.sampled_from(LANGUAGES))
def test_what_is_protected_stays(text, audience, lang):
    done, kept = adapted(text, audience, lang), protected(text)
    assert not [edit for edit in done.edits if edit.span in kept]
    assert all(text[slice(*edit.span)] == edit.before for edit in done.edits)
    assert all(0 <= start <= end <= len(text) for start, end in (item.span for item in done.questions))


@given(st.text(max_size=40), st.sampled_from(SHIPPED.audiences))
def test_any_string_can_be_adapted(text, audience):
    adapted(text, audience, "en")
