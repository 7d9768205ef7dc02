from __future__ import annotations

import pytest


def told(reading):
    text = reading.message.text
    return {
        claim.label: [text[slice(*item.span)] for item in claim.evidence]
        for claim in reading.claims
        if claim.dimension == "honorific"
    }


@pytest.mark.parametrize(
    ("text", "lang", "expected"),
    [
        ("Können Sie mir helfen?", "de", {"Sie": ["Sie"]}),
        ("Kannst du mir helfen?", "de", {"du": ["du"]}),
        ("Vous venez ?", "fr", {"vous": ["Vous"]}),
        ("¿Vos tenés hora?", "es", {"vos": ["Vos", "tenés"]}),
        ("¿Usted lo sabe?", "es", {"usted": ["Usted"]}),
        ("तुम कहाँ हो?", "hi", {"tum": ["तुम"]}),
        ("आप कहाँ हैं?", "hi", {"aap": ["आप"]}),
        ("감사합니다.", "ko", {"hapsyo-che": ["감사합니다"]}),
        ("지금 가고 있어요.", "ko", {"haeyo-che": ["있어요"]}),
        ("贵公司的来信已收到。", "zh", {"敬辞": ["贵公司"]}),
        ("这是鄙人的一点看法。", "zh", {"谦辞": ["鄙人"]}),
        ("你好", "zh", {"你": ["你"]}),
        ("Kula badhe kesah.", "jv", {"krama": ["Kula", "badhe", "kesah"]}),
        (
            "Panjenengan sampun dhahar?",
            "jv",
            {"krama": ["sampun"], "krama-inggil": ["Panjenengan", "dhahar"]},
        ),
        ("明日は早く寝ろ。", "ja", {"futsuu": ["寝ろ"]}),
        ("明日も参加できます。", "ja", {"teineigo": ["ます"]}),
        ("나는 학교에 간다.", "ko", {"haera-che": ["간다"]}),
        ("밥 먹었어?", "ko", {"hae-che": ["먹었어"]}),
        ("이리 와서 앉게.", "ko", {"hage-che": ["앉게"]}),
        ("나는 모르오.", "ko", {"hao-che": ["모르오"]}),
        ("정말 고마워요.", "ko", {"haeyo-che": ["고마워요"]}),
        ("그것이 필요.", "ko", {}),
        ("¿Puedes venir?", "es", {"tú": ["Puedes"]}),
        ("Prends ton manteau, le ton est donné.", "fr", {"tu": ["ton"]}),
        ("Habt ihr Zeit?", "de", {"ihr": ["Habt ihr"]}),
        ("Er gibt ihr Zeit.", "de", {}),
        ("Può mandarmi il Suo indirizzo?", "it", {"Lei": ["Suo"]}),
        ("Good evening, madam.", "en", {"sir-madam": ["madam"]}),
        ("هل أنتم جاهزون؟", "ar", {"antum": ["أنتم"]}),
        ("Hyvää huomenta", "fi", {}),
        ("whatever", "und", {}),
    ],
)
def test_levels_on_the_scale_of_the_language(read, text, lang, expected):
    assert told(read(text, lang=lang)) == expected


def test_keigo_types_stand_beside_each_other(read):
    found = told(read("社長がいらっしゃいました。後ほどご連絡いたします。", lang="ja"))
    assert {"sonkeigo", "kenjougo", "teineigo"} <= found.keys()


def test_a_form_of_respect_does_not_hide_the_level_of_the_sentence(read):
    assert told(read("이쪽으로 오십시오.", lang="ko")).keys() == {"hapsyo-che", "subject-honorific"}


def test_a_level_points_to_its_claim(read):
    (claim,) = [item for item in read("Können Sie?", lang="de").claims if item.dimension == "honorific"]
    assert (claim.claim_id, claim.source) == ("de.address.sie", "address-markers:de")
    (claim,) = [item for item in read("Siz misiniz?", lang="tr").claims if item.dimension == "honorific"]
    assert (claim.label, claim.claim_id) == ("siz", None)


def test_what_is_quoted_is_not_addressed_to_the_reader(read):
    assert told(read("Er rief: „Kannst du kommen?“", lang="de")) == {}
