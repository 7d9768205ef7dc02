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
        ("Hyvää huomenta", "fi", {}),
        ("whatever", "und", {}),
    ],
)
def test_levels_on_the_scale_of_the_language(read, text, lang, expected):
    assert told(read(text, lang=lang)) == expected


def test_keigo_types_stand_beside_each_other(read):
    found = told(read("社長がいらっしゃいました。後ほどご連絡いたします。", lang="ja"))
    assert {"sonkeigo", "kenjougo", "teineigo"} <= found.keys()


def test_a_level_points_to_its_claim(read):
    (claim,) = [item for item in read("Können Sie?", lang="de").claims if item.dimension == "honorific"]
    assert (claim.claim_id, claim.source) == ("de.address.sie", "address-markers:de")
    (claim,) = [item for item in read("Siz misiniz?", lang="tr").claims if item.dimension == "honorific"]
    assert (claim.label, claim.claim_id) == ("siz", None)


def test_what_is_quoted_is_not_addressed_to_the_reader(read):
    assert told(read("Er rief: „Kannst du kommen?“", lang="de")) == {}
