"""Everything that components show is escaped, and readable without colour."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from html.parser import HTMLParser

import pytest

pytest.importorskip("nicegui", reason="the extra studio is not installed")

from markupsafe import Markup

from tongli.applications.remarks import Remark
from tongli.applications.studio import ReviewItem
from tongli.core import ChannelReading, Claim, Edit, Evidence, Language, Message, Moment, Reading
from tongli.core.edit import apply_edits
from tongli.generation.respond import RISK_NOTE
from tongli.knowledge.schemes import EKMAN6
from tongli.safety.risk import THREAT_NOTE, with_risks
from tongli.serving.studio.components.channels import channels
from tongli.serving.studio.components.claims import abstentions, claims, notes
from tongli.serving.studio.components.comparison import comparison
from tongli.serving.studio.components.controls import filled
from tongli.serving.studio.components.difference import difference
from tongli.serving.studio.components.emotion_bars import emotion_bars
from tongli.serving.studio.components.engine import engine_missing, engine_note
from tongli.serving.studio.components.highlight import highlighted, listed, marked, places
from tongli.serving.studio.components.installed import settings
from tongli.serving.studio.components.profiles import profiles
from tongli.serving.studio.components.queue import queue
from tongli.serving.studio.components.reading import reading_view, summary
from tongli.serving.studio.components.suggestions import decided, suggestions
from tongli.serving.studio.components.timeline import timeline
from tongli.serving.studio.export import reading_html, reading_json
from tongli.serving.studio.ledger import Taken
from tongli.serving.studio.words import TAGS, words

BAD = "<script>alert(1)</script><img src=x onerror=alert(1)>"
EN = words("en")


class Seen(HTMLParser):
    """What a browser would make of it."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.words = ""
        self.feed(html.encode().decode())

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += attrs

    def handle_data(self, data):
        self.words += data


def safe(html: str) -> Seen:
    seen = Seen(html)
    assert not {"script", "img", "iframe"} & set(seen.tags)
    assert not [name for name, _ in seen.attributes if name.startswith("on")]
    return seen


def reading(text: str = f"I am angry. {BAD}") -> Reading:
    return Reading(
        message=Message(text),
        language=Language(tag="en", score=0.99),
        claims=(
            Claim(
                dimension="emotion",
                label="anger",
                score=0.8,
                scheme="ekman6",
                evidence=(Evidence(span=(5, 10), weight=0.4), Evidence(span=(0, len(text)), weight=0.1)),
                source="head:ekman6",
            ),
            Claim(dimension="formality", label=None, score=0.5, abstained=True, reason=BAD),
            Claim(
                dimension="idiom",
                label=BAD,
                score=0.7,
                evidence=(Evidence(span=(5, 10), weight=1.0),),
                gloss=BAD,
                source="claims",
                claim_id=BAD,
            ),
        ),
        scores={
            "ekman6": {label: 0.8 if label == "anger" else 0.1 for label in EKMAN6},
            "intensity": dict.fromkeys(EKMAN6, 1.5),
            "sentiment": {"negative": 0.9, "neutral": 0.05, "positive": 0.05},
            "politeness": 0.2,
        },
        notes=(BAD,),
    )


def half(head: str, lang: str) -> dict[str, float]:
    return dict.fromkeys(EKMAN6, 0.5)


@pytest.mark.parametrize("part", [BAD, Markup("<b>{}</b>"), 0.25, 3, "{0.__class__}", ""])
def test_a_pattern_is_filled_as_markupsafe_fills_it(part):
    pattern = '<p title="{}">{}</p>'
    assert filled(pattern, part, part) == Markup(pattern).format(part, part)
    assert isinstance(filled(pattern, part, part), Markup)


def test_numbers_keep_their_format():
    assert filled("{:.2f} {:+.1f}", 0.125, 2) == "0.12 +2.0"


def test_the_text_is_whole_and_marked():
    found = reading()
    seen = safe(highlighted(found, EN))
    assert seen.words == found.message.text
    assert ("class", "m-anger") in seen.attributes
    assert "anger" in safe(listed(found, EN)).words


def test_places_are_in_the_order_of_the_text():
    assert [place.span[0] for place in places(reading())] == [0, 5, 5]


def test_only_the_strongest_words_of_feelings_are_marked():
    assert [place.span for place in marked(reading())] == [(5, 10), (5, 10)]
    strong = replace(reading().claims[0], dimension="intensity")
    assert marked(replace(reading(), claims=(strong,))) == []
    assert "angry" in safe(listed(replace(reading(), claims=(strong,)), EN)).words


def test_bars_tell_thresholds_and_strength():
    words_ = safe(emotion_bars(reading(), EN, thresholds=half)).words
    assert "decided, needs 0.50, strength 1.5 of 3" in words_
    assert "not decided, needs 0.50" in words_


