"""Translated subtitles: whole sentences, new times, the same limits."""

from __future__ import annotations

from tongli.applications.subtitles.check import check
from tongli.applications.subtitles.cue import Tag
from tongli.applications.subtitles.limits import limits
from tongli.applications.subtitles.translated import translated
from tongli.applications.subtitles.words import TimedWord


def words(text, *, start=1000, step=400, **options):
    return [
        TimedWord(text=word, start=start + at * step, end=start + (at + 1) * step, **options)
        for at, word in enumerate(text.split())
    ]


def dictionary(**pairs):
    asked = []

    def translate(sentences):
        texts = [sentence.text for sentence in sentences]
        asked.extend(texts)
        return [pairs.get(text.split()[0].strip(",."), text.upper()) for text in texts]

    return translate, asked


def test_sentences_are_translated_whole():
    translate, asked = dictionary(We="Wir warten auf den letzten Zug nach Hause.", It="Es ist spät.")
    track = translated(words("We wait for the last train home. It is late."), translate, limits("de"))
    assert asked == ["We wait for the last train home.", "It is late."]
    assert " ".join(" ".join(cue.text.split()) for cue in track.cues) == (
        "Wir warten auf den letzten Zug nach Hause. Es ist spät."
    )
    assert track.cues[0].start == 1000
    assert not [item for item in check(track, limits("de")) if item.severity == "error"]


def test_turns_sounds_and_labels_stay():
    said = [
        *words("Who is there?", emotion=Tag("fearful", 0.9)),
        TimedWord(text="", start=2400, end=3000, sound=Tag("door slams", 0.9)),
        *words("Only me.", start=3200),
    ]
    said[4] = TimedWord(text="Only", start=3200, end=3600, turn=True)
    translate, asked = dictionary(Who="¿Quién está ahí?", Only="Solo yo.")
    felt = []

    def noting(sentences):
        felt.extend(sentence.feeling for sentence in sentences)
        return translate(sentences)

    track = translated(said, noting, limits("es"), confidence=0.8)
    text = "\n".join(cue.text for cue in track.cues)
    assert asked == ["Who is there?", "Only me."]
    assert felt == ["fearful", None]
    assert "[con miedo] ¿Quién" in text
    assert "[door slams]" in text


def test_an_unspaced_language():
    translate, _ = dictionary(We="我们在等回家的最后一班火车，可是它今天又晚点了。")
    allowed = limits("zh")
    track = translated(words("We wait for the last train home", step=900), translate, allowed)
    assert "".join(cue.text.replace("\n", "") for cue in track.cues).startswith("我们在等回家")
    assert not [item for item in check(track, allowed) if item.severity == "error"]


def test_nothing_to_translate():
    translate, asked = dictionary()
    assert translated([], translate, limits("de")).cues == ()
    assert asked == []


def test_a_title_ends_no_sentence():
    translate, asked = dictionary()
    translated(words("You are early, Dr. Klein. Sit down."), translate, limits("de"))
    assert asked == ["You are early, Dr. Klein.", "Sit down."]
