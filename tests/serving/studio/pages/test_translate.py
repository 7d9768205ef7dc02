from __future__ import annotations

import pytest

pytest.importorskip("nicegui", reason="the extra studio is not installed")

from tongli.serving.studio.pages.translate import glossary


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Two houses.", (("house", "casa"),)),
        ("The dog.", (("dog", "perro"),)),
        ("Nothing of these.", ()),
    ],
)
def test_only_terms_of_the_text_are_asked_for(text, found):
    field = "house = casa; dog ＝ perro；= x; cat ="
    assert glossary(field, source="en-GB", target="es").terms(text, source="en", target="es-MX") == found


def test_an_empty_field_holds_nothing():
    assert glossary(" ; ", source="en", target="es").rows == ()
