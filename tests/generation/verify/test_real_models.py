"""The checks with the embedded models: good drafts pass, each bad one fails the check that it should."""

import dataclasses

import pytest

from tongli import Tongli
from tongli.core import (
    CultureContext,
    Draft,
    Language,
    Message,
    ModelError,
    Plan,
    Provenance,
    Reading,
    Settings,
)
from tongli.generation.plan import ACTS
from tongli.generation.verify import verify

pytestmark = pytest.mark.models

ASKED = {
    "anger": {
        "en": "I have waited three weeks for parcel A-1042 and nobody answers me. Unbelievable!",
        "de": "Seit drei Wochen warte ich auf das Paket A-1042 und niemand antwortet. Unverschämt!",
        "es": "Llevo tres semanas esperando el paquete A-1042 y nadie me contesta. ¡Qué vergüenza!",
        "fr": "J'attends le colis A-1042 depuis trois semaines et personne ne répond. C'est scandaleux !",
        "ru": "Три недели жду посылку A-1042, и никто не отвечает. Безобразие!",
        "zh": "包裹A-1042等了三个星期都没到，也没人理我，太过分了！",
        "ja": "荷物A-1042が三週間も届かず、誰も返事をくれません。ひどすぎます！",
        "tr": "Üç haftadır A-1042 numaralı paketi bekliyorum, kimse cevap vermiyor. Bu rezalet!",
        "id": "Saya marah sekali! Tiga minggu menunggu paket A-1042 dan tidak ada yang menjawab.",
        "pl": "Od trzech tygodni czekam na paczkę A-1042 i nikt nie odpisuje. Jestem wściekła!",
        "uk": "Три тижні чекаю на посилку A-1042, і ніхто не відповідає. Це обурливо!",
        "nl": "Ik wacht al drie weken op pakket A-1042 en niemand antwoordt. Schandalig!",
        "sv": "Jag har väntat på paket A-1042 i tre veckor och ingen svarar. Skandal!",
        "vi": "Tôi đợi đơn hàng A-1042 ba tuần rồi mà không ai trả lời. Thật quá đáng!",
        "fa": "سه هفته است منتظر سفارش A-1042 هستم و هیچ‌کس جواب نمی‌دهد. افتضاح است!",
        "sw": "Nimesubiri kifurushi A-1042 wiki tatu na hakuna anayejibu. Nina hasira sana!",
    },
    "sadness": {
        "en": "My dog died this morning and the house is so empty.",
        "de": "Heute Morgen ist mein Hund gestorben, das Haus ist so leer.",
        "es": "Esta mañana murió mi perro y la casa está tan vacía.",
        "fr": "Mon chien est mort ce matin et la maison est si vide.",
        "ru": "Сегодня утром умерла моя собака, дома так пусто.",
        "zh": "我的狗今天早上去世了，家里空荡荡的。",
        "ja": "今朝、犬が亡くなりました。家がとても静かです。",
        "tr": "Bu sabah köpeğim öldü, ev bomboş.",
        "id": "Anjing saya mati tadi pagi dan rumah terasa kosong.",
        "pl": "Dziś rano umarł mój pies i w domu jest tak pusto.",
        "uk": "Сьогодні вранці помер мій собака, удома так порожньо.",
        "nl": "Vanochtend is mijn hond gestorven en het huis is zo leeg.",
        "sv": "I morse dog min hund och huset är så tomt.",
        "vi": "Sáng nay con chó của tôi chết, nhà trống vắng quá.",
        "fa": "امروز صبح سگم مرد و خانه خیلی خالی است.",
        "sw": "Mbwa wangu amekufa asubuhi hii na nyumba iko tupu.",
    },
    "joy": {
        "en": "I passed the exam at last, I could hug the whole world!",
        "de": "Ich habe die Prüfung endlich bestanden, ich könnte die ganze Welt umarmen!",
        "es": "¡Por fin aprobé el examen, abrazaría al mundo entero!",
        "fr": "J'ai enfin réussi l'examen, je suis aux anges !",
        "ru": "Я наконец сдала экзамен, я так счастлива!",
        "zh": "我终于通过考试了，开心得不得了！",
        "ja": "やっと試験に合格しました。嬉しくてたまりません！",
        "tr": "Sonunda sınavı geçtim, çok mutluyum!",
        "id": "Akhirnya saya lulus ujian, senang sekali!",
        "pl": "Nareszcie zdałam egzamin, jestem taka szczęśliwa!",
        "uk": "Я нарешті склала іспит, я така щаслива!",
        "nl": "Ik ben eindelijk geslaagd voor het examen, zo blij!",
        "sv": "Jag klarade äntligen provet, jag är så glad!",
        "vi": "Cuối cùng tôi cũng đỗ kỳ thi, hạnh phúc quá!",
        "fa": "بالاخره در امتحان قبول شدم، خیلی خوشحالم!",
        "sw": "Hatimaye nimefaulu mtihani, nina furaha sana!",
    },
}

