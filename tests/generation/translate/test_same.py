"""Draft and source say the same: by what ships, and where it abstains."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from tongli import Tongli
from tongli.core import ModelError, Tokens, pairs
from tongli.generation.translate import same
from tongli.generation.translate.same import LEAST, MOST, check, kinds, shipped

HIDDEN, SIZE = 384, 12
SOURCE = "The old teacher has not paid the bill yet, but she will come back tomorrow morning."
GOOD = {
    "de": "Die alte Lehrerin hat die Rechnung noch nicht bezahlt, aber sie kommt morgen früh zurück.",
    "es": "La vieja profesora todavía no ha pagado la cuenta, pero volverá mañana por la mañana.",
    "fr": "La vieille professeure n'a pas encore payé l'addition, mais elle reviendra demain matin.",
    "it": "La vecchia insegnante non ha ancora pagato il conto, ma tornerà domani mattina.",
    "pt": "A velha professora ainda não pagou a conta, mas voltará amanhã de manhã.",
    "ru": "Старая учительница ещё не оплатила счёт, но она вернётся завтра утром.",
    "zh": "那位老教师还没有付账单，但她明天早上会回来。",
    "ja": "年配の先生はまだ勘定を払っていませんが、明日の朝に戻ってきます。",
    "hi": "बूढ़ी शिक्षिका ने अभी तक बिल नहीं चुकाया है, लेकिन वह कल सुबह वापस आएगी।",
    "ar": "لم تدفع المعلمة العجوز الفاتورة بعد، لكنها ستعود صباح الغد.",
}
BAD = {
    "de": "Der kleine Hund schläft gern auf dem warmen Sofa neben dem Fenster.",
    "es": "El perro pequeño duerme en el sofá caliente junto a la ventana.",
    "fr": "Le petit chien aime dormir sur le canapé chaud près de la fenêtre.",
    "it": "Il piccolo cane dorme volentieri sul divano caldo vicino alla finestra.",
    "pt": "O cachorro pequeno gosta de dormir no sofá quente perto da janela.",
    "ru": "Маленькая собака любит спать на тёплом диване у окна.",
    "zh": "小狗喜欢睡在窗边温暖的沙发上。",
    "ja": "小さな犬は窓のそばの暖かいソファで寝るのが好きです。",
    "hi": "छोटे कुत्ते को खिड़की के पास गर्म सोफे पर सोना पसंद है।",
    "ar": "يحب الكلب الصغير النوم على الأريكة الدافئة بجانب النافذة.",
}


class Reader:
    """Gives the states that a test sets."""

    def __init__(self, sizes, encoder):
        self.sizes, self.encoder = sizes, encoder

    def tokens(self, texts):
        draw = np.random.default_rng(5)
        return [
            Tokens(
                spans=tuple((at, at + 1) for at in range(size)),
                states=draw.normal(size=(size, HIDDEN)).astype(np.float32),
                encoder=self.encoder,
            )
            for size in self.sizes
        ]


@pytest.mark.parametrize(
    ("sizes", "how", "encoder"),
    [
        ((LEAST - 1, SIZE), {}, None),
        ((SIZE, MOST + 1), {}, None),
        ((SIZE, SIZE), {}, "other"),
        ((SIZE, SIZE), {"target": "yo"}, None),
    ],
)
def test_it_abstains_where_nothing_was_fitted(pair, sizes, how, encoder):
    made = pair("x" * 200, "x" * 200, **{"target": "es", **how})
    found = check(replace(made, reader=Reader(sizes, encoder or shipped().encoder)))
    assert found.passed is None
    assert found.name == "same"


def test_unlike_texts_fail_with_what_is_wrong(pair, monkeypatch):
    reading = pairs.PairReading(
        fault=9.0,
        kinds={name: float(name == "time") for name in kinds()},
        tokens=(np.array([-3, 2, 2, -3], np.float32), np.array([-3, -3, 4, -3], np.float32)),
    )
    monkeypatch.setattr(pairs.PairReader, "read", lambda *_: reading)
    made = pair("abcd", "efgh")
    found = check(replace(made, reader=Reader((4, 4), shipped().encoder)))
    assert found.passed is False
    assert found.evidence == ((1, 3),)
    assert "another time" in found.detail
    assert "fg" in found.detail
    assert "c" in found.detail


def test_what_ships_is_whole():
    reader = shipped()
    assert {"en", "es", "fr", "de", "zh", "ja", "ar", "hi", "ru"} <= set(reader.limits)
    assert all(np.isfinite(limit) for limit in reader.limits.values())
    assert set(reader.kinds) == set(kinds())


def test_weights_that_cannot_be_read_are_an_error(monkeypatch, tmp_path):
    (tmp_path / "same.safetensors").write_bytes(b"nothing")
    monkeypatch.setattr(same, "files", lambda _: tmp_path)
    shipped.cache_clear()
    try:
        with pytest.raises(ModelError) as raised:
            shipped()
        assert raised.value.code == "pairs.weights"
    finally:
        shipped.cache_clear()


@pytest.fixture(scope="module")
def tongli():
    return Tongli().load()


@pytest.mark.models
@pytest.mark.parametrize("lang", GOOD)
def test_languages(pair, tongli, lang):
    assert check(replace(pair(SOURCE, GOOD[lang], target=lang), reader=tongli)).passed
    found = check(replace(pair(SOURCE, BAD[lang], target=lang), reader=tongli))
    assert found.passed is False, found
