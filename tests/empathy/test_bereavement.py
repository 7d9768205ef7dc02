"""A death is found where it is told, and nowhere else."""

from __future__ import annotations

import pytest

from tongli.core import Language, Message, Reading
from tongli.empathy.bereavement import bereavement_claim


def told(text: str, lang: str) -> list[str]:
    claim = bereavement_claim(Reading(message=Message(text), language=Language(tag=lang, score=1.0)))
    return [text[slice(*item.span)] for item in claim.evidence] if claim else []


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("ar", "توفي والدي أمس، أرجو إلغاء الاشتراك."),
        ("de", "Mein Vater ist letzte Woche verstorben. Wie kündige ich seinen Vertrag?"),
        ("de", "Ich habe meine Frau verloren."),
        ("en", "Please close the account: my husband has died."),
        ("en", "My sister’s funeral is on Friday."),
        ("en", "There was a death in the family."),
        ("es-MX", "Falleció mi abuela y su línea sigue activa."),
        ("fa", "پدرم دیروز درگذشت."),
        ("fr", "Mon mari nous a quittés en mars."),
        ("hi", "मेरे पिताजी नहीं रहे।"),
        ("id", "Ayah saya meninggal dunia kemarin."),
        ("it", "È mancata mia nonna."),
        ("ja", "先週、祖父が亡くなりました。"),
        ("ko", "할머니께서 지난주에 돌아가셨습니다."),
        ("nl", "Mijn broer is vorige week overleden."),
        ("pl", "W piątek zmarł mój ojciec."),
        ("pt-BR", "Perdi a minha mãe em maio."),
        ("ru", "Вчера скончался мой отец."),
        ("sv", "Min farfar har gått bort."),
        ("sw", "Baba yangu amefariki dunia."),
        ("tr", "Dedem dün vefat etti."),
        ("uk", "Учора помер мій дідусь."),
        ("vi", "Bố tôi vừa qua đời."),
        ("zh-Hant", "我父親上週過世了。"),
    ],
)
def test_found_with_the_words_that_say_it(lang, text):
    [words] = told(text, lang)
    assert words in text


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("de", "Mein Mann hat den Schlüssel verloren."),
        ("de", "Meine Oma wäre vor Lachen gestorben, so gestorben vor Lachen war sie."),
        ("en", "My mother's phone died yesterday."),
        ("en", "I lost my mother's ring."),
        ("en", "My dad died ten years ago and loved this lamp."),
        ("en", "My brother called. The battery died."),
        ("es", "Mi hermano ha muerto de risa con el vídeo."),
        ("fr", "Mon téléphone est mort et ma mère attend."),
        ("ja", "母は携帯をなくしました。"),
        ("ko", "어머니는 집에 돌아가셨어요."),
        ("ru", "У мамы умер телефон."),
        ("tr", "Annemin numarasını kaybettim."),
        ("vi", "Mẹ tôi mất điện thoại."),
        ("zh", "我失去了朋友的信任。"),
        ("eo", "Mia patrino mortis."),
        ("und", "My mother died."),
    ],
)
def test_what_only_looks_like_it(lang, text):
    assert told(text, lang) == []
