"""What holds for every text and every audience."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from hypothesis import example, given
from hypothesis import strategies as st

from tongli.core.edit import apply_edits, inverse
from tongli.generation.adapt import Adaptation, adapt
from tongli.generation.adapt.protected import protected
from tongli.knowledge.claim_files import SHIPPED

PIECES = (
    "03/04/2025", "25/12/2025", "12/25/25", "December 25, 2025", "3 May 2024", "25. Dezember 2025", "3 апреля 2025 г.",
    "$50", "¥300", "5 kr", "€ 9,90", "1.234,56", "1,234.50", "3.5", "3,5 %", "1.234", "v2.1", "192.168.1.1",
    "5 miles", "70°F", "-4 °C", "120 km/h", "6 feet 2 inches", "5-10 lbs", "5公里", "3キロ", "10 ft. long",
    "`x = 1`", "https://example.org/a?d=3,5", "“quoted 5 miles”", "(see 3 miles)", "a@example.org", "{name}", "> quoted",
    "令和7年", "民國114年", "Hi", "Hallo Anna,", "Dear Kim,", "LG", "Thanks,\nAnna", "Best regards", "Yours sincerely,",
    "können Sie kommen?", "kannst du kommen?", "tú tienes", "usted tiene", "vous avez", "tu as", "行くよ。", "送ってください。",
    "您好", "你好", "해요.", "합니다.", "she spilled the beans", "over the moon", "a slap in the face", "raining cats and dogs",
    "he got cold feet", "touch wood", "Thanksgiving", "Boxing Day", "July 4", "春节", "高考", "画蛇添足", "お盆", "猫の手も借りたい",
    "leave a tip", "4th floor", "Ich verstehe nur Bahnhof", "me cago en", "bank holiday", "\n", "\n\n", "(", "“", "\"", "😀", "\u00ad", "e\u0301",
)  # fmt: skip
LANGUAGES = (
    "en",
    "en-US",
    "en-GB",
    "de",
    "fr",
    "es-ES",
    "es-MX",
    "pt",
    "ru",
    "ar",
    "hi",
    "zh-CN",
    "zh-TW",
    "ja",
    "ko",
    "sw",
)
TEXTS = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=8)), max_size=7).flatmap(
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
