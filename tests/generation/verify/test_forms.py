import pytest

from tongli.core import Person, PronounSet
from tongli.generation.verify import forms

SHE = PronounSet(subject="she", object="her", determiner="her", possessive="hers", reflexive="herself")
HE = PronounSet(subject="he", object="him", determiner="his", possessive="his", reflexive="himself")
XE = PronounSet(subject="xe", object="xem", determiner="xyr", possessive="xyrs", reflexive="xemself")

ADDRESSED = [
    ("de", "Wir melden uns bei Ihnen.", "Wir melden uns bei dir."),
    ("fr", "Nous vous répondrons bientôt.", "Nous te répondrons bientôt."),
    ("es", "Le escribiremos a usted pronto.", "Te escribiremos pronto."),
    ("it", "Capiamo, le scriveremo presto.", "Capiamo che sei giù, ti scriveremo."),
    ("pt", "Entendemos o senhor.", "Nós entendemos a tua mensagem."),
    ("ru", "Мы ответим вам скоро.", "Мы ответим тебе скоро."),
    ("hi", "हम आपको जल्द लिखेंगे।", "हम तुम्हें जल्द लिखेंगे।"),
    ("nl", "Wij helpen u graag.", "Wij helpen jou graag."),
    ("pl", "Dziękujemy, że Państwo do nas piszą.", "Przykro nam, że tak się czujesz."),
    ("tr", "Size yardım etmek isteriz.", "Sana yardım etmek isteriz."),
    ("zh", "我们会尽快回复您。", "我们会尽快回复你。"),
    ("uk", "Ми відповімо вам скоро.", "Ми відповімо тобі скоро."),
    ("sv", "Vi hjälper er gärna.", "Vi hjälper dig gärna."),
    ("id", "Kami akan membantu Anda.", "Kami akan membalas pesanmu."),
    ("vi", "Chúng tôi sẽ trả lời quý khách.", "Chúng tôi sẽ trả lời bạn."),
    ("fa", "ما به شما کمک می‌کنیم.", "ما به تو کمک می‌کنیم."),
]


@pytest.mark.parametrize(("lang", "formal", "informal"), ADDRESSED)
def test_address(subject, lang, formal, informal):
    for wanted, right, wrong in (("formal", formal, informal), ("informal", informal, formal)):
        culture = {"address": wanted}
        assert forms.wrong_address(subject(right, lang=lang, culture=culture)) == []
        found = forms.check(subject(wrong, lang=lang, culture=culture))
        assert found.passed is False, wrong
        assert "form of address" in found.detail
        assert found.evidence


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("ja", "すぐ調べるよ。"),
        ("ja", "お前の荷物です。"),
        ("ko", "네가 화난 거 알아요."),
        ("ko", "곧 알려줄게."),
    ],
)
def test_plain_speech_is_wrong_where_polite_speech_is_asked_for(subject, lang, text):
    assert forms.check(subject(text, lang=lang)).passed is False


@pytest.mark.parametrize(("lang", "text"), [("ja", "すぐお調べします。"), ("ko", "곧 알려 드리겠습니다.")])
def test_polite_speech_is_never_wrong(subject, lang, text):
    for address in ("formal", "informal"):
        assert forms.check(subject(text, lang=lang, culture={"address": address})).passed is True


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("de", "Sie schrieben „du bist schuld“, das tut uns leid."),
        ("fr", "Le rendez-vous est noté : https://x.test/tu/toi"),
        ("es", "Lo sentimos."),
        ("zh", "我们很抱歉。"),
        ("vi", "Chúng tôi rất tiếc về người bạn đời đã mất."),
        ("pl", "Przepraszamy za opóźnienie."),
        ("id", "Kami bertemu tamu dan mencari ilmu."),
    ],
)
def test_quotations_links_and_neutral_wording_are_fine(subject, lang, text):
    for address in ("formal", "informal"):
        assert forms.wrong_address(subject(text, lang=lang, culture={"address": address})) == []


