"""Formats in and out: what is written reads back as it was."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongli.applications.subtitles import ass, srt, ttml, vtt
from tongli.applications.subtitles.cue import Cue, Track
from tongli.applications.subtitles.files import form_of, parse, to_text
from tongli.applications.subtitles.markup import plain
from tongli.core import InputError, TongliError

LETTERS = "aZ é\u0301字。سلام-–'\"&<>{}/\\.,!?5;:ก👍\u00a0"
VISIBLE = st.text(LETTERS, min_size=1, max_size=12).map(str.strip).filter(bool)


def is_plain(line: str) -> bool:
    """No line that a format takes for times."""
    return "-->" not in line and "\\" not in line[-1:]


LINE = VISIBLE.filter(is_plain)
TAGGED = st.one_of(
    LINE,
    st.builds("<{0}>{1}</{0}>".format, st.sampled_from("ibus"), LINE),
    st.builds("{0} <i><b>{1}</b></i>".format, LINE, LINE),
)
TEXTS = st.lists(TAGGED, max_size=3).map("\n".join)


@st.composite
def tracks(draw, *, form, grid=1, speakers=False, texts=TEXTS):
    cues, now = [], 0
    for _ in range(draw(st.integers(1, 5))):
        now += draw(st.integers(0, 5000)) * grid
        end = now + draw(st.integers(0, 9000)) * grid
        cues.append(
            Cue(
                start=now,
                end=end,
                text=draw(texts),
                position=draw(st.sampled_from([None, *range(1, 10)])),
                speaker=draw(st.sampled_from([None, "Ana", "李 雷 & Co"])) if speakers else None,
            )
        )
        now = end
    return Track(cues=tuple(cues), form=form)


def bare(track):
    """What a cue is, without where it stood in the file."""
    return [(cue.start, cue.end, cue.text, cue.position, cue.speaker) for cue in track.cues]


@given(tracks(form="srt"))
def test_srt_reads_back(track):
    assert bare(parse(to_text(track, "srt"))) == bare(track)


@given(tracks(form="vtt", speakers=True))
def test_vtt_reads_back(track):
    assert bare(parse(to_text(track, "vtt"))) == bare(track)


@given(tracks(form="ttml", speakers=True))
def test_ttml_reads_back(track):
    assert bare(parse(to_text(track, "ttml"))) == bare(track)


@given(tracks(form="ass", grid=10, speakers=True))
def test_ass_reads_back(track):
    assert bare(parse(to_text(track, "ass"))) == bare(track)


@given(tracks(form="srt"))
def test_srt_survives_vtt_byte_for_byte(track):
    first = to_text(track, "srt")
    through = to_text(parse(to_text(parse(first), "vtt")), "srt")
    assert through == first


@pytest.mark.parametrize("form", ["srt", "vtt", "ass", "ttml"])
def test_a_file_written_again_does_not_change(form):
    track = Track(
        cues=(
            Cue(start=1000, end=2500, text="<i>One</i>\ntwo & three", position=8, speaker="Ana"),
            Cue(start=2600, end=4000, text="4"),
        )
    )
    once = to_text(parse(to_text(track, form)), form)
    assert to_text(parse(once), form) == once


def test_srt_as_it_is_found():
    track = parse(
        "\ufeff1\r\n00:00:01,000 --> 00:00:02,500 X1:1 X2:2\r\nRoom\r\n\r\n101\r\n\r\n"
        "00:00:03.5 --> 00:00:04\r\n1984\r\n\r\n3\r\n00:00:05,000 --> 00:00:06,000\r\n\r\n"
    )
    assert [(cue.start, cue.end, cue.text) for cue in track.cues] == [
        (1000, 2500, "Room\n101"),
        (3500, 4000, "1984"),
        (5000, 6000, ""),
    ]
    assert [cue.line for cue in track.cues] == [2, 7, 11]
    assert track.cues[0].settings == (("coordinates", "X1:1 X2:2"),)


@pytest.mark.parametrize(
    ("said", "vtt_text"),
    [
        ("<I>One</I> <FONT COLOR=RED>two</FONT>", "<i>One</i> <c.red>two</c>"),
        (r"One {\i1}two{\i0} {\b1}three", "One <i>two</i> <b>three</b>"),
        ('<font color="#80ff0000">One</font>', "One"),  # some write transparency first, some last
        (r"{\i1}a{\b1}b{\i0}c{\b0} {\u1}{\u0}d {\}", r"<i>a<b>b</b></i><b>c</b> d {\}"),
        ("I <IS> S > U", "I &lt;IS&gt; S &gt; U"),
    ],
)
def test_srt_tags_as_people_write_them(said, vtt_text):
    written = to_text(parse(f"1\n00:00:01,000 --> 00:00:02,000\n{said}\n"), "vtt")
    assert written == f"WEBVTT\n\n00:00:01.000 --> 00:00:02.000\n{vtt_text}\n"


def test_vtt_with_all_its_parts():
    text = (
        "WEBVTT - title\nKind: captions\n\nSTYLE\n::cue { color: red }\n\nNOTE said by me\n\n"
        "intro\n01:02.500 --> 00:01:04.000 line:10% align:start\n<v Ana>Fish &amp; chips &lt;3</v>\n\n"
        "00:01:05.000 --> 00:01:06.000\n<c.loud>No!</c> <00:01:05.500>Yes\n"
    )
    track = parse(text)
    first, second = track.cues
    assert (first.start, first.speaker, first.text, first.name) == (62_500, "Ana", "Fish & chips <3", "intro")
    assert first.settings == (("line", "10%"), ("align", "start"))
    assert second.text == "<c.loud>No!</c> <00:01:05.500>Yes"
    again = to_text(track, "vtt")
    assert again.startswith(
        "WEBVTT - title\nKind: captions\n\nSTYLE\n::cue { color: red }\n\nNOTE said by me\n\n"
    )
    assert "intro\n00:01:02.500 --> 00:01:04.000 line:10% align:start\n<v Ana>Fish &amp; chips &lt;3" in again
    assert srt.write(track).endswith("No! Yes\n")


def test_ass_keeps_styles_comments_and_drawings():
    text = (
        "[Script Info]\nTitle: T\nPlayResX: 640\n\n[V4+ Styles]\nFormat: Name\n"
        "Style: Top,Arial,20,&H00FFFFFF,&H000000FF,&H00000000,&H00000000,"
        "-1,0,0,0,100,100,0,0,1,2,2,8,10,10,10,1\n\n"
        "[Events]\nFormat: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text\n"
        "Comment: 0,0:00:00.00,0:00:01.00,Top,,0,0,0,,a remark\n"
        "Dialogue: 3,0:00:01.00,0:00:02.50,Top,Ana,0,0,7,,{\\an8}{\\i1}Hi,{\\i0} there\\NFriend \\{x\\}\n"
    )
    track = parse(text)
    (cue,) = track.cues
    assert (cue.text, cue.position, cue.speaker) == ("<i>Hi,</i> there\nFriend {x}", 8, "Ana")
    assert dict(cue.settings) == {"style": "Top", "layer": "3", "marginv": "7"}
    again = ass.write(track)
    assert "Comment: 0,0:00:00.00,0:00:01.00,Top,,0,0,0,,a remark" in again
    assert (
        "Dialogue: 3,0:00:01.00,0:00:02.50,Top,Ana,0,0,7,,{\\an8}{\\i1}Hi,{\\i0} there\\NFriend \\{x\\}"
        in again
    )
    assert "Style: Top,Arial,20" in again


def test_ttml_times_styles_and_regions():
    text = """<?xml version="1.0"?><tt xmlns="http://www.w3.org/ns/ttml"
      xmlns:tts="http://www.w3.org/ns/ttml#styling" xmlns:ttp="http://www.w3.org/ns/ttml#parameter"
      xmlns:ttm="http://www.w3.org/ns/ttml#metadata" ttp:frameRate="25" ttp:tickRate="1000">
      <head><metadata><ttm:agent xml:id="a"><ttm:name>Ana</ttm:name></ttm:agent></metadata>
      <styling><style xml:id="em" tts:fontStyle="italic"/></styling>
      <layout><region xml:id="up" tts:displayAlign="before" tts:textAlign="start"/></layout></head>
      <body><div begin="10s">
        <p begin="00:00:01:05" end="2500t" region="up" ttm:agent="a">One
           <span style="em">two</span><br/>  three</p>
        <p begin="4s" dur="1.5s"/>
      </div></body></tt>"""
    first, second = parse(text).cues
    assert (first.start, first.end, second.start, second.end) == (11_200, 12_500, 14_000, 15_500)
    assert (first.text, first.position, first.speaker) == ("One <i>two</i>\nthree", 7, "Ana")
    again = to_text(parse(text), "ttml")
    assert 'region="up"' in again
    assert parse(again).cues[0].position == 7


TTML = """<tt xmlns="http://www.w3.org/ns/ttml" xmlns:tts="http://www.w3.org/ns/ttml#styling"><head>
  <styling><style xml:id="em" tts:fontStyle="italic" tts:color="yellow"/><style xml:id="w" tts:color="white"/>
  </styling><layout><region xml:id="up" tts:displayAlign="before"/></layout></head>
  <body style="em"><div region="up" tts:fontWeight="bold">BODY</div></body></tt>"""


def test_ttml_paragraphs_have_what_holds_them_says():
    text = TTML.replace("BODY", '<p begin="1s" end="2s">One</p><p begin="3s" end="4s" style="w">Two</p>')
    again = to_text(parse(text), "ttml")
    assert bare(parse(again)) == bare(parse(text))
    assert to_text(parse(again), "ttml") == again
    assert (again.count('region="up"'), again.count('style="em"'), again.count('style="em w"')) == (2, 1, 1)
    assert to_text(parse(again), "srt") == (
        "1\n00:00:01,000 --> 00:00:02,000\n"
        '{\\an8}<i><font color="#ffff00"><b>One</b></font></i>\n\n'
        "2\n00:00:03,000 --> 00:00:04,000\n{\\an8}<i><b>Two</b></i>\n"
    )


def test_ttml_one_after_the_other():
    body = '<p dur="2s">One</p><p begin="1s" dur="2s">Two</p>'
    side = parse(TTML.replace("BODY", body))
    row = parse(TTML.replace("<div", '<div timeContainer="seq"').replace("BODY", body))
    assert [(cue.start, cue.end) for cue in side.cues] == [(0, 2000), (1000, 3000)]
    assert [(cue.start, cue.end) for cue in row.cues] == [(0, 2000), (3000, 5000)]


@pytest.mark.parametrize("draft", ["2006/04", "2006/10"])
def test_ttml_of_before_the_standard(draft):
    text = TTML.replace("BODY", '<p begin="1s" end="2s">One</p>')
    old = text.replace("www.w3.org/ns/ttml", f"www.w3.org/{draft}/ttaf1").replace("#styling", "#style")
    assert parse(old) == parse(text)


def test_vtt_cues_without_an_empty_line_before_them():
    text = (
        "WEBVTT - x\n00:01.000 --> 00:02.000\nOne\n00:03.000 --> 00:04.000\nTwo\nthree\n\n"
        "a\n00:05.000 --> 00:06.000\nFour\n"
    )
    assert [(cue.start, cue.text, cue.name, cue.line) for cue in parse(text).cues] == [
        (1000, "One", "", 2),
        (3000, "Two\nthree", "", 4),
        (5000, "Four", "a", 9),
    ]
    assert parse(text).head == "WEBVTT - x"


@pytest.mark.parametrize("end", ["\r", "\r\n"])
@pytest.mark.parametrize("form", ["srt", "vtt", "ass", "ttml"])
def test_any_end_of_line(form, end):
    text = to_text(Track(cues=(Cue(start=1000, end=2500, text="<i>One</i>\ntwo", position=8),)), form)
    assert bare(parse(text.replace("\n", end))) == bare(parse(text))


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("just words", "subtitles.format"),
        ("", "subtitles.format"),
        ("WEBVTT\n\nwords without times\nand more", "subtitles.damaged"),
        ("1\n00:00:01,000 --> 00:0x:02\nHi", "subtitles.damaged"),
        ("Hello\nthere\n1\n00:00:01,000 --> 00:00:02,000\nHi", "subtitles.damaged"),
        ("<tt><body>", "subtitles.damaged"),
        ("<html><body/></html>", "subtitles.damaged"),
        (
            '<!DOCTYPE x [<!ENTITY a "b">]><tt xmlns="http://www.w3.org/ns/ttml"><body/></tt>',
            "subtitles.damaged",
        ),
        ("[Script Info]\n[Events]\nDialogue: 0,zero,one,,,,,,,Hi", "subtitles.damaged"),
        ("[Script Info]\nTitle: x", "subtitles.damaged"),
    ],
)
def test_damaged_files(text, code):
    with pytest.raises(InputError) as caught:
        parse(text)
    assert caught.value.code == code
    assert "words" not in str(caught.value)


@pytest.mark.parametrize("told", ["1:2:3", "5 s", "-1s", "", "00:00:01;05"])
def test_times_that_are_none(told):
    with pytest.raises(InputError, match=r"subtitles\.damaged"):
        ttml.milliseconds(told, frame_rate=25, tick_rate=1)


def code_of(call, text):
    try:
        call(text)
    except TongliError as error:
        return error.code
    return ""


@given(st.text(max_size=80) | st.text("0123456789:-> \n,WEBVT<p/[]Eventsbdy", max_size=80))
def test_any_text_is_read_or_refused(text):
    assert code_of(parse, text) in {"", "subtitles.format", "subtitles.damaged"}


@given(st.text(max_size=60).map("WEBVTT\n\n00:01.000 --> 00:02.000\n".__add__))
def test_any_vtt_text_is_read_or_refused(text):
    assert code_of(lambda told: vtt.write(vtt.parse(told)), text) in {"", "subtitles.damaged"}


def test_suffixes():
    assert [form_of(f"a.{suffix}") for suffix in ("SRT", "vtt", "ssa", "dfxp")] == [
        "srt",
        "vtt",
        "ass",
        "ttml",
    ]
    with pytest.raises(TongliError, match=r"subtitles\.suffix"):
        form_of("a.txt")


EVENTS = (
    "[Events]\nFormat: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text\n"
    "Dialogue: 0,0:00:01.00,0:00:02.00,Default,,0,0,0,,TEXT\n"
)
RED = '<font color="#ff0000">Stop</font> there'
COLOURED = {
    "srt": f"1\n00:00:01,000 --> 00:00:02,000\n{RED}\n",
    "vtt": "WEBVTT\n\n00:01.000 --> 00:02.000\n<c.red>Stop</c> there\n",
    "ttml": (
        '<tt xmlns="http://www.w3.org/ns/ttml" xmlns:tts="http://www.w3.org/ns/ttml#styling"><body><div>'
        '<p begin="1s" end="2s"><span tts:color="#FF0000FF">Stop</span> there</p></div></body></tt>'
    ),
    "ass": EVENTS.replace("TEXT", r"{\c&H0000FF&}Stop{\r} there"),
}


@pytest.mark.parametrize("source", COLOURED)
@pytest.mark.parametrize("form", COLOURED)
def test_a_colour_is_kept_in_the_words_of_the_format(source, form):
    written = to_text(parse(COLOURED[source]), form)
    assert RED in to_text(parse(written), "srt")


STYLES = """[Script Info]
ScriptType: v4.00+

