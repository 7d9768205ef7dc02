"""What the shipped tables of expressions find in ordinary sentences."""

import pytest

from tongli.knowledge.claim_matcher import matcher

FOUND = [
    ("de", "Nach drei Stunden Suche hat er endlich Lunte gerochen.", "Lunte gerochen"),
    ("de", "Damit tanzt sie auf zu vielen Hochzeiten.", "tanzt sie auf zu vielen Hochzeiten"),
    ("de", "Du solltest den Ball flach halten.", "den Ball flach halten"),
    ("de", "Er nahm die Verspätung in Kauf.", "nahm die Verspätung in Kauf"),
    ("de", "Wir haben das Kriegsbeil begraben.", "das Kriegsbeil begraben"),
    ("de", "In der Regel schließen wir um acht.", "In der Regel"),
    ("de", "Sie lässt kein gutes Haar an dem Film.", "lässt kein gutes Haar"),
]
PLAIN = [
    ("de", "Im Kühlschrank sind noch Eier, Käse und Wurst."),
    ("de", "Der Zug nach Köln fährt um acht Uhr ab."),
    ("de", "Sie wusch dem Kind die Haare."),
]


@pytest.mark.parametrize(("lang", "text", "words"), FOUND)
def test_expressions_are_found_in_their_forms(lang, text, words):
    spans = [match.span for match in matcher(lang).find(text)]
    assert words in [text[start:end] for start, end in spans]


@pytest.mark.parametrize(("lang", "text"), PLAIN)
def test_ordinary_sentences_hold_none(lang, text):
    assert not [match for match in matcher(lang).find(text) if match.claim.kind in {"idiom", "proverb"}]
