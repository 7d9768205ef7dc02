"""Formality markers that the tagger finds, on the groups of formality_mt that were not learnt from.

    python benchmarks/markers.py --data DATA [--markers FOLDER] [--json out.json]

The test part is every group of translations (one English source) whose hash falls below 0.2: the split of
``tongli learn tag``. "Marker span F1" is ``span_f1``: start, end and label as annotated, all texts pooled;
``mean`` weighs every language alike. Russian is in no training set; a few sentences of our own, marked as the
set marks its own (only words that differ between the formal and the informal version), show how the tagger
carries over. They are few, and one person's.
"""

from __future__ import annotations

import re
import time
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from measurement import Target, arguments, hardware, report, tell
from tongli.emotion.markers import Markers
from tongli.encoders.text import TextEncoder
from tongli.learning.evaluate.resample import Resampling
from tongli.learning.tagging.records import Labelled, SpanRecord, formality_markers
from tongli.learning.tagging.scores import Found, measure
from tongli.learning.tagging.split import split

BATCH = 256
SHARE = 0.2

RUSSIAN = (
    ("[Вы не могли] бы прислать счёт до пятницы?", "[Ты не мог] бы прислать счёт до пятницы?"),
    ("Спасибо, что [помогли] мне вчера.", "Спасибо, что [помог] мне вчера."),
    ("Я позвоню [вам] вечером.", "Я позвоню [тебе] вечером."),
    ("Как [ваша] дочь, ей уже лучше?", "Как [твоя] дочь, ей уже лучше?"),
    ("[Подождите], пожалуйста, минуту.", "[Подожди], пожалуйста, минуту."),
    ("Что [вы думаете] об этой книге?", "Что [ты думаешь] об этой книге?"),
    ("Мы [вас] очень ждали.", "Мы [тебя] очень ждали."),
    ("[Вы] когда-нибудь [были] в Лиссабоне?", "[Ты] когда-нибудь [был] в Лиссабоне?"),
    ("Не [волнуйтесь], всё уже готово.", "Не [волнуйся], всё уже готово."),
    ("Где [вы купили] этот стол?", "Где [ты купил] этот стол?"),
    ("Мне понравился [ваш] рассказ.", "Мне понравился [твой] рассказ."),
    ("Если [хотите], можем пойти пешком.", "Если [хочешь], можем пойти пешком."),
    ("[Скажите], этот автобус идёт в центр?", "[Скажи], этот автобус идёт в центр?"),
    ("Я рад за [вас] и за [ваших] родителей.", "Я рад за [тебя] и за [твоих] родителей."),
    ("[Возьмите] зонт, скоро дождь.", "[Возьми] зонт, скоро дождь."),
    ("[Вы знаете], вчера было холодно.", "[Ты знаешь], вчера было холодно."),
)


def russian() -> list[SpanRecord]:
    """Our own sentences, both sides."""
    return [
        SpanRecord(id=f"ru-{row}-{label}", text=text, spans=spans, lang="ru", group=str(row))
        for row, pair in enumerate(RUSSIAN)
        for label, marked in zip(("formal", "informal"), pair, strict=True)
        for text, spans in [unmark(marked, label)]
    ]


def unmark(marked: str, label: str) -> tuple[str, tuple[Labelled, ...]]:
    """Text without brackets, and where they were."""
    spans = []
    for shift, match in enumerate(re.finditer(r"\[([^]]*)\]", marked)):
        start = match.start() - 2 * shift
        spans.append((start, start + len(match[1]), label))
    return re.sub(r"[\[\]]", "", marked), tuple(spans)


def find(records: Sequence[SpanRecord], *, markers: Markers, encoder: TextEncoder) -> list[Found]:
    found = []
    for start in range(0, len(records), BATCH):
        chunk = records[start : start + BATCH]
        for record, tokens in zip(chunk, encoder.tokens([item.text for item in chunk]), strict=True):
            marked = markers.spans(record.text, tokens)
            spans = tuple((item.start, item.end, item.label) for item in marked)
            found.append(Found(record=record, spans=spans, scores=tuple(item.score for item in marked)))
        tell(f"{len(found):,} of {len(records):,} texts")
    return found


def show(title: str, figures: dict[str, Any]) -> None:
    low, high = figures["span_f1_interval"]
    print(f"\n{title}: {figures['texts']} texts, {figures['spans']} spans")
    print(f"  span F1 {figures['span_f1']:.3f} ({low:.3f}..{high:.3f}), mean {figures['span_f1_mean']:.3f}")
    print(f"  joined neighbours {figures['joined_f1']:.3f}, characters {figures['overlap_f1']:.3f}")
    print(f"  calibration error of the scores {figures['ece']}")
    print("  " + ", ".join(f"{tag} {value:.3f}" for tag, value in figures["span_f1_by_language"].items()))


def main() -> None:
    parser = arguments(__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder with formality_mt")
    parser.add_argument("--markers", type=Path, help="folder of a tagger (default: the one that ships)")
    chosen = parser.parse_args()
    machine = hardware()
    print(machine)
    records = formality_markers(chosen.data)
    test = [records[row] for row in split(records, test=SHARE, held_out=0.1).test]
    markers, encoder, how = Markers(folder=chosen.markers), TextEncoder(), Resampling()
    markers.load()
    encoder.load()
    start = time.perf_counter()
    figures = measure(find(test, markers=markers, encoder=encoder), how=how)
    seconds = time.perf_counter() - start
    unseen = measure(find(russian(), markers=markers, encoder=encoder), how=how)
    show("formality_mt, test groups", figures)
    show("Russian, never seen, our own sentences", unseen)
    print(f"\n{len(test) / seconds:,.0f} texts per second")
    result = {"hardware": asdict(machine), "test": figures, "russian": unseen, "seconds": seconds}
    report(
        result,
        targets=[Target(name="marker span F1", value=figures["span_f1"], limit=0.80)],
        path=chosen.json,
    )


if __name__ == "__main__":
    main()
