"""What went wrong is found where joy may be irony, and nowhere else."""

from __future__ import annotations

import pytest

from tongli.core import Language, Message, Reading
from tongli.empathy.mishap import tells_of_a_mishap


def told(text: str, lang: str) -> bool:
    return tells_of_a_mishap(Reading(message=Message(text), language=Language(tag=lang, score=1.0)))


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("ar", "رائع، تأخير جديد في رحلتي!"),
        ("ar", "ممتاز، التطبيق لا يعمل مرة أخرى."),
        ("de", "Na super, schon wieder Verspätung. Genau das hat mir gefehlt."),
        ("de", "Herrlich, das Gerät ist nach zwei Tagen kaputt."),
        ("en", "Oh great, another delay. Just what I needed."),
        ("en", "Wonderful, my parcel arrived broken!"),
        ("en", "Love it when the app crashes right before checkout."),
        ("es-MX", "Qué maravilla, otra vez retrasado el vuelo."),
        ("es", "Genial, la lavadora no funciona."),
        ("fa", "عالی شد، باز هم تاخیر!"),
        ("fr", "Génial, encore un retard !"),
        ("fr", "Bravo, ça ne marche toujours pas."),
        ("hi", "वाह, ट्रेन फिर देरी से आई।"),
        ("id", "Hebat, paket saya terlambat lagi."),
        ("it", "Fantastico, un altro ritardo!"),
        ("ja", "最高ですね、また遅延です。"),
        ("ko", "훌륭하네요, 또 고장이에요."),
        ("nl", "Geweldig, weer vertraging."),
        ("pl", "Super, znowu opóźnienie."),
        ("pt-BR", "Que ótimo, mais um atraso."),
        ("ru", "Прекрасно, опять задержка рейса."),
        ("sv", "Toppen, tåget är försenat igen."),
        ("sw", "Vizuri sana, basi limechelewa, imechelewa tena."),
        ("tr", "Harika, uçak yine gecikti."),
        ("uk", "Чудово, знову затримка."),
        ("vi", "Tuyệt vời, chuyến bay lại bị hoãn."),
        ("zh-TW", "太棒了，又誤點了。"),
        ("zh", "太好了，手机又坏了。"),
    ],
)
def test_found(lang: str, text: str) -> None:
    assert told(text, lang)


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("ar", "رائع، وصل الطلب بدون تأخير!"),
        ("de", "Super, ohne jede Verspätung angekommen!"),
        ("de", "Danke, der Fehler ist behoben, ich freue mich sehr."),
        ("en", "Great, it came without any delay!"),
        ("en", "You fixed the bug, I'm so happy!"),
        ("en", "Thanks a lot for fixing the bug so quickly!"),
        ("en", "We won the cup, what a night!"),
        ("en", "I love working with your team, lately more than ever."),
        ("es", "¡Genial, llegó sin ningún retraso!"),
        ("es", "¡Aprobé el examen!"),
        ("fa", "عالی بود، بدون تاخیر رسید."),
        ("fr", "Génial, livré sans le moindre retard !"),
        ("hi", "वाह, बिना किसी देरी के मिल गया।"),
        ("id", "Hebat, sampai tanpa keterlambatan."),
        ("it", "Fantastico, arrivato senza ritardi!"),
        ("ja", "最高です、遅れることなく届きました。"),
        ("ko", "훌륭해요, 지연 없이 왔어요."),
        ("nl", "Geweldig, zonder vertraging aangekomen!"),
        ("pl", "Super, bez żadnych opóźnień!"),
        ("pt-BR", "Que ótimo, chegou sem atraso."),
        ("ru", "Прекрасно, доставили без задержек!"),
        ("sv", "Toppen, utan några förseningar!"),
        ("sw", "Vizuri sana, imefika bila kuchelewa."),
        ("tr", "Harika, gecikme olmadan geldi."),
        ("uk", "Чудово, приїхало без затримок."),
        ("vi", "Tuyệt vời, hàng đến không bị trễ."),
        ("zh", "太好了，没有延误！"),
        ("zh-TW", "太棒了，問題解決了，之前一直報錯。"),
        ("xx", "Oh great, another delay."),
    ],
)
def test_not_found(lang: str, text: str) -> None:
    assert not told(text, lang)
