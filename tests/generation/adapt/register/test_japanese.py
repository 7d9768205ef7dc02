"""Japanese predicates, particles, quotations and honorific verbs, in sentences that we wrote."""

from __future__ import annotations

import pytest

from tongli.core.edit import apply_edits
from tongli.generation.adapt.register import shift


def written(text: str, to: str) -> str:
    return apply_edits(text, shift(text, lang="ja", to=to).edits)


@pytest.mark.parametrize(
    ("plain", "polite"),
    [
        ("映画を見てるよ。", "映画を見ていますよ。"),
        ("鍵を忘れちゃった。", "鍵を忘れてしまいました。"),
        ("ゴミを捨てる。", "ゴミを捨てます。"),
        ("一緒に泳ごう。", "一緒に泳ぎましょう。"),
        ("昼は外で食べよう。", "昼は外で食べましょう。"),
        ("この店、高いけど、味はいい。", "この店、高いですが、味はいいです。"),
        ("もう遅いから。", "もう遅いですから。"),
        ("もう遅いから、帰る。", "もう遅いから、帰ります。"),
        ("姉が二人いるの。", "姉が二人います。"),
        ("どこに住んでいるの？", "どこに住んでいますか？"),
        ("何曜日なの？", "何曜日なのですか？"),
        ("傘を持っていくかい？", "傘を持っていきますか？"),
        ("雨が降るかな。", "雨が降りますかね。"),
        ("誰の靴かな。", "誰の靴でしょうか。"),
        ("それはいいな。", "それはいいですね。"),
        ("山は寒いだろうね。", "山は寒いでしょうね。"),
        ("冗談のはずさ。", "冗談のはずです。"),
        ("駅まで歩けるかもね。", "駅まで歩けるかもしれませんね。"),
        ("この靴は安くないんだ。", "この靴は安くありません。"),
        ("知らないんだよ。", "知らないんですよ。"),
        ("値段は少ない。", "値段は少ないです。"),
        ("犯人に違いない。", "犯人に違いありません。"),
        ("もう泳いだ？", "もう泳ぎましたか？"),
        ("旅行は好き？", "旅行は好きですか？"),
        ("それはPDF？", "それはPDFですか？"),
        ("窓を開けたまま出てきた笑", "窓を開けたまま出てきました笑"),
        ("道に迷ってしまった...", "道に迷ってしまいました..."),
        ("使わないで！", "使わないでください！"),
        ("また来てね。", "また来てくださいね。"),
        ("そうよ。", "そうですよ。"),
        ("俺の自転車だ。", "私の自転車です。"),
    ],
)
def test_clauses_become_polite_with_their_particles(plain, polite):
    assert written(plain, "formal") == polite
    assert written(polite, "formal") == polite


@pytest.mark.parametrize(
    "text",
    [
        "そんなことするな！",
        "早く、静かに、そして近く。",
        "駅について。",
        "何？",
        "あなたは？",
    ],
)
def test_what_is_no_predicate_stays(text):
    assert written(text, "formal") == text


def test_quotations_stay_as_they_were_said():
    assert written("彼は「もう帰る」と言った。", "formal") == "彼は「もう帰る」と言いました。"
    assert written("店員は「閉店です」と言いました。", "informal") == "店員は「閉店です」と言った。"
    assert written("疲れた、もう寝たい、と思う。", "formal") == "疲れた、もう寝たい、と思います。"


def test_a_text_that_is_one_quotation_is_rewritten():
    assert written("「駅はここだ。」", "formal") == "「駅はここです。」"


@pytest.mark.parametrize(
    ("polite", "plain"),
    [
        ("ここでお待ちします。", "ここで待つ。"),
        ("お会いできてうれしいです。", "会えてうれしい。"),
        ("資料をお読みになりますか？", "資料を読む？"),
        ("社長がおっしゃったことです。", "社長が言ったことだ。"),
        ("その店をご存知ですか？", "その店を知っている？"),
        ("何人来ますか。", "何人来るの。"),
        ("手を貸してくれますか。", "手を貸してくれるかい。"),
        ("広場に人が大勢います。", "広場に人が大勢いる。"),
        ("家ですでに聞きました。", "家ですでに聞いた。"),
        ("掃除とかします。", "掃除とかする。"),
        ("味はどうでしょうか。", "味はどうだろうか。"),
    ],
)
def test_honours_and_questions_become_plain(polite, plain):
    assert written(polite, "informal") == plain
    assert written(plain, "informal") == plain
