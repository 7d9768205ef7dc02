"""Messages of our own: commands in a row, reflexives, possessives; no text comes out half changed."""

from __future__ import annotations

import pytest

from tongli.core.edit import apply_edits
from tongli.generation.adapt.register import shift

INFORMAL = [
    ("es", "Gracias por su compra. Conserve su recibo.", "Gracias por tu compra. Conserva tu recibo."),
    ("es", "No se preocupe, le ayudaremos.", "No te preocupes, te ayudaremos."),
    ("es", "¿Puede usted recogerlo en su coche?", "¿Puedes tú recogerlo en tu coche?"),
    ("es", "¿Me lo puede devolver usted hoy?", "¿Me lo puedes devolver tú hoy?"),
    (
        "it",
        "Potrebbe mandarmi il Suo numero? La ringrazio molto.",
        "Potresti mandarmi il tuo numero? Ti ringrazio molto.",
    ),
    (
        "it",
        "Si sieda, per favore, e mi dica che cosa Le fa male.",
        "Siediti, per favore, e dimmi che cosa ti fa male.",
    ),
    ("it", "Si riguardi e mi chiami quando vuole Lei.", "Riguardati e chiamami quando vuoi tu."),
    ("it", "Non si preoccupi, La aiuteremo.", "Non ti preoccupare, ti aiuteremo."),
    ("pt", "Sente-se, por favor, e diga-me o que lhe dói.", "Senta-te, por favor, e diz-me o que te dói."),
    ("pt", "Você não vem? Avise-nos.", "Tu não vens? Avisa-nos."),
    ("nl", "Gaat u zitten en vertelt u me waar u pijn hebt.", "Ga zitten en vertel me waar je pijn hebt."),
    ("nl", "Maakt u zich geen zorgen.", "Maak je geen zorgen."),
    ("ko", "다음에 또 같이 가요.", "다음에 또 같이 가."),
    ("ko", "무리하지 마시고 푹 쉬세요.", "무리하지 말고 푹 쉬어."),
]
FORMAL = [
    ("es", "Siéntate y dime qué te pasa.", "Siéntese y dígame qué le pasa."),
    ("es", "Ponte el abrigo y vete a casa.", "Póngase el abrigo y váyase a casa."),
    ("es", "Haz clic aquí y elige tu plan.", "Haga clic aquí y elija su plan."),
    ("es", "Dile a tu jefe que irás tarde.", "Dígale a su jefe que irá tarde."),
    ("it", "Vuoi che te lo porti domani?", "Vuole che glielo porti domani?"),
    ("it", "Mettiti il cappotto e vai a casa.", "Si metta il cappotto e vada a casa."),
    ("it", "Vieni a trovarmi. Porta anche il tuo cane.", "Venga a trovarmi. Porti anche il suo cane."),
    ("it", "Di' al tuo capo che arriverai tardi.", "Dica al suo capo che arriverà tardi."),
    ("it", "Posso portarti una zuppa.", "Posso portarLe una zuppa."),
    ("pt", "Senta-te e diz-me o que tens.", "Sente-se e diga-me o que tem."),
    (
        "pt",
        "Veste o casaco e vai para casa, que a tua mãe espera.",
        "Vista o casaco e vá para casa, que a sua mãe espera.",
    ),
    ("pt", "Se o vires, avisa-me.", "Se o vir, avise-me."),
    ("pt", "Se gostares, compra.", "Se gostar, compre."),
    ("pt", "Serve o chá à tua mãe.", "Sirva o chá à sua mãe."),
    ("nl", "Klik hier en kies je plan.", "Klik hier en kies uw plan."),
    ("nl", "Ik ben je dankbaar.", "Ik ben u dankbaar."),
    ("de", "Klick hier und wähle deinen Tarif.", "Klicken Sie hier und wählen Sie Ihren Tarif."),
    ("fr", "Ne t'inquiète pas.", "Ne vous inquiétez pas."),
    ("fr", "Clique ici et choisis ton forfait.", "Cliquez ici et choisissez votre forfait."),
    ("hi", "बैठो और बताओ क्या हुआ।", "बैठें और बताएँ क्या हुआ।"),
    ("vi", "Bạn gọi cho mình nhé.", "Quý vị gọi cho tôi nhé."),
]
KEPT = [
    (
        "de",
        "Danke, dass du da bist. Meine Frau grüßt dich.",
        "Danke, dass Sie da sind. Meine Frau grüßt Sie.",
    ),
    ("pt", "Ouço-te. Gostas da tua casa?", "Ouço-te. Gosta da sua casa?"),
    ("vi", "Bạn mua cho mình cái gì?", "Quý vị mua cho mình cái gì ạ?"),
]
"""To formal, where a word only looks like a command or a pronoun."""


def written(text: str, lang: str, to: str) -> str:
    return apply_edits(text, shift(text, lang=lang, to=to).edits)


@pytest.mark.parametrize(("lang", "text", "expected"), INFORMAL)
def test_to_informal(lang, text, expected):
    assert written(text, lang, "informal") == expected


@pytest.mark.parametrize(("lang", "text", "expected"), [*FORMAL, *KEPT])
def test_to_formal(lang, text, expected):
    assert written(text, lang, "formal") == expected


@pytest.mark.parametrize(("lang", "text", "expected"), [*FORMAL, *KEPT])
def test_twice_changes_nothing_more(lang, text, expected):
    assert written(expected, lang, "formal") == expected