@pytest.mark.parametrize("part", [claims, abstentions, notes])
def test_claims_are_escaped(part):
    extra = {"known": {}} if part is claims else {}
    given = (reading(), EN)
    assert "alert(1)" in safe(part(*given, **extra)).words


def test_recordings_and_courses():
    moments = tuple(Moment(times=(at, at + 1), scores={BAD: 0.5, "calm": 0.5}, label=BAD) for at in range(3))
    shown = ChannelReading(channel="speech", scores={BAD: 1.0}, label=BAD, reason=BAD, moments=moments)
    safe(channels([shown], EN))
    assert safe(timeline(moments, EN)).tags.count("tr") == 4
    assert timeline(moments[:1], EN) == ""


@pytest.mark.parametrize("tag", TAGS)
def test_a_whole_reading_in_every_language(tag):
    body = reading_view(reading(), words(tag), thresholds=half, known={})
    safe(body)
    page = reading_html(body, words(tag)).decode()
    assert f'lang="{tag}" dir="{words(tag).direction}"' in page
    safe(page)


def test_json_export_survives_what_utf8_cannot_hold():
    assert b'"text"' in reading_json(reading("broken \ud800 text"))


def test_summary_says_so_when_nothing_is_sure():
    nothing = Reading(message=Message("x"), language=Language(tag="en", score=1.0))
    assert summary(nothing, EN) == EN("read.nothing_decided")


def test_remarks_and_decisions():
    edit = Edit(span=(0, 4), before="guys", after=BAD, kind="inclusive", reason=BAD, source=BAD)
    remark = Remark(
        span=(0, 4),
        words=BAD,
        kind=BAD,
        weight="warning",
        reason=BAD,
        advice=BAD,
        audience=BAD,
        source=BAD,
        sources=(BAD,),
        counter=(BAD,),
        edit=edit,
    )
    seen = safe(suggestions([remark], EN, places={BAD: BAD}))
    assert [value for name, value in seen.attributes if name == "data-act"] == ["accept", "reject", "show"]
    seen = safe(decided([Taken(edit, (0, 4))], [BAD], EN))
    assert [value for name, value in seen.attributes if name == "data-act"] == ["undo", "restore"]
    assert apply_edits("guys!", [edit]) == f"{BAD}!"
    gone = replace(edit, before="Old", kind="name")
    assert "Old" not in safe(decided([Taken(gone, (0, 4))], [], EN)).words


def test_difference_holds_both_texts():
    html = difference("we saw the cat", f"we saw {BAD}", EN)
    safe(html)
    assert "<del>" in html
    assert "<ins>" in html
    assert safe(difference("我们今天去", "我们明天去", EN)).words == "我们今明天去"
    assert "Nothing changed" in difference("a", "a", EN)


def test_comparison_and_profiles_and_settings():
    assert "close" in safe(comparison(reading(), reading(), EN)).words
    private = profiles([{"name": BAD, "pronouns": {"en": BAD}, "former_names": [{"name": "Old"}]}], EN)
    assert "Old" not in safe(private).words
    assert safe(settings({"TONGLI_MODEL": True}, EN)).words.endswith("TONGLI_MODELon")


def test_what_can_be_installed_depends_on_the_pair():
    rules = safe(engine_missing("en", "es-MX", EN, names={"en": "English"}))
    assert "from English into es-MX" in rules.words
    assert "apt-get install apertium apertium-eng-spa" in rules.words
    model = safe(engine_missing("en", "ja", EN, names={}))
    assert "apt-get" not in model.words
    assert 'pip install "tongli[mt]"' in model.words
    assert BAD in safe(engine_note(BAD, EN)).words


@pytest.mark.parametrize("lang", TAGS)
def test_a_risk_comes_first_in_the_language_of_the_page(lang):
    text = "I will kill you all. I am so happy."
    found = Reading(
        message=Message(text),
        language=Language(tag="en", score=1.0),
        claims=(Claim(dimension="distress", label=None, score=6.2, source="head"),),
        notes=("the text was repaired",),
    )
    shown = notes(with_risks(found), words(lang))
    first = words(lang)("risk.threat")
    assert safe(shown).words.startswith(first)
    assert 'role="alert"' in shown
    assert THREAT_NOTE not in shown
    assert "the text was repaired" in shown
    chips = claims(with_risks(found), words(lang), known={})
    assert chips.index("1.00") < chips.index("6.20")


def test_urgent_drafts_are_marked_and_what_is_not_listed_is_told():
    item = ReviewItem(
        id="1", source=BAD, draft="", lang="en", submitted_by="local", created=datetime.now(UTC)
    )
    calm = queue([item], EN, empty="review.empty", act="open", more=7)
    assert safe(calm).words.count("alert(1)") == 2, "the message stands where there is no draft"
    assert EN("review.more", count=7) in calm
    assert EN("review.urgent") not in calm
    assert EN("review.urgent") in queue([replace(item, notes=(RISK_NOTE,))], EN, empty="review.empty")
