import pytest

from tongli.core import Language, Reading
from tongli.generation.verify.negation import check


@pytest.fixture
def judged(subject):
    def run(asked, draft, lang="en"):
        made = subject(draft, lang=lang, asked=asked)
        reading = Reading(message=made.reading.message, language=Language(tag=lang, score=1.0))
        return check(type(made)(draft=made.draft, plan=made.plan, reading=reading, reader=made.reader))

    return run


@pytest.mark.parametrize(
    ("lang", "asked", "draft"),
    [
        ("en", "My order 4471 has not arrived.", "We are glad that order 4471 has arrived."),
        ("en", "Order 4471 arrived.", "We are sorry that order 4471 has not arrived."),
        ("en", "Your driver left my parcel in the rain.", "Your driver never left your parcel in the rain."),
        ("de", "Die Bestellung 4471 wurde nicht geliefert.", "Schön, die Bestellung 4471 wurde geliefert."),
        ("fr", "Le colis 4471 n'est jamais arrivé.", "Le colis 4471 est bien arrivé chez vous."),
        ("ru", "Заказ 4471 не пришёл.", "Ваш заказ 4471 пришёл."),
        ("zh", "订单4471没有送达。", "订单4471已经送达。"),
        ("ja", "注文4471が届きません。", "ご注文4471が届きました。"),
        ("ko", "주문 4471 상품이 도착하지 않았습니다.", "주문 4471 상품이 잘 도착했네요."),
        ("hi", "ऑर्डर 4471 का पार्सल नहीं मिला।", "ऑर्डर 4471 का पार्सल मिला है।"),
    ],
)
def test_the_opposite_is_found(judged, lang, asked, draft):
    found = judged(asked, draft, lang)
    assert found.passed is False
    assert all(draft[start:end].strip() for start, end in found.evidence)


@pytest.mark.parametrize(
    ("lang", "asked", "draft"),
    [
        ("en", "My order 4471 has not arrived.", "We are sorry that order 4471 has not arrived."),
        ("en", "My order 4471 has not arrived.", "Has order 4471 arrived meanwhile?"),
        ("en", "My order 4471 has not arrived.", "We will make sure that order 4471 arrives safely."),
        ("en", "My order 4471 has not arrived.", "Thank you for the order number 4471."),
        ("en", "My order 4471 arrived, but it does not work.", "Order 4471 does not work, we see."),
        ("fr", "Le colis 4471 n'est jamais arrivé.", "Nous regrettons que le colis 4471 ne soit pas arrivé."),
        ("zh", "订单4471没有送达。", "非常抱歉，订单4471未能送达。"),
        ("ja", "注文4471が届きません。", "ご注文4471が届かず、申し訳ございません。"),
        ("ja", "注文番号4471の商品が届きません。", "番号 4471 の件、承りました。"),
        ("pl", "Numer zamówienia 4471 nie dotarł.", "Numer 4471 pomoże naszemu zespołowi."),
    ],
)
def test_what_says_the_same_passes(judged, lang, asked, draft):
    assert judged(asked, draft, lang).passed is True


def test_abstains_between_languages_and_without_a_list(judged, subject):
    assert judged("x", "y", "is").passed is None
    other = subject("Order 4471 arrived.", asked="Die Bestellung 4471 kam nicht an.")
    reading = Reading(message=other.reading.message, language=Language(tag="de", score=1.0))
    assert (
        check(type(other)(draft=other.draft, plan=other.plan, reading=reading, reader=other.reader)).passed
        is None
    )
