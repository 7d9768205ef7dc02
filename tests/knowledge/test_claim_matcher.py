import functools
import random
from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tongli.core import ConfigError
from tongli.knowledge.claim import FIGURATIVE
from tongli.knowledge.claim_files import SHIPPED, claims
from tongli.knowledge.claim_matcher import Matcher, matcher, reader
from tongli.knowledge.claim_patterns import ENDING, Choice, Gap, parse_form
from tongli.knowledge.claim_streams import is_spaced


@pytest.fixture
def surfaces(make_claim):
    """What one form finds in a text."""

    def find(form: str, text: str, lang: str = "en") -> list[str]:
        matches = Matcher([make_claim(f"{lang}.idiom.x", form)], lang=lang).find(text)
        return [text[slice(*match.span)] for match in matches]

    return find


@pytest.mark.parametrize(
    ("form", "lang", "text", "expected"),
    [
        ("spill|spilt the beans", "en", "He SPILT the\nbeans. Spill, the “beans”!", 2),
        ("spill the beans", "en", "respill the beans; spill the beansprout; spill the. beans", 0),
        ("spill the beans", "en", "spill-the-beans", 1),
        ("perd* los estribos", "es", "Perdió los estribos y perdiendo los estribos.", 2),
        ("perd* los estribos", "es", "perdiéndome los estribos", 0),
        ("take … with a grain of salt", "en", "take with a grain of salt", 1),
        ("take … with a grain of salt", "en", "take what he said with a grain of salt", 1),
        ("take … with a grain of salt", "en", "take what he's just said with a grain of salt", 0),
        ("take … with a grain of salt", "en", "take the company's plan with a grain of salt", 1),
        ("take … with a grain of salt", "en", "take it. Come with a grain of salt", 0),
        ("put … on ice", "en", "put l'eau d'été d'hiver on ice", 1),
        ("on a shoestring (budget)", "en", "on a shoestring budget", 1),
        ("tomber à l'eau", "fr", "tomber à l’eau, tomber à l eau", 2),
        ("tomber dans eau", "fr", "tomber dans l'eau", 0),
        ("¡ay! dios", "es", "¡Ay! Dios, ay dios, ay!? dios", 3),
        ("👍|👌", "en", "ok 👍🏽 and 👍👍", 3),
        ("猫の手も借り(たい|たかった)", "ja", "まさに猫の手も借りたかったよ", 1),
        ("背(了|着)(个)黑锅", "zh", "他背了个黑锅，又背着黑锅，没背黑锅", 2),
        ("炒…鱿鱼", "zh", "炒了他的鱿鱼。炒。鱿鱼", 1),
        ("炒…鱿鱼", "zh", "炒一二三四五六七鱿鱼", 0),
        ("yyds", "zh", "他是YYDS！yydsx和xyyds", 1),
        ("على راسه ريشة", "ar", "عَلَى رأسه ريشة", 1),
        ("발이 넓*", "ko", "발이 넓은 사람", 1),
    ],
)
def test_what_a_form_finds(surfaces, form, lang, text, expected):
    assert len(surfaces(form, text, lang)) == expected


def test_a_span_is_what_is_written(surfaces):
    text = "Well, he’s “SPILT the beans”!"
    assert surfaces("spilt the beans", text) == ["SPILT the beans"]
    assert surfaces("he's", text) == ["he’s"]
    assert surfaces("perd* la cabeza", "e\u0301l perdio\u0301 la cabeza.", "es") == ["perdio\u0301 la cabeza"]
    assert surfaces("イマイチ", "さあ、ｲﾏｲﾁ！", "ja") == ["ｲﾏｲﾁ"]


def test_optional_words_belong_to_the_span(surfaces):
    assert surfaces("(very) blue (moon)", "a very blue moon") == ["very blue moon"]


def test_a_gap_is_as_short_as_can_be(surfaces):
    assert surfaces("put … on", "put this on and on") == ["put this on"]


