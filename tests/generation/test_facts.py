import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tongli.generation.fact_patterns import fact_pattern
from tongli.generation.facts import _find, extract_facts, fold

KINDS = {"number", "date", "url", "email", "reference", "amount", "time", "percent"}
# Characters that facts are made of, so that random texts hit the patterns.
FACT_LIKE = st.text(alphabet="0129٣५５.,:/-#+%€ $元月日年点hpm@AbZé\u00a0wöтá5March марта", max_size=60)


def found(text):
    return [(fact.kind, fact.value) for fact in extract_facts(text)]


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("My order 48291 is late.", [("reference", "48291")]),
        ("Order A-1042, please", [("reference", "A-1042")]),
        ("Ticket #90210!", [("reference", "90210")]),
        ("Bestellnummer: 4711", [("reference", "4711")]),
        ("commande n° 55123", [("reference", "55123")]),
        ("заказ № 55123", [("reference", "55123")]),
        ("订单号４８２９１", [("reference", "48291")]),
        ("注文番号：Ａ１０４２", [("reference", "A1042")]),
        ("주문번호 20231", [("reference", "20231")]),
        ("طلب رقم ٤٥٦٧٨", [("reference", "45678")]),
        ("ऑर्डर नंबर १२३४५", [("reference", "12345")]),
        ("Call +49 30 1234567 now", [("reference", "+49301234567")]),
        ("tracking 1Z999AA10123456784", [("reference", "1Z999AA10123456784")]),
        ("I ordered 250 shirts", [("number", "250")]),
        (
            "10kg, 256GB, 2nd, covid-19",
            [("number", "10"), ("number", "256"), ("number", "2"), ("number", "19")],
        ),
        ("between 5-10 days", [("number", "5"), ("number", "10")]),
        ("see https://ex.com/a?b=1.", [("url", "https://ex.com/a?b=1")]),
        ("请看https://Ex.cn/a，谢谢", [("url", "https://ex.cn/a")]),
        ("www.ex.com/ ok", [("url", "www.ex.com")]),
        ("mail Ana.B+x@Ex.co.uk", [("email", "ana.b+x@ex.co.uk")]),
        ("邮箱a@ex.cn谢谢", [("email", "a@ex.cn")]),
        ("on 2025-03-04", [("date", "2025-03-04")]),
        ("am 04.03.2025", [("date", "2025-03-04")]),
        ("25/12/2025", [("date", "2025-12-25")]),
        ("12/25/2025", [("date", "2025-12-25")]),
        ("03/04/2025", [("date", "3/4/2025")]),
        ("25/25/2025", [("date", "25/25/2025")]),
        ("March 4th, 2025", [("date", "2025-03-04")]),
        ("4 de marzo de 2025", [("date", "2025-03-04")]),
        ("4. März", [("date", "--03-04")]),
        ("4 марта 2025", [("date", "2025-03-04")]),
        ("2025年3月4日", [("date", "2025-03-04")]),
        ("3월 4일", [("date", "--03-04")]),
        ("٤ مارس ٢٠٢٥", [("date", "2025-03-04")]),
        ("4 मार्च", [("date", "--03-04")]),
        ("ngày 4 tháng 3 năm 2025", [("date", "2025-03-04")]),
        ("may 20 people come", [("number", "20")]),
        ("14:30", [("time", "14:30")]),
        ("2:30 pm", [("time", "14:30")]),
        ("12 a.m. ", [("time", "00:00")]),
        ("14h30", [("time", "14:30")]),
        ("um 14 Uhr", [("time", "14:00")]),
        ("下午3点半", [("time", "03:30")]),
        ("3時間", [("number", "3")]),
        ("20 %", [("percent", "20%")]),
        ("٢٠٪", [("percent", "20%")]),
        ("％".join(("12.50", "")), [("percent", "12.5%")]),
        ("€49.90", [("amount", "49.9 EUR")]),
        ("49,90 €", [("amount", "49.9 EUR")]),
        ("1 299,50 руб.", [("amount", "1299.5 RUB")]),
        ("₹1,23,456", [("amount", "123456 INR")]),
        ("R$ 1.000,00", [("amount", "1000 BRL")]),
        ("5,000원", [("amount", "5000 KRW")]),
        ("$50", [("amount", "50 $")]),
        ("US$50", [("amount", "50 USD")]),
        ("1,234.5", [("number", "1234.5")]),
        ("1.2.3", [("number", "1.2.3")]),
        ("no facts at all", []),
        ("https://", []),
        ("", []),
    ],
)
def test_facts(text, facts):
    assert found(text) == facts


