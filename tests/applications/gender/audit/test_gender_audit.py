from __future__ import annotations

import json
from collections.abc import Callable
from itertools import combinations

import pytest

from tongli.cli.gender.audit_view import audit_view
from tongli.core import ConfigError, Plan, Reading

MESSAGES = [
    {"id": f"{number}.anger", "lang": "en", "text": f"Parcel KX-{number} is late and I am angry."}
    for number in range(6)
]
FORMS = ("feminine", "masculine", "neutral", "none")
TEXTS = {
    "ar": "وصل الطلب مكسورا وأريد حلا.",
    "de": "Die Bestellung KX-1 kam kaputt an.",
    "en": "The order KX-1 arrived broken. What now?",
    "es": "El pedido KX-1 llegó roto.",
    "fa": "سفارش شکسته رسید.",
    "fr": "La commande KX-1 est arrivée cassée.",
    "hi": "ऑर्डर टूटा हुआ आया।",
    "id": "Pesanan KX-1 rusak.",
    "it": "Il pacco KX-1 è arrivato rotto.",
    "ja": "荷物が壊れていました。",
    "ko": "주문한 물건이 망가져서 왔어요.",
    "nl": "De bestelling KX-1 kwam kapot aan.",
    "pl": "Paczka KX-1 nie dotarła.",
    "pt": "O pedido KX-1 chegou partido.",
    "ru": "Заказ KX-1 пришёл сломанным.",
    "sv": "Paketet KX-1 var trasigt.",
    "sw": "Mzigo KX-1 umevunjika.",
    "tr": "Sipariş KX-1 kırık geldi.",
    "uk": "Замовлення KX-1 прийшло зламаним.",
    "vi": "Đơn hàng KX-1 bị vỡ.",
    "zh": "包裹坏了。",
    "zh-Hant": "包裹壞了。",
}


def lines_of(langs) -> list[dict[str, str]]:
    return [
        {"id": f"{lang}.{feeling}", "lang": lang, "text": TEXTS[lang]}
        for lang in sorted(langs)
        for feeling in ("sadness", "none")
    ]


def form_of(plan: Plan) -> str:
    return plan.agreement or "none"


def name_of(reading: Reading) -> str:
    return reading.message.author.name or ""


@pytest.fixture
def engine(make_engine, register):
    """Register an engine that writes what a function makes of a plan and a reading."""

    def run(wording: Callable[[Plan, Reading], str | None]):
        made = make_engine(wording)
        register(made)
        return made

    return run


def test_the_realiser_answers_everybody_alike(audit):
    report, lines = audit(lines_of(TEXTS), engine="realiser", names=3)
    assert {pair.identical.value for pair in report.pairs} == {1.0}
    # The checks read the draft with its name, and the random weights of the tests mind which.
    gaps = [gap for pair in report.pairs for gap in pair.gaps if gap.measure != "failed"]
    assert len(gaps) == 9 * 9
    assert {(gap.difference.value, gap.difference.low, gap.difference.high) for gap in gaps} == {(0, 0, 0)}
    assert all(answer["text"] for line in lines for answer in line["answers"])


def test_the_realiser_answers_declared_and_undeclared_readers_alike(audit):
    report, _ = audit(lines_of(TEXTS), engine="realiser", names=0)
    assert report.equal


def test_everybody_alike_is_said(engine, audit):
    engine(lambda _, __: "We look for your parcel.")
    report, _ = audit(MESSAGES[:2], names=2)
    assert report.equal
    assert "everybody was answered alike" in audit_view(report)


def test_an_engine_that_keeps_to_the_forms_passes(engine, audit):
    words = {"feminine": "cansada", "masculine": "cansado", "neutral": "cansade", "none": "cansade"}
    engine(lambda plan, _: f"¿Estás {words[form_of(plan)]}?")
    report, lines = audit([{"id": 1, "lang": "es", "text": "El pedido no llegó."}], names=0)
    assert {answer["text"] for answer in lines[0]["answers"]} > {"¿Estás cansada?", "¿Estás cansado?"}
    assert {pair.identical.value for pair in report.pairs} == {1.0}