def test_the_longest_wins_and_figures_never_overlap(make_claim):
    found = [
        make_claim("en.idiom.short", "the beans"),
        make_claim("en.proverb.long", "spill the beans"),
        make_claim("en.slang.inside", "spill"),
        make_claim("en.address.the", "the"),
    ]
    whole = Matcher(found, lang="en")
    assert [match.claim.id for match in whole.find("spill the beans, the beans")] == [
        "en.proverb.long",
        "en.address.the",
        "en.address.the",
        "en.idiom.short",
    ]
    assert len(whole.candidates("spill the beans")) == 4


def test_of_equal_matches_the_more_special_claim_is_taken(make_claim):
    found = [make_claim("es.idiom.x", "la lata"), make_claim("es-mx.idiom.x", "la lata")]
    (match,) = Matcher(found, lang="es-MX").find("¡qué la lata!")
    assert match.claim.id == "es-mx.idiom.x"


def test_the_form_that_found_it_is_told(make_claim):
    found = Matcher([make_claim("en.idiom.x", "cold feet", "(very) cold shower")], lang="en")
    assert [match.form for match in found.find("cold feet, very cold shower")] == [
        "cold feet",
        "(very) cold shower",
    ]


def test_without_forms_nothing_is_found(make_claim):
    bare = make_claim("en.norm.x", trigger={"situation": ["work"]})
    assert Matcher([bare], lang="en").find("anything at all") == []
    assert Matcher([], lang="zh").find("什么都没有") == []


@pytest.mark.parametrize("text", ["", " ", "\n\n", "🙂", "\ud800", "。", "~", " ~ . ~"])
def test_odd_texts(text):
    assert matcher("en").find(text) == matcher("zh").find(text) == []


def test_a_broken_form_is_a_coded_error(make_claim):
    with pytest.raises(ConfigError) as caught:
        Matcher([make_claim("en.idiom.x", "spill (the")], lang="en")
    assert caught.value.code == "claims.pattern"


@functools.cache
def shipped_forms() -> list[tuple[str, str, str]]:
    """Language, id and form of everything that ships."""
    return [
        (tag, claim.id, form)
        for tag in (*SHIPPED.languages, *SHIPPED.audiences)
        for claim in claims(tag).values()
        for form in claim.forms
    ]


def written(form: str, lang: str, rng: random.Random) -> str:
    """A text that a form stands for: options, endings and gaps drawn at random."""
    spaced = is_spaced(lang)
    parts = []
    for item in parse_form(form, lang).items:
        if isinstance(item, Gap):
            count = rng.randint(0, 3 if spaced else 6)
            parts += ["zq" * rng.randint(1, 3) for _ in range(count)] if spaced else ["囧" * count]
        elif isinstance(item, Choice) and not (item.optional and rng.random() < 0.5):
            for word in rng.choice(item.options):
                parts.append(word.text + "q" * (rng.randint(0, ENDING) if word.open else 0))
    blanks = (" ", "  ", "\n", ", ") if spaced else ("",)
    text = parts[0] if parts else ""
    for part in parts[1:]:
        text += rng.choice(blanks) + part
    return text.upper() if rng.random() < 0.3 and text.upper().casefold() == text.casefold() else text


@given(st.data())
def test_whatever_a_form_stands_for_is_found_with_exact_offsets(data):
    """Anywhere in a text, in any case and with any blanks."""
    lang, name, form = data.draw(st.sampled_from(shipped_forms()))
    surface = written(form, lang, random.Random(data.draw(st.integers(0, 2**32))))
    before = data.draw(st.sampled_from(["", "Ψψ ", "😀 (", "… «", "1\n"]))
    after = data.draw(st.sampled_from(["", " Ψψ", "!", ")\n\n"]))
    text = before + surface + after
    spans = [match.span for match in matcher(lang).candidates(text) if match.claim.id == name]
    assert any(start <= len(before) and end >= len(before) + len(surface) for start, end in spans) or (
        # An optional word may be taken from what stands before or after, and a gap end sooner.
        spans and any(start >= len(before) and end <= len(before) + len(surface) for start, end in spans)
    )
    assert all(0 <= start < end <= len(text) for start, end in spans)