[V4+ Styles]
Format: Name, Fontname, Fontsize, PrimaryColour, SecondaryColour, OutlineColour, BackColour, Bold, Italic, \
Underline, StrikeOut, ScaleX, ScaleY, Spacing, Angle, BorderStyle, Outline, Shadow, Alignment, MarginL, \
MarginR, MarginV, Encoding
Style: Default,Arial,20,&H00FFFFFF,&H0,&H0,&H0,0,0,0,0,100,100,0,0,1,2,2,2,10,10,10,1
Style: Sign,Arial,20,&H0000FFFF,&H0,&H0,&H0,-1,-1,0,0,100,100,0,0,1,2,2,8,10,10,10,1
Style: Plain,Arial,20,&H00FFFFFF,&H0,&H0,&H0,0,0,0,0,100,100,0,0,1,2,2,2,10,10,10,1

"""


@pytest.mark.parametrize(
    ("style", "said", "told"),
    [
        ("Default", "Go", "Go"),
        ("Plain", "Go", "Go"),
        ("Nobody", "Go", "Go"),
        ("Sign", "Go", '{\\an8}<i><b><font color="#ffff00">Go</font></b></i>'),
        ("Default", r"{\fad(9,9)\an9\i1\b700}Go{\i0\b400} on", "{\\an9}<i><b>Go</b></i> on"),
        ("Sign", r"{\an5}{\c&H0000FF&}Go", '{\\an5}<i><b><font color="#ff0000">Go</font></b></i>'),
    ],
)
def test_named_styles_of_substation_are_spelled_out_for_others(style, said, told):
    track = parse(STYLES + EVENTS.replace("Default", style).replace("TEXT", said))
    assert to_text(track, "srt") == f"1\n00:00:01,000 --> 00:00:02,000\n{told}\n"
    again = to_text(track, "ass")
    assert f",{style}," in again
    assert said in again


@pytest.mark.parametrize("form", ["srt", "vtt", "ass", "ttml"])
def test_a_line_of_nothing_but_dropped_tags_does_not_end_the_cue(form):
    said = "One\n<c.big></c>\n{\\fad(1,2)}\ntwo"
    for source in (
        f"1\n00:00:01,000 --> 00:00:02,000\n{said}\n",
        f"WEBVTT\n\n00:01.000 --> 00:02.000\n{said}\n",
    ):
        (cue,) = parse(to_text(parse(source), form)).cues
        assert plain(cue.text).split() == ["One", "two"]


@pytest.mark.parametrize("form", ["srt", "vtt", "ttml"])
def test_overrides_of_substation_are_not_shown_as_text(form):
    said = r"{\pos(1,2)\c&H123456&}Go{\fad(1,2)} {\i1}on{\i0} {\k20}now"
    told = to_text(parse(EVENTS.replace("TEXT", said)), form)
    assert "{" not in told
    assert parse(told).cues[0].text == '<font color="#563412">Go <i>on</i> now</font>'


def test_tags_of_others_are_not_shown_as_text_by_substation():
    film = parse("WEBVTT\n\n00:01.000 --> 00:02.000\n<c.big>One</c> <lang fr>deux</lang> <b>3</b>\n")
    assert to_text(film, "ass").strip().endswith(r",One deux {\b1}3{\b0}")
    film = parse("1\n00:00:01,000 --> 00:00:02,000\nA <font face=Arial>B</font> <font color=teal>C\n")
    assert to_text(film, "ass").strip().endswith(r",A B {\c&H808000&}C{\c}")
    assert '<font color="#008080">C</font>' in to_text(film, "vtt")


def test_ass_ends_after_ten_hours():
    late = Track(cues=(Cue(start=35_999_000, end=36_000_000, text="Late"),))
    assert code_of(lambda form: to_text(late, form), "ass") == "subtitles.too-long"
    assert "10:00:00" in to_text(late, "srt")