@given(st.one_of(FACT_LIKE, st.text(max_size=200)))
@example("\U0001f600 №4711 €5")
@example("5 मार्च")
def test_spans_are_exact_ordered_and_apart(text):
    end = 0
    for fact in extract_facts(text):
        assert fact.kind in KINDS
        assert end <= fact.span[0] < fact.span[1] <= len(text)
        assert fact.text == text[slice(*fact.span)]
        assert fact.value
        end = fact.span[1]


@given(st.text(max_size=200))
def test_folding_keeps_the_length_and_is_stable(text):
    assert len(fold(text)) == len(text)
    assert fold(fold(text)) == fold(text)


@given(st.integers(0, 10**12), st.sampled_from("0٠۰०০０᠐"))
def test_digits_of_every_script_have_the_same_value(number, zero):
    written = "".join(chr(ord(zero) + int(digit)) for digit in str(number))
    assert found(written) == found(str(number))


@given(st.text(alphabet="0129.,-", max_size=40))
def test_no_digit_is_lost(text):
    covered = {at for fact in extract_facts(text) for at in range(*fact.span)}
    assert {at for at, char in enumerate(text) if char.isdigit()} <= covered


@given(FACT_LIKE | st.text(max_size=60))
@example("Mail me at a@b.example or www.example.org, 5月 or ٣ o'clock")
@example("no fact")
def test_no_text_is_passed_over_that_holds_a_fact(text):
    assert [fact.span for fact in extract_facts(text)] == [span for _, span in _find(fold(text))]


@pytest.mark.parametrize(
    "unit", ["1", "a1", "1,", "a@", "http://", "1 234 ", "-1", "#", "€", "a-", "+1 ", "order "]
)
def test_time_grows_with_the_length_only(unit):
    fact_pattern()
    short, long = ((unit * (size // len(unit)))[:size] for size in (5_000, 40_000))
    began = time.process_time()
    extract_facts(short)
    middle = time.process_time()
    extract_facts(long)
    # Quadratic time would be 64 times as long; the constant covers collecting garbage.
    assert time.process_time() - middle < 30 * (middle - began) + 1.0


@pytest.mark.parametrize(
    ("text", "reference"),
    [
        ("Order KX-77 is late.", "KX-77"),
        ("Il pacco 7781 è rotto.", "7781"),
        ("Vorrei disdire l'abbonamento 4509.", "4509"),
        ("Pesanan saya 4412 belum sampai.", "4412"),
        ("Mzigo wangu 221 haujafika.", "221"),
        ("訂單號碼4410還沒有收到。", "4410"),
    ],
)
def test_more_words_announce_a_reference(text, reference):
    assert [fact.text for fact in extract_facts(text) if fact.kind == "reference"] == [reference]


def test_a_short_mixed_word_alone_is_no_reference():
    assert all(fact.kind != "reference" for fact in extract_facts("We saw a B-52 and an F-16."))


@pytest.mark.parametrize(
    "text",
    [
        "12345 numaralı siparişim gelmedi.",
        "12345 no'lu faturam yanlış.",
        "12345번 주문이 안 왔어요.",
        "12345番の注文が届きません。",
        "12345号订单还没到。",
    ],
)
def test_a_word_behind_it_announces_a_reference_too(text):
    assert found(text) == [("reference", "12345")]


def test_other_words_behind_a_number_announce_nothing():
    assert found("Depoda 12345 kutu var.") == [("number", "12345")]