@given(st.data())
def test_one_form_without_gaps_covers_exactly_what_was_written(make_claim, data):
    lang, _, form = data.draw(st.sampled_from(shipped_forms()))
    understood = parse_form(form, lang)
    assume(not any(isinstance(item, Gap) for item in understood.items))
    surface = written(form, lang, random.Random(data.draw(st.integers(0, 2**32))))
    before = data.draw(st.sampled_from(["", "Ψψ ", "😀 (", "1\n"]))
    text = f"{before}{surface} Ψψ"
    found = Matcher([make_claim(f"{lang.lower()}.norm.x", form)], lang=lang).candidates(text)
    whole = (len(before), len(before) + len(surface))
    spans = {match.span for match in found}
    edges = (understood.items[0], understood.items[-1])
    if all(isinstance(item, Choice) and not item.optional for item in edges) and is_spaced(lang):
        assert whole in spans
    assert any(start < whole[1] and whole[0] < end for start, end in spans)


@given(st.text(alphabet="0123456789 .,!?\n-'’😀", max_size=60), st.sampled_from(["de", "es", "ru", "ja"]))
def test_text_without_forms_yields_nothing(make_claim, text, lang):
    found = [
        make_claim(f"{lang}.idiom.{number}", form)
        for number, form in enumerate(f for tag, _, f in shipped_forms() if tag == lang and f.isalpha())
    ]
    assert Matcher(found, lang=lang).find(text) == []


@given(st.text(max_size=200), st.sampled_from(SHIPPED.languages))
def test_whatever_the_text_spans_are_valid_and_figures_do_not_overlap(text, lang):
    found = matcher(lang).find(text)
    assert all(0 <= match.span[0] < match.span[1] <= len(text) for match in found)
    figures = [match.span for match in found if match.claim.kind in FIGURATIVE]
    assert all(one[1] <= other[0] for one, other in pairwise(figures))


def test_cost_is_linear_in_the_text(make_claim):
    """Words of a form without its end: ten times the text, no more than ten times the places to look at."""
    looked_at = []

    class Counting(Matcher):
        def _hits(self, read):
            looked_at.append(sum(1 for _ in self._automaton.iter(read.text)))
            return super()._hits(read)

    found = Counting([make_claim("en.idiom.x", "take … with … grain … salt")], lang="en")
    for repeats in (100, 1000):
        assert found.find("take with grain " * repeats) == []
    assert looked_at[1] <= 10 * looked_at[0] + 10


@pytest.mark.parametrize(
    ("tag", "text", "found"),
    [
        ("es", "¡Ni modo! Ya valió la chamba.", {"Ni modo", "Ya valió", "chamba"}),
        ("es-MX", "¡Ni modo! Ya valió la chamba.", {"Ni modo", "Ya valió", "chamba"}),
        ("es-ES", "¡Ni modo! Ya valió la chamba.", set()),
        ("es", "Va con fresas y agua con gas.", set()),
        ("zh", "他真的很機車，一枝草一點露啦。", {"真的很機車", "一枝草一點露"}),
        ("zh-CN", "老板很机车。", set()),
        ("zh-TW", "推出包含兩種打混凝土的車，空白目錄放閃電，雄厚工業打破功能。", set()),
        ("en", "That film is naff and costs ten quid.", {"naff", "quid"}),
    ],
)
def test_a_bare_language_is_read_with_the_expressions_of_its_audiences(tag, text, found):
    matches = [match for match in reader(tag).find(text) if match.claim.kind in FIGURATIVE]
    assert {text[slice(*match.span)] for match in matches} == found


def test_of_two_for_the_same_words_that_of_the_bare_language_counts():
    def told(tag: str) -> list[str]:
        return [
            match.claim.id for match in reader(tag).find("Bob's your uncle") if match.claim.kind == "idiom"
        ]

    assert told("en") == ["en.idiom.bobs-your-uncle"]
    assert told("en-GB") == ["en-gb.idiom.bobs-your-uncle"]
