from contextlib import suppress
from dataclasses import asdict

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongli.core import InputError, Settings
from tongli.encoders import common_words, ngrams
from tongli.encoders.language import THRESHOLD, _usual, canonical, identify, identify_many

# Written for these tests: one everyday message a language.
MESSAGES = {
    "en": "I have been waiting for two weeks and nobody answers my emails.",
    "es": "Llevo dos semanas esperando y nadie contesta a mis correos.",
    "fr": "J'attends depuis deux semaines et personne ne répond à mes messages.",
    "de": "Ich warte seit zwei Wochen und niemand antwortet auf meine Nachrichten.",
    "pt": "Estou esperando há duas semanas e ninguém responde às minhas mensagens.",
    "it": "Aspetto da due settimane e nessuno risponde ai miei messaggi.",
    "nl": "Ik wacht al twee weken en niemand beantwoordt mijn berichten.",
    "pl": "Czekam od dwóch tygodni i nikt nie odpowiada na moje wiadomości.",
    "ru": "Я жду уже две недели, и никто не отвечает на мои письма.",
    "uk": "Я чекаю вже два тижні, і ніхто не відповідає на мої листи.",
    "tr": "İki haftadır bekliyorum ve kimse mesajlarıma cevap vermiyor.",
    "ar": "أنتظر منذ أسبوعين ولا أحد يجيب على رسائلي.",
    "fa": "دو هفته است که منتظرم و هیچ‌کس به پیام‌های من جواب نمی‌دهد.",
    "hi": "मैं दो हफ़्ते से इंतज़ार कर रहा हूँ और कोई जवाब नहीं दे रहा है।",
    "id": "Saya sudah menunggu dua minggu dan tidak ada yang membalas pesan saya.",
    "vi": "Tôi đã chờ hai tuần rồi mà không ai trả lời tin nhắn của tôi.",
    "th": "ฉันรอมาสองสัปดาห์แล้วแต่ไม่มีใครตอบเลย",
    "ko": "두 주째 기다리고 있는데 아무도 답장을 안 해 줘요.",
    "ja": "もう二週間も待っているのに、誰も返事をくれません。",
    "zh": "我已经等了两个星期，没有人回复我的邮件。",
    "zh-Hant": "我已經等了兩個星期，沒有人回覆我的郵件。",
    "sw": "Nimesubiri wiki mbili na hakuna mtu anayejibu ujumbe wangu.",
    "el": "Περιμένω δύο εβδομάδες και κανείς δεν απαντά.",
    "he": "אני מחכה כבר שבועיים ואף אחד לא עונה.",
    "am": "ሁለት ሳምንት ጠብቄያለሁ ግን ማንም መልስ አልሰጠኝም።",
}


@pytest.mark.parametrize("tag", MESSAGES)
def test_everyday_messages(tag):
    found = identify(MESSAGES[tag])
    assert found.tag == tag
    assert not found.abstained
    assert not found.declared
    assert found.others == ()


# Written for these tests: three words or so.
BRIEF = {
    "en": ("My dog died", "Not funny.", "so tired today", "Leave me alone"),
    "es": ("Estoy muy cansado", "No me gusta", "qué asco", "Mi perro murió"),
    "fr": ("Je suis fatigué", "Laisse-moi tranquille", "C'est nul"),
    "de": ("Mein Hund ist tot", "Wo bist du?", "Lass mich in Ruhe"),
    "it": ("Che schifo", "Sono stanco", "Il mio cane è morto"),
    "pt": ("Meu cachorro morreu", "Estou cansado", "Deixe-me em paz"),
    "nl": ("Ik ben moe", "Mijn hond is dood"),
    "sv": ("Jag är trött", "Lämna mig ifred"),
    "pl": ("Jestem zmęczony", "Mój pies umarł"),
    "tr": ("Çok yorgunum", "Köpeğim öldü"),
    "id": ("Aku lelah", "Anjingku mati"),
    "sw": ("Nimechoka sana", "Niache peke yangu"),
    "uk": ("Мій пес помер", "Дай мені спокій"),
    "ro": ("Sunt obosit", "Lasă-mă în pace"),
}