GOOD = [
    ("anger", "en", "We are very sorry that parcel A-1042 is so late and that nobody answered you."),
    (
        "anger",
        "en",
        "About A-1042: you have every reason to be upset, and we apologise. We will look for it.",
    ),
    (
        "anger",
        "de",
        "Es tut uns sehr leid, dass das Paket A-1042 nicht da ist und Sie keine Antwort bekamen.",
    ),
    ("anger", "es", "Sentimos mucho el retraso del paquete A-1042 y que nadie le haya contestado."),
    ("anger", "fr", "Nous sommes désolés du retard du colis A-1042 et de vous avoir laissé sans réponse."),
    ("anger", "ru", "Нам очень жаль, что посылка A-1042 задерживается и вам никто не ответил."),
    ("anger", "zh", "包裹A-1042迟迟未到，也没有人回复您，我们非常抱歉。"),
    ("anger", "ja", "荷物A-1042が届かず、お返事も差し上げられず、誠に申し訳ございません。"),
    ("sadness", "en", "I am so sorry that your dog died. The empty house must be very hard to bear."),
    ("sadness", "de", "Es tut uns sehr leid, dass Ihr Hund gestorben ist. Das leere Haus muss schwer sein."),
    pytest.param(
        "sadness",
        "es",
        "Lamentamos mucho la muerte de su perro. La casa vacía debe de doler.",
        marks=pytest.mark.xfail(strict=True, reason="the Spanish head reads disgust into these words"),
    ),
    ("sadness", "fr", "Nous sommes de tout cœur avec vous après la mort de votre chien."),
    ("sadness", "ru", "Нам очень жаль, что ваша собака умерла. Мы вам сочувствуем."),
    ("sadness", "zh", "听到您的狗去世，我们很难过，愿您节哀。"),
    ("sadness", "ja", "ワンちゃんが亡くなられたとのこと、心よりお悔やみ申し上げます。"),
    ("joy", "en", "Congratulations on passing the exam! What a wonderful day, enjoy it."),
    ("joy", "de", "Herzlichen Glückwunsch zur bestandenen Prüfung! Wir freuen uns mit Ihnen."),
    ("joy", "es", "¡Enhorabuena por el examen! Nos alegramos mucho con usted."),
    ("joy", "fr", "Félicitations pour votre examen ! Nous nous réjouissons avec vous."),
    ("joy", "ru", "Поздравляем вас с экзаменом! Мы очень рады за вас."),
    ("joy", "zh", "恭喜您通过考试！我们真为您高兴。"),
    ("joy", "ja", "試験の合格、おめでとうございます！私たちも大変嬉しく思います。"),
]

