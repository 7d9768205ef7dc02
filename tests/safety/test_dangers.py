"""People who are hurt, in danger or wronged, and what only looks like it: texts of ours in 21 languages."""

import tomllib
from importlib.resources import files

import pytest

from tongli.core import Language, Message, Reading
from tongli.safety.risk import DANGER_NOTE, risk_claims, with_risks

DANGERS = (
    ("en", "I took four of your sleeping tablets by mistake. Is that dangerous?"),
    ("en", "My toddler swallowed a battery from your toy."),
    ("en", "Found a piece of glass in your jam. My daughter cut her lip."),
    ("en", "Your employee refused to serve me because I am Black."),
    ("en", "The charger caught fire last night."),
    ("en", "There is a smell: it smells like gas in my kitchen."),
    ("en", "Your driver sexually harassed me."),
    ("en", "After eating your salad we all got food poisoning."),
    ("en", "My husband beats me and he reads my mail."),
    ("de", "Mein Sohn hat eine Knopfzelle verschluckt."),
    ("de", "Der Akku hat Feuer gefangen."),
    ("de", "Ich wurde von Ihrem Mitarbeiter sexuell belästigt."),
    ("de", "In der Wohnung riecht es nach Gas."),
    ("de", "Ich habe Glas im Joghurt gefunden."),
    ("fr", "Mon fils a avalé une pile."),
    ("fr", "La batterie a pris feu."),
    ("fr", "J'ai trouvé du verre dans votre confiture."),
    ("fr", "Le technicien m'a tenu des propos sexuels."),
    ("es", "Mi hijo de tres años se ha tragado una pila de su juguete."),
    ("es", "El técnico me hizo comentarios sexuales."),
    ("es", "El cargador explotó anoche."),
    ("es", "Me quemé la mano con su plancha."),
    ("pt", "Meu filho engoliu uma pilha."),
    ("pt", "O carregador pegou fogo."),
    ("pt", "Encontrei vidro no doce de vocês."),
    ("it", "Mio figlio ha ingoiato una pila."),
    ("it", "Il caricatore ha preso fuoco."),
    ("it", "Ho trovato del vetro nella marmellata."),
    ("nl", "Mijn dochter heeft een batterij ingeslikt."),
    ("nl", "De oplader heeft vlam gevat."),
    ("sv", "Min son har svalt ett batteri."),
    ("sv", "Laddaren började brinna."),
    ("pl", "Syn połknął baterię z waszej zabawki."),
    ("pl", "Ładowarka zapaliła się w nocy."),
    ("ru", "Мой сын проглотил батарейку."),
    ("ru", "Зарядка загорелась ночью."),
    ("ru", "В банке было стекло в варенье."),
    ("uk", "Мій син проковтнув батарейку."),
    ("uk", "Зарядка загорілася."),
    ("tr", "Oğlum oyuncaktaki pili yuttu."),
    ("tr", "Şarj aleti alev aldı."),
    ("ar", "ابتلع ابني بطارية اللعبة."),
    ("ar", "اشتعلت النار في الشاحن"),
    ("fa", "پسرم باتری را قورت داد."),
    ("fa", "شارژر آتش گرفت."),
    ("hi", "मेरे बेटे ने बैटरी निगल ली।"),
    ("hi", "चार्जर में आग लग गई।"),
    ("sw", "Mtoto wangu amemeza betri."),
    ("sw", "Chaja imeshika moto."),
    ("zh", "我儿子误吞了玩具里的电池。"),
    ("zh", "充电器昨晚起火了。"),
    ("zh", "我在果酱里吃出了玻璃。"),
    ("ja", "子どもが電池を飲み込んでしまいました。"),
    ("ja", "充電器から煙が出ました。"),
    ("ko", "아이가 건전지를 삼켰어요."),
    ("ko", "충전기에 불이 났어요."),
    ("vi", "Con tôi nuốt pin trong đồ chơi."),
    ("vi", "Bộ sạc bốc cháy."),
    ("id", "Anak saya menelan baterai dari mainan itu."),
    ("id", "Charger itu terbakar tadi malam."),
)
HARMLESS = (
    "I drank a glass of water and then the app crashed.",
    "The battery dies after an hour.",
    "Can I take this medicine while pregnant?",
    "This film is fire!",
    "I burned my old CDs.",
    "The glass arrived broken.",
    "He passed out the flyers.",
    "I'm so hungry I could eat a horse.",
    "I'm on fire today, three sales!",
    "The gas bill is too high.",
    "Is there gluten in your bread?",
    "The cut of this dress is great.",
    "My phone takes ages to charge.",
    "The news hit me hard.",
    "Die Batterie ist leer.",
    "Das Glas kam zerbrochen an.",
    "Das Feuer der Begeisterung!",
    "Ich habe zwei Tabletten bestellt.",
    "Darf ich das in der Schwangerschaft nehmen?",
    "La pile est vide.",
    "Le verre est arrivé cassé.",
    "J'ai pris deux billets.",
    "La pila no funciona.",
    "Un partido de infarto.",
    "El vaso llegó roto.",
    "¿Puedo tomar dos pastillas al día?",
    "A pilha acabou.",
    "Quero dois comprimidos por caixa.",
    "La pila è scarica.",
    "Prezzi da infarto!",
    "De batterij is leeg.",
    "Batteriet är slut.",
    "Bateria jest słaba.",
    "Батарейка села.",
    "Стекло пришло разбитым.",
    "Батарея сіла.",
    "Pil çabuk bitiyor.",
    "Bu filme bayıldım!",
    "البطارية فارغة.",
    "باتری تمام شد.",
    "बैटरी जल्दी खत्म होती है।",
    "Betri imeisha.",
    "电池用完了。",
    "这个消息太爆炸性了。",
    "玻璃杯碎了。",
    "電池が切れました。",
    "毎日薬を飲んでいます。",
    "ガラスが割れて届きました。",
    "배터리가 빨리 닳아요.",
    "유리가 깨져서 왔어요.",
    "Pin nhanh hết.",
    "Baterainya cepat habis.",
)


@pytest.mark.parametrize(("lang", "text"), DANGERS)
def test_a_danger_is_heard(lang, text):
    for known in (lang, None, "xx"):
        [claim] = risk_claims(Message(text), lang=known)
        assert (claim.label, claim.source) == ("danger", "rule:danger")


@pytest.mark.parametrize("text", HARMLESS)
def test_ordinary_complaints_and_questions_are_none(text):
    assert risk_claims(Message(text)) == ()


def test_english_is_heard_in_a_text_of_another_language_and_a_third_one_is_not():
    text = "Also die Batterie: my toddler swallowed a battery."
    reading = Reading(message=Message(text), language=Language(tag="de", score=1.0))
    assert with_risks(reading).notes == (DANGER_NOTE,)
    assert risk_claims(Message("Mon fils a avalé une pile."), lang="de") == ()


def test_every_language_of_the_lists_is_tried():
    data = tomllib.loads((files("tongli.safety") / "dangers.toml").read_text(encoding="utf-8"))
    assert data.keys() - {"unlike"} == {lang for lang, _ in DANGERS}
    patterns = [each for words in data.values() for listed in words.values() for each in listed]
    letters = [each.replace("\\S", "") for each in patterns]
    assert letters == [each.lower() for each in letters]
