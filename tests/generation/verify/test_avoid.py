import pytest

from tongli.generation.verify import avoid


@pytest.mark.parametrize(
    ("text", "forbidden", "passed"),
    [
        ("Dear Robin, thank you.", ("Aloysius",), True),
        ("Dear aloysius, thank you.", ("Aloysius",), False),
        ("The class is full.", ("ass", " "), True),
        ("Ｒｅｆｕｎｄ now?", ("refund",), False),
        ("a.b", ("a.b",), False),
        ("aXb", ("a.b",), True),
        ("rated five*", ("five*",), False),
        ("rated fiver", ("five*",), True),
        ("我们会退款给您", ("退款",), False),
    ],
)
def test_avoid(subject, text, forbidden, passed):
    found = avoid.check(subject(text, avoid=forbidden))
    assert found.passed is passed
    assert all(item not in found.detail for item in forbidden if item.strip())
