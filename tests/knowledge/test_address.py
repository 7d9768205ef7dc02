import gzip
import json
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongli.knowledge.address import AddressUse, blank_quotations, find_address
from tongli.knowledge.locales import languages, profile

CASES = [
    ("de", "Können Sie mir bitte helfen?", "formal"),
    ("de", "Kannst du mir helfen?", "informal"),
    ("de", "Sie ist gestern angekommen.", None),
    ("de", "Ich habe sie gestern bestellt.", None),
    ("de", "Mein Chef sagte „du musst warten“.", None),
    ("de", "Können Sie helfen? Ach, du weißt schon.", None),
    ("fr", "Pouvez-vous vérifier ma commande ?", "formal"),
    ("fr", "Tu peux vérifier ?", "informal"),
    ("fr", "Le statut de la commande a changé.", None),
    ("es", "¿Puede usted ayudarme?", "formal"),
    ("es", "¿Me mandas tu número?", "informal"),
    ("es", "Ustedes cerraron ayer.", None),
    ("es", "El virtual tutorial no abre.", None),
    ("it", "Vorrei ringraziarLa.", "formal"),
    ("it", "Mi dici il tuo nome?", "informal"),
    ("it", "Ieri lei non c'era.", None),
    ("nl", "Kunt u mij helpen?", "formal"),
    ("nl", "Kun jij me helpen?", "informal"),
    ("nl", "Je weet maar nooit.", None),
    ("ru", "Когда вы отправите заказ?", "formal"),
    ("ru", "Ты не видел мой заказ?", "informal"),
    ("ru", "Новый заказ ещё в пути.", None),
    ("ru", "Подождите минуту.", "formal"),
    ("ru", "Куда идёте?", "formal"),
    ("ru", "Куда идёшь?", "informal"),
    ("ru", "Не волнуйся, всё готово.", "informal"),
    ("ru", "В самолёте лишь дети, на сайте мышь.", None),
    ("ru", "Речь о кредите, билете и бюджете.", None),
    ("uk", "Коли ви надішлете?", "formal"),
    ("uk", "Де твій магазин?", "informal"),
    ("pl", "Czy mogą Państwo sprawdzić?", "formal"),
    ("pl", "Sprawdź, proszę cię.", "informal"),
    ("tr", "Size bir soru sormak istiyorum.", "formal"),
    ("tr", "Sana bir şey soracağım.", "informal"),
    ("hi", "क्या आप मेरी मदद कर सकते हैं?", "formal"),
    ("hi", "तुम कब भेजोगे?", "informal"),
    ("hi", "आपस में बात हुई।", None),
    ("zh", "您能帮我看看吗？", "formal"),
    ("zh", "你能帮我看看吗？", "informal"),
    ("zh", "你们什么时候发货？", None),
    ("ja", "注文がまだ届きません。", "formal"),
    ("ja", "まだ届かない。", None),
    ("ko", "아직 안 왔어요.", "formal"),
    ("ko", "그러니까 아직 안 왔어", None),
    ("id", "Apakah Anda bisa membantu?", "formal"),
    ("id", "Kamu bisa bantu?", "informal"),
    ("vi", "Quý công ty cho tôi hỏi.", "formal"),
    ("pt", "Tu podes ajudar?", "informal"),
    ("pt", "Você pode ajudar?", None),
    ("ar", "أرجو من حضرتك المساعدة", "formal"),
    ("fa", "آیا شما می‌توانید کمک کنید؟", "formal"),
    ("en", "Can you help me?", None),
    ("sv", "Kan du hjälpa mig?", None),
]


@pytest.mark.parametrize(("lang", "text", "form"), CASES)
def test_clear_markers_decide_and_the_rest_abstains(lang, text, form):
    assert find_address(text, profile(lang)).decided == form


def test_both_forms_are_mixed():
    use = find_address("Können Sie helfen? Oder kannst du?", profile("de"))
    assert use.mixed
    assert use.decided is None


def test_spans_are_the_markers():
    text = "🙂 Kannst du dir das ansehen?"
    assert [text[start:end] for start, end in find_address(text, profile("de")).informal] == ["du", "dir"]


@given(st.text(max_size=200), st.sampled_from(languages()))
def test_spans_lie_in_the_text_and_blanking_moves_nothing(text, lang):
    assert len(blank_quotations(text)) == len(text)
    use = find_address(text, profile(lang))
    for start, end in use.formal + use.informal:
        assert 0 <= start < end <= len(text)


@pytest.mark.parametrize(
    "text", ['"' * 20_000, "„" * 20_000, "a@" * 20_000, "du " * 20_000, "http://" * 5_000]
)
def test_long_texts_are_read_in_linear_time(text):
    assert isinstance(find_address(text, profile("de")), AddressUse)


@pytest.mark.shared
def test_markers_agree_with_the_labels_of_parallel_data(shared_data):
    counts = Counter()
    with gzip.open(shared_data / "formality_mt" / "train.jsonl.gz", "rt", encoding="utf-8") as lines:
        for record in map(json.loads, lines):
            for label in ("formal", "informal"):
                if record[f"{label}_spans"]:
                    decided = find_address(record[label], profile(record["lang"])).decided
                    counts[record["lang"], decided and decided == label] += 1
    for lang in {lang for lang, _ in counts}:
        right, wrong = counts[lang, True], counts[lang, False]
        assert right / (right + wrong) >= 0.98, lang