@pytest.mark.parametrize(("tag", "text"), [(tag, text) for tag, texts in BRIEF.items() for text in texts])
def test_brief_messages(tag, text):
    assert identify(text).tag == tag


def test_labels_are_canonical():
    labels = {label for label, _ in ngrams.load(Settings.from_env().cache).rank("a")}
    told = {label: _usual(label) for label in labels | set(common_words.load().languages)}
    assert told["tl"] == "fil"
    assert told["en"] == "en"
    assert all(tag == canonical(tag) for label, tag in told.items() if label != "zxx")


@pytest.mark.parametrize("text", ["", "  ", "123 €", "😀🎉", "?!", "\x00\ud800", "https://example.org/hello"])
def test_without_letters_nothing_is_said(text):
    assert asdict(identify(text)) == {
        "tag": "und",
        "score": 0.0,
        "declared": False,
        "abstained": True,
        "others": (),
    }


@pytest.mark.parametrize("text", ["lol", "zzz qqq", "Ana", "了解"])
def test_too_little_to_tell_abstains(text):
    found = identify(text)
    assert found.abstained
    assert found.score < THRESHOLD


def test_mark_up_is_not_read():
    noisy = '<a href="https://example.org/thank-you">@please #help</a> {} 😡 https://example.com/in/english'
    for tag in ("fr", "ru", "tr"):
        assert identify(noisy.format(MESSAGES[tag])).tag == tag


@pytest.mark.parametrize(
    ("main", "other"), [("de", "en"), ("en", "es"), ("ru", "de"), ("fr", "ar"), ("ja", "en")]
)
def test_whole_sentences_in_another_language_are_reported(main, other):
    found = identify(f"{MESSAGES[main]} {MESSAGES[main]}\n{MESSAGES[other]}")
    assert found.tag == main
    assert [tag for tag, _ in found.others] == [other]
    assert 0.1 <= found.others[0][1] <= 0.6


def test_loan_words_and_names_are_no_other_language():
    assert identify("Das Meeting mit Mr. Smith war ein Desaster. Ich bin ziemlich enttäuscht.").others == ()
    assert identify("週末に New York と San Francisco に行きます。とても楽しみです。").others == ()


def test_the_declared_language_wins():
    found = identify(MESSAGES["en"], declared="pt_br")
    assert asdict(found) == {
        "tag": "pt-BR",
        "score": 1.0,
        "declared": True,
        "abstained": False,
        "others": (),
    }
    assert identify(MESSAGES["en"], declared="und").tag == "en"


@pytest.mark.parametrize(
    ("given_tag", "expected"),
    [("EN", "en"), ("iw", "he"), ("zh-hant-tw", "zh-Hant-TW"), ("es_419", "es-419"), ("pcm", "pcm")],
)
def test_canonical(given_tag, expected):
    assert canonical(given_tag) == expected


@pytest.mark.parametrize("nonsense", ["", " ", "english", "xx", "zzz", "e", "en-", "1", "e n", "en\x00", "–"])
def test_a_declared_tag_that_names_no_language(nonsense):
    with pytest.raises(InputError) as caught:
        identify("Hello", declared=nonsense)
    assert caught.value.code == "input.lang"


@given(st.text(max_size=20))
def test_canonical_is_stable_or_refuses(tag):
    with suppress(InputError):
        found = canonical(tag)
        assert canonical(found) == found


@given(st.text(max_size=300))
def test_any_text_gets_an_honest_answer(text):
    found = identify(text)
    assert 0.0 <= found.score <= 1.0
    assert found.abstained == (found.score < THRESHOLD)
    assert found.tag == "und" or canonical(found.tag) == found.tag
    assert sum(share for _, share in found.others) <= 1.001
    assert found.tag not in dict(found.others)


def test_many_keeps_the_order():
    texts = [MESSAGES["ko"], MESSAGES["it"], MESSAGES["it"]]
    assert [item.tag for item in identify_many(texts, declared=[None, None, "fr"])] == ["ko", "it", "fr"]
    assert identify_many(texts) == [identify(text) for text in texts]
    with pytest.raises(ValueError, match="argument 2"):
        identify_many(texts, declared=[None])
