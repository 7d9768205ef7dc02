"""Vietnamese pronouns, answers and particles of respect, in sentences that we wrote."""

from __future__ import annotations

import pytest

from tongli.core.edit import apply_edits
from tongli.generation.adapt.register import shift


def written(text: str, to: str) -> str:
    return apply_edits(text, shift(text, lang="vi", to=to).edits)


@pytest.mark.parametrize(
    ("formal", "informal"),
    [
        ("Thưa quý vị, chuyến tàu sắp chạy.", "Chuyến tàu sắp chạy."),
        ("Dạ, quý vị cần gì ạ?", "Bạn cần gì?"),
        ("Vâng ạ.", "Ừ."),
        ("Dạ vâng, tôi sẽ chờ.", "Ờ, tôi sẽ chờ."),
        ("Dạ.", "Ừ."),
        ("Xin chào quý vị!", "Chào bạn!"),
        ("Xin cảm ơn quý vị.", "Cảm ơn bạn."),
        ("Quý vị mệt ạ?", "Bạn mệt à?"),
        ("Món này ngon lắm quý vị ạ.", "Món này ngon lắm."),
        ("Anh ấy đau dạ dày.", "Anh ấy đau dạ dày."),
        ("Vâng lời cha mẹ là tốt.", "Vâng lời cha mẹ là tốt."),
    ],
)
def test_respect_goes(formal, informal):
    assert written(formal, "informal") == informal
    assert written(informal, "informal") == informal


@pytest.mark.parametrize(
    ("informal", "formal"),
    [
        ("Các bạn đã sẵn sàng chưa?", "Quý vị đã sẵn sàng chưa ạ?"),
        ("Cậu có biết cậu ấy không?", "Quý vị có biết cậu ấy không ạ?"),
        ("Cậu bé ấy là bạn tôi.", "Cậu bé ấy là bạn tôi."),
        ("Cậu con trai gặp đội bạn.", "Cậu con trai gặp đội bạn."),
        ("Bạn ấy học giỏi lắm.", "Bạn ấy học giỏi lắm."),
        ("Bạn của bạn tên gì?", "Bạn của quý vị tên gì ạ?"),
        ("Bạn đọc sách này chưa", "Quý vị đọc sách này chưa ạ"),
        ("Bạn mệt à?", "Quý vị mệt ạ?"),
        ("Để tôi giúp cho bạn à.", "Để tôi giúp cho quý vị ạ."),
        ("Ngon không hả bạn?", "Ngon không ạ?"),
        ("Tớ đang đợi bạn.", "Tôi đang đợi quý vị."),
        ("Mình thích trà của mình.", "Tôi thích trà của mình."),
        ("Ờ, bạn nói đúng.", "Vâng, quý vị nói đúng."),
    ],
)
def test_respect_comes(informal, formal):
    assert written(informal, "formal") == formal
    assert written(formal, "formal") == formal


@pytest.mark.parametrize("text", [" " * 20_000, "thưa " * 4_000, "ạ " * 10_000])
def test_time_is_linear_in_the_text(text):
    # Patterns that backtrack over white space took minutes here.
    written(text, "informal")
