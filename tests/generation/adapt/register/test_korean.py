"""Korean endings, honours to the reader and to others, and quotations, in sentences that we wrote."""

from __future__ import annotations

import pytest

from tongli.core.edit import apply_edits
from tongli.generation.adapt.register import shift


def written(text: str, to: str) -> str:
    return apply_edits(text, shift(text, lang="ko", to=to).edits)


@pytest.mark.parametrize(
    ("intimate", "polite"),
    [
        ("너 주말에 뭐 해?", "당신 주말에 뭐 하세요?"),
        ("매운 음식 좋아해?", "매운 음식 좋아하세요?"),
        ("어디 살아?", "어디 사세요?"),
        ("라디오 들어?", "라디오 들으세요?"),
        ("거기 화장실 있어?", "거기 화장실 있어요?"),
        ("제주도 가본 적 있어?", "제주도 가본 적 있으세요?"),
        ("동생은 뭐 해?", "동생은 뭐 해요?"),
        ("나 뭐 해?", "저 뭐 해요?"),
        ("하지 마.", "하지 마세요."),
        ("빨리 와라!", "빨리 오세요!"),
        ("이 책 읽어 봐.", "이 책 읽어 보세요."),
        ("빨리 가봐.", "빨리 가보세요."),
        ("저녁마다 바둑을 둬.", "저녁마다 바둑을 둬요."),
        ("나 매일 봐.", "저 매일 봐요."),
        ("잘 가렴!", "잘 가세요!"),
        ("이제 가자.", "이제 가죠."),
        ("비가 많이 오더라.", "비가 많이 오더라고요."),
        ("내일 전화할게, 기다려.", "내일 전화할게요, 기다려요."),
        ("커피는?", "커피는요?"),
        ("뭐 할 건데?", "뭐 할 건데요?"),
        ("너무 웃겨 ㅋㅋ", "너무 웃겨요 ㅋㅋ"),
        ("우리 엄마는 의사야.", "저희 엄마는 의사예요."),
        ("어머님은 어디 가셔?", "어머님은 어디 가세요?"),
        ("안녕 나는 민호야.", "안녕하세요 저는 민호예요."),
        ("이건 세금 낭비야.", "이건 세금 낭비예요."),
        ("집이 좁네, 이사 가야 해.", "집이 좁네요, 이사 가야 해요."),
        ("우리 동네, 조용해.", "우리 동네, 조용해요."),
        ("사탕 네 개 줘.", "사탕 네 개 주세요."),
        ("할머니는 용돈을 많이 줘.", "할머니는 용돈을 많이 줘요."),
        ("몇 시까지 와야 해?", "몇 시까지 와야 해요?"),
        ("그건 사생활 침해야.", "그건 사생활 침해예요."),
    ],
)
def test_endings_become_polite(intimate, polite):
    assert written(intimate, "formal") == polite
    assert written(polite, "formal") == polite


def test_an_exclamation_among_friends_is_no_written_style():
    assert (
        written("오늘 진짜 춥다! 따뜻한 거 먹고 싶어.", "formal")
        == "오늘 진짜 춥네요! 따뜻한 거 먹고 싶어요."
    )
    assert written("그는 학교에 간다. 학교는 멀다.", "formal") == "그는 학교에 가요. 학교는 멀어요."


def test_what_is_polite_already_stays():
    assert (
        written("감사합니다. 자주 오십시오. 여기 앉아.", "formal")
        == "감사합니다. 자주 오십시오. 여기 앉아요."
    )


def test_written_style_keeps_its_connected_clauses():
    assert (
        written("문을 열어, 손님을 맞는다. 사상 최초다.", "formal")
        == "문을 열어, 손님을 맞아요. 사상 최초예요."
    )


def test_quotations_stay_as_they_were_said():
    assert written("친구가 '나 안 가'라고 했어.", "formal") == "친구가 '나 안 가'라고 했어요."
    assert (
        written("점원이 저기요, 문 닫아요, 이러면 나가요.", "informal")
        == "점원이 저기, 문 닫아요, 이러면 나가."
    )


@pytest.mark.parametrize(
    ("polite", "intimate"),
    [
        ("여기 앉지 마세요.", "여기 앉지 마."),
        ("할머니께서 주무세요.", "할머니께서 주무셔."),
        ("선생님은 어디 가세요?", "선생님은 어디 가셔?"),
        ("연세가 어떻게 되세요?", "나이가 어떻게 돼?"),
        ("약을 드셔야 돼요.", "약을 먹어야 돼."),
        ("비 때문에요.", "비 때문에."),
        ("저 어제 늦게 잤어요.", "나 어제 늦게 잤어."),
        ("저 사람 누구예요?", "저 사람 누구야?"),
        ("왜 그러세요?", "왜 그래?"),
        ("차 드실래요?", "차 먹을래?"),
        ("지금 뭐 하시는데요?", "지금 뭐 하는데?"),
        ("화장실 수가 적어요.", "화장실 수가 적어."),
        ("교실 것을 써요.", "교실 것을 써."),
        ("느끼실 수도 있어요.", "느낄 수도 있어."),
        ("언제 떠나시나요?", "언제 떠나?"),
        ("방이 큰가요?", "방이 커?"),
        ("아무도 없는 건가요?", "아무도 없는 거야?"),
        ("영화 보셨나요?", "영화 봤어?"),
        ("많이 아프시겠어요.", "많이 아프겠어."),
        ("빵을 만드시고 있어요.", "빵을 만들고 있어."),
        ("잘 아실 것 같아요.", "잘 알 것 같아."),
        ("저는 무용가입니다.", "나는 무용가야."),
        ("산이 보입니다.", "산이 보여."),
        ("내일 갈 겁니다.", "내일 갈 거야."),
        ("뉴욕시는 큽니다.", "뉴욕시는 커."),
        ("2년 전 여기 왔어요.", "2년 전 여기 왔어."),
        ("전 매일 걸어요.", "난 매일 걸어."),
        ("표를 사실 때 말하세요.", "표를 살 때 말해."),
    ],
)
def test_honours_go_from_the_reader_and_stay_with_others(polite, intimate):
    assert written(polite, "informal") == intimate
    assert written(intimate, "informal") == intimate