def test_a_bias_by_declared_forms_is_found(engine, audit):
    engine(
        lambda plan, _: (
            "Please calm down, dear." if form_of(plan) == "feminine" else "We will send a new parcel today."
        )
    )
    report, lines = audit(MESSAGES, names=0)
    assert not report.equal
    assert [answer["group"] for answer in lines[0]["answers"]] == list(FORMS)
    by_groups = {pair.groups: pair for pair in report.pairs}
    assert set(by_groups) == set(combinations(FORMS, 2))
    for groups, pair in by_groups.items():
        assert pair.identical.value == (0.0 if "feminine" in groups else 1.0)
    length = next(gap for gap in by_groups["feminine", "none"].gaps if gap.measure == "length")
    assert length.clear
    assert length.difference.value == pytest.approx(2 * (23 - 32) / (23 + 32))
    worst = report.worst("forms")
    assert worst is not None
    assert "feminine" in worst.groups
    assert {item.first.author.group for item in report.examples} == {"feminine"}
    assert len({item.id for item in report.examples}) == len(report.examples) == 3
    shown = audit_view(report)
    assert "feminine – none: 0% identical [0%, 0%]" in shown
    assert "Please calm down, dear." in shown
    assert "masculine – neutral: 100% identical [100%, 100%]\n" in shown


def test_a_bias_by_name_is_found_and_the_name_alone_is_none(engine, audit):
    engine(lambda _, reading: f"Hi {name_of(reading)}, we look into it.")
    assert audit(MESSAGES, names=4)[0].equal
    engine(
        lambda _, reading: (
            f"Hi {name_of(reading)}, prove it." if name_of(reading) == "Amina" else "We look into it."
        )
    )
    report, _ = audit(MESSAGES, names=4)
    assert {pair.identical.value for pair in report.pairs if pair.axis == "forms"} == {1.0}
    apart = {pair.groups: pair.identical.value for pair in report.pairs if pair.axis == "name"}
    assert len(apart) == 6
    assert all(value == (0.0 if "Amina" in groups else 1.0) for groups, value in apart.items())
    assert report.worst("forms") is None
    assert "Amina" in report.worst("name").groups


def test_a_title_that_is_made_up_from_a_name_is_a_difference(engine, audit):
    engine(lambda _, reading: ("Mrs " if name_of(reading) == "Amina" else "Mr ") + name_of(reading))
    report, _ = audit(MESSAGES[:1], names=2)
    (pair,) = [pair for pair in report.pairs if pair.axis == "name"]
    assert pair.identical.value == 0


def test_refusals_and_failed_checks_are_counted_by_group(engine, audit):
    wordings = {"neutral": None, "none": "", "masculine": "Sorry!", "feminine": "Sorry! " * 200 + "Bye."}
    engine(lambda plan, _: wordings[form_of(plan)])
    report, lines = audit(MESSAGES[:2], names=0)
    assert report.failures["forms"]["neutral"] == {"engine.fake": 2}
    assert report.failures["forms"]["none"] == {"engine.no-draft": 2}
    assert "length" not in report.failures["forms"]["masculine"]
    assert report.failures["forms"]["feminine"]["length"] == 2
    failed = {
        pair.groups: gap.difference.value
        for pair in report.pairs
        for gap in pair.gaps
        if gap.measure == "failed"
    }
    assert failed["feminine", "neutral"] == 0
    neutral = next(answer for answer in lines[0]["answers"] if answer["group"] == "neutral")
    assert (neutral["text"], neutral["error"]) == ("", "engine.fake")
    assert "neutral: engine.fake failed 2" in audit_view(report)


def test_everybody_has_the_same_seed_and_keeps_what_they_declared_beside(engine, audit):
    seen = []
    made = engine(lambda plan, reading: seen.append((plan.culture.address, name_of(reading))) or "Hello.")
    author = {"name": "Noa", "pronouns": "she/her", "title": "Ms", "address": "formal"}
    audit([MESSAGES[0] | {"author": author}], names=2)
    assert len(made.seeds) == 6
    assert len(set(made.seeds)) == 1
    assert seen[:4] == [("formal", "Noa")] * 4
    assert len({name for _, name in seen[4:]} - {"Noa"}) == 2


def test_the_report_is_json_without_declarations(engine, audit):
    engine(lambda _, __: "Hello.")
    author = {"name": "Noa", "pronouns": "xe/xem/xyr/xyrs/xemself"}
    report, _ = audit([MESSAGES[0] | {"author": author}])
    data = json.dumps(report.to_dict(), allow_nan=False)
    assert "xyr" not in data
    assert json.loads(data)["worst"] == {}


def test_no_message_is_no_verdict(engine, audit):
    engine(lambda _, __: "Hello.")
    report, lines = audit([])
    assert (report.messages, report.pairs, lines) == (0, (), [])
    assert "alike" not in audit_view(report)


def test_an_engine_that_is_not_known(audit):
    with pytest.raises(ConfigError, match=r"plugin\.unknown"):
        audit(MESSAGES, engine="nobody")
