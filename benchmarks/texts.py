"""Synthetic texts of a wished length in tokens, for measurements of speed. They mean nothing.

    python benchmarks/texts.py 4000 -o texts.jsonl

writes lines with ``id`` and ``text``, as ``tongli annotate`` reads them, and prints their lengths as JSON.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Mapping
from itertools import islice
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer

from tongli.core import Settings
from tongli.encoders.store import prepare

WORDS: Mapping[str, str] = {
    "en": "I we the my order never always happy tired angry train arrived late again thank you for your "
    "help today nobody answered because broken box wonderful dinner friends afraid exam tomorrow "
    "rain finally home",
    "es": "yo nosotros la mi pedido nunca siempre feliz cansado enfadado tren llegó tarde otra vez "
    "gracias por tu ayuda hoy nadie contestó porque caja rota cena maravillosa amigos miedo "
    "examen mañana lluvia por fin casa",
    "fr": "je nous le ma commande jamais toujours heureuse fatigué colère train arrivé tard encore "
    "merci pour votre aide hier personne répond parce que boîte cassée repas superbe amis peur "
    "examen demain pluie enfin",
    "de": "ich wir der meine Bestellung nie immer glücklich müde wütend Zug kam spät wieder danke für "
    "deine Hilfe heute niemand antwortet weil Paket kaputt Essen wunderbar Freunde Angst Prüfung "
    "morgen Regen endlich",
    "pt": "eu nós o minha encomenda nunca sempre feliz cansada zangado comboio chegou tarde outra vez "
    "obrigado pela ajuda hoje ninguém responde porque caixa partida jantar ótimo amigos medo "
    "exame amanhã chuva casa",
    "ru": "я мы наш мой заказ никогда всегда рад устала злюсь поезд пришёл поздно опять спасибо за вашу "
    "помощь сегодня никто не ответил потому что коробка сломана ужин чудесный друзья боюсь "
    "экзамен завтра дождь дома",
    "hi": "मैं हम यह मेरा ऑर्डर कभी हमेशा खुश थका गुस्सा ट्रेन आई देर फिर धन्यवाद आपकी मदद आज किसी ने "
    "जवाब नहीं दिया क्योंकि डिब्बा टूटा खाना बढ़िया दोस्त डर परीक्षा कल बारिश आखिर घर",
    "ar": "أنا نحن هذا طلبي أبدا دائما سعيد متعب غاضب القطار وصل متأخرا مرة أخرى شكرا على مساعدتك اليوم "
    "لا أحد أجاب لأن الصندوق مكسور عشاء رائع أصدقاء خائف امتحان غدا مطر أخيرا البيت",
    "zh": "我 我们 这个 我的 订单 从来 总是 高兴 累 生气 火车 来了 晚 又 谢谢 你的 帮助 今天 没有人 "
    "回答 因为 盒子 坏了 晚饭 很好 朋友 害怕 考试 明天 下雨 终于 回家",
    "ja": "私 私たち この 私の 注文 決して いつも 嬉しい 疲れた 怒り 電車 来た 遅い また ありがとう "
    "あなたの 助け 今日 誰も 答えない から 箱 壊れた 夕食 素敵 友達 怖い 試験 明日 雨 やっと 家",
}
"""Language → words, authored for this purpose."""

_UNSPACED = {"zh", "ja"}
_COPIES = 8


def synthetic(
    count: int, *, tokenizer: Tokenizer, tokens: int = 20, jitter: int = 4, seed: int = 0
) -> Iterator[tuple[str, str]]:
    """Pairs of language and text, languages in turn, words drawn at random.

    Args:
        count: how many.
        tokenizer: counts the tokens of each word.
        tokens: mean length without special tokens.
        jitter: lengths lie about evenly in ``tokens - jitter .. tokens + jitter``.
        seed: same seed, same texts.
    """
    random = np.random.default_rng(seed)
    lexicon = {lang: words.split() for lang, words in WORDS.items()}
    sizes = {
        lang: {word: _size(word, glue=_glue(lang), tokenizer=tokenizer) for word in words}
        for lang, words in lexicon.items()
    }
    tags = list(lexicon)
    for index in range(count):
        lang = tags[index % len(tags)]
        wished = float(random.integers(tokens - jitter, tokens + jitter, endpoint=True))
        words: list[str] = []
        while wished > 0.5:
            word = lexicon[lang][int(random.integers(len(lexicon[lang])))]
            words.append(word)
            wished -= sizes[lang][word]
        yield lang, _glue(lang).join(words)


def embedded_tokenizer() -> Tokenizer:
    """The embedded encoder's tokenizer, without padding and truncation."""
    folder = prepare("embedded", Settings.from_env()).folder
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer


def read_texts(path: Path) -> list[str]:
    """The texts of a file that this script wrote."""
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line)["text"] for line in lines]


def write(path: Path, *, count: int, tokens: int, jitter: int, seed: int) -> dict[str, float]:
    """Write the texts in constant memory; returns how many tokens they have, without special tokens."""
    tokenizer = embedded_tokenizer()
    pairs = synthetic(count, tokenizer=tokenizer, tokens=tokens, jitter=jitter, seed=seed)
    numbered = enumerate(pairs)
    shortest, longest, total = tokens, tokens, 0
    with path.open("w", encoding="utf-8") as file:
        while part := list(islice(numbered, 1000)):
            texts = [text for _, (_, text) in part]
            sizes = [len(item) for item in tokenizer.encode_batch(texts, add_special_tokens=False)]
            shortest, longest = min(shortest, *sizes), max(longest, *sizes)
            total += sum(sizes)
            for index, (_, text) in part:
                file.write(json.dumps({"id": index, "text": text}, ensure_ascii=False) + "\n")
    return {"texts": count, "tokens_mean": round(total / count, 2), "shortest": shortest, "longest": longest}


def _size(word: str, *, glue: str, tokenizer: Tokenizer) -> float:
    """Tokens of a word among other words."""
    return len(tokenizer.encode(glue.join([word] * _COPIES), add_special_tokens=False)) / _COPIES


def _glue(lang: str) -> str:
    return "" if lang in _UNSPACED else " "


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("count", type=int)
    parser.add_argument("-o", "--output", type=Path, required=True)
    parser.add_argument("--tokens", type=int, default=20, help="mean length")
    parser.add_argument("--jitter", type=int, default=4, help="how far lengths may lie from the mean")
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    found = write(
        options.output,
        count=options.count,
        tokens=options.tokens,
        jitter=options.jitter,
        seed=options.seed,
    )
    print(json.dumps(found))


if __name__ == "__main__":
    main()
