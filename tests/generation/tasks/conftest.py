from decimal import Decimal

import pytest

from tongli.generation.tasks import parse_sheet
from tongli.generation.tasks.sheet import Price

DATA = {
    "lang": "en",
    "title": "An evening of poems",
    "what": "Writers of the town read poems about the river",
    "who": ["Lantern House", "City Library"],
    "when": "2031-03-14 19:00",
    "until": "2031-03-10",
    "where": "City Library, Leeds",
    "price": "4.50 GBP",
    "places": 40,
    "points": ["Tea is served", "The hall has a ramp"],
    "call": "Book your seat",
    "link": "https://lantern.example.org/poems",
    "quote": {"text": "I wrote mine on the bus.", "by": "Mina Okafor"},
    "hashtags": ["poetry", "Leeds"],
    "de": {"title": "Ein Abend der Gedichte", "what": "Menschen der Stadt lesen Gedichte über den Fluss"},
}
FOUR_FIFTY = Price(amount=Decimal("4.50"), currency="GBP")


@pytest.fixture
def data():
    return dict(DATA)


@pytest.fixture
def sheet():
    return parse_sheet(DATA)