GENDERED = [
    ("es", "Entiendo que estás muy cansado.", "Entiendo que estás muy cansada."),
    ("pt", "Você está tão preocupado.", "Você está tão preocupada."),
    ("fr", "Je comprends que tu es très déçu.", "Je comprends que tu es très déçue."),
    ("it", "Capisco che sei molto deluso.", "Capisco che sei molto delusa."),
    ("ru", "Жаль, что ты так расстроен.", "Жаль, что ты так расстроена."),
    ("pl", "Dobrze, że napisałeś.", "Dobrze, że napisałaś."),
    ("hi", "तुम बहुत परेशान हो रहे हो।", "तुम बहुत परेशान हो रही हो।"),
    ("ar", "عزيزي، نحن آسفون.", "عزيزتي، نحن آسفون."),
    ("uk", "Шкода, що ти так засмучений.", "Шкода, що ти так засмучена."),
    ("vi", "Cảm ơn anh.", "Cảm ơn chị."),
    ("id", "Halo Pak, terima kasih.", "Halo Bu, terima kasih."),
    ("fa", "جناب گرامی، سپاس.", "سرکار گرامی، سپاس."),
    ("sv", "Bäste herr, tack.", "Kära fru, tack."),
    ("sw", "Asante Bwana.", "Asante Bibi."),
    ("en", "We are sorry, sir.", "We are sorry, ma'am."),
    ("de", "Sehr geehrter Kunde, danke.", "Liebe Kundin, danke."),
]


@pytest.mark.parametrize(("lang", "masculine", "feminine"), GENDERED)
def test_agreement(subject, lang, masculine, feminine):
    for wish, fine in ((None, []), ("neutral", []), ("masculine", [masculine]), ("feminine", [feminine])):
        for text in (masculine, feminine):
            spans = forms.wrong_agreement(subject(text, lang=lang, agreement=wish))
            assert (spans == []) == (text in fine), (wish, text)


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("es", "Te damos la bienvenida. El plazo estimado es corto."),
        ("it", "Ti diamo il benvenuto. Il pacco non è caro."),
        ("fr", "Nous vous souhaitons la bienvenue. Ce n'est pas cher. Vous êtes ici."),
        ("pt", "Boas-vindas! Obrigado pela mensagem, a pessoa foi avisada."),
        ("ru", "Мы рады, что вы написали. Спасибо."),
        ("de", "Das wäre uns lieber gewesen. Liebe Grüße"),
        ("en", "I miss you. The ladybird mrsa."),
        ("vi", "Quý anh chị nói tiếng Anh, chúng tôi chú ý đến nỗi cô đơn ấy."),
        ("uk", "Ви написали нам, ми раді."),
        ("sw", "Pole kwa kumpoteza bibi yako."),
    ],
)
def test_neutral_wording_shows_no_gender(subject, lang, text):
    assert forms.wrong_agreement(subject(text, lang=lang)) == []


def test_a_declared_salutation_is_not_a_guess(subject):
    made = subject("Guten Tag Frau Weber, danke.", lang="de", culture={"salutation": "Frau Weber"})
    assert forms.check(made).passed is True


def test_a_language_without_rules_abstains(subject):
    assert forms.check(subject("Ni dupe.", lang="yo")).passed is None


@pytest.mark.parametrize(
    ("sets", "text", "wrong"),
    [
        ((SHE,), "Ana asked us, and we wrote to her.", []),
        ((SHE,), "Ana asked us, and we wrote to him.", ["him"]),
        ((SHE, HE), "Ana asked us, and we wrote to him.", []),
        ((XE,), "Ana said she waited. His parcel is late.", ["she", "His"]),
        ((), "Ana said she waited.", ["she"]),
        (None, "Ana said she waited.", []),
        ((XE,), "Hi Ana, the driver lost his keys.", []),
        ((XE,), "Thanks, Ana. He will call.", []),
        ((XE,), "Ana waited. It rained. He will call.", []),
        ((XE,), "Ana waited. Tom said he would call.", []),
        ((XE,), "Anabel said she waited.", []),
    ],
)
def test_pronouns(subject, sets, text, wrong):
    people = {"author": Person(name="Ana"), "mentioned": (Person(name="Tom"),)}
    found = forms.check(subject(text, message=people, pronouns=sets))
    assert [text[start:end] for start, end in found.evidence] == wrong
    assert found.passed is (not wrong)