BAD = [
    ("anger", "en", "Es tut uns sehr leid, dass das Paket A-1042 nicht da ist.", "language"),
    ("anger", "zh", "We are very sorry that parcel A-1042 is so late.", "language"),
    ("anger", "ja", "包裹A-1042迟迟未到，我们非常抱歉，马上处理。", "language"),
    ("anger", "en", "We are sorry that your parcel is so late.", "facts"),
    ("anger", "en", "Parcel A-1042 will arrive within 24 hours.", "facts"),
    ("anger", "de", "Das Paket A-1042 tut mir leid, ich melde mich bei dir.", "forms"),
    ("anger", "fr", "Nous sommes désolés pour le colis A-1042, tu as raison.", "forms"),
    ("anger", "zh", "包裹A-1042迟迟未到，也没有人回复你，非常抱歉。", "forms"),
    ("anger", "es", "Entendemos que está usted muy enfadado por el paquete A-1042.", "forms"),
    ("anger", "en", "Stop whining about A-1042, it is your own fault.", "toxicity"),
    ("anger", "ru", "Хватит ныть про посылку A-1042.", "toxicity"),
    ("anger", "en", "Dear [name], we are sorry about A-1042.", "artefact"),
    ("anger", "en", "As an AI language model, I am sorry about A-1042.", "artefact"),
    ("anger", "en", "I am sick of people like you shouting at us about A-1042!", "emotion"),
    ("sadness", "en", "Haha, what a wonderful day! Great news, let us celebrate!", "emotion"),
    ("sadness", "de", "Super, herzlichen Glückwunsch, wie toll, wir feiern mit Ihnen!", "emotion"),
    ("sadness", "es", "¡Qué alegría, felicidades, vamos a celebrarlo!", "emotion"),
    ("sadness", "zh", "太好了，恭喜恭喜，真开心！", "emotion"),
    ("sadness", "ja", "おめでとうございます！最高に嬉しいですね！", "emotion"),
    ("joy", "en", "That is terrible, I am so sorry, what a tragedy.", "emotion"),
    ("joy", "de", "Das ist furchtbar traurig, es tut uns so leid.", "emotion"),
    ("sadness", "en", "Add two eggs and stir until the batter is smooth.", "meaning"),
    ("sadness", "de", "Das Museum zeigt jetzt eine Sammlung mittelalterlicher Münzen.", "meaning"),
    ("joy", "zh", "加入两个鸡蛋，搅拌到面糊光滑。", "meaning"),
    ("joy", "ru", "В музее открылся новый зал старинных монет.", "meaning"),
]


@pytest.fixture(scope="module")
def reader():
    settings = dataclasses.replace(Settings.from_env(), offline=True)
    try:
        return Tongli(settings=settings).load()
    except ModelError as error:
        pytest.skip(f"the embedded models are not prepared: {error.code}")


def judge(reader, feeling, lang, text):
    culture = CultureContext(lang=lang, locale=lang, register="formal", address="formal")
    plan = Plan(
        culture=culture,
        acts=ACTS[feeling],
        feeling=feeling,
        intensity=2.0,
        keep=("A-1042",) if feeling == "anger" else (),
    )
    asked = next((asked for tag, asked in ASKED[feeling].items() if tag == lang), ASKED[feeling]["en"])
    reading = Reading(message=Message(asked, lang=lang), language=Language(tag=lang, score=1.0))
    draft = Draft(text=text, lang=lang, provenance=Provenance(engine="test"))
    return verify(draft, plan=plan, reading=reading, reader=reader)


@pytest.mark.parametrize(("feeling", "lang", "text"), GOOD)
def test_a_good_draft_passes(reader, feeling, lang, text):
    verdict = judge(reader, feeling, lang, text)
    assert verdict.passed, [(check.name, check.detail) for check in verdict.checks if check.passed is False]


@pytest.mark.parametrize(("feeling", "lang", "text", "name"), BAD)
def test_a_bad_draft_fails_where_it_should(reader, feeling, lang, text, name):
    verdict = judge(reader, feeling, lang, text)
    [check] = [check for check in verdict.checks if check.name == name]
    assert check.passed is False, check.detail


@pytest.mark.parametrize("lang", sorted(ASKED["anger"]))
@pytest.mark.parametrize("feeling", sorted(ASKED))
def test_the_whole_way_ends_with_an_answer(reader, feeling, lang):
    response = reader.respond(Message(ASKED[feeling][lang]), evidence=False)
    assert response.text, response.notes
    assert response.lang.split("-")[0] == lang
    assert not response.needs_person
