"""Japanese: です・ます and the plain form, where a clause ends."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

import regex

from tongli.generation.adapt.register.draft import Draft
from tongli.generation.adapt.register.japanese_verbs import past_stem, plain, polite_stem
from tongli.knowledge.register import table

_RUN = r"[\p{Han}々\p{Hiragana}\p{Katakana}ー]"
_MASU = regex.compile(
    rf"({_RUN}{{1,40}}?)(ませんでした|ましたら|ません|ました|まして|ましょう|ます)(か(?=[？?。\n」]|$))?"
)
_DESU = regex.compile(r"(です|でしょうか)(か(?=[？?。、\n」]|$))?")
_A_ROW = dict(zip("わかがさたなばまら", "いきぎしちにびみり", strict=True))
_ICHIDAN_ENDS = "えけげせぜてでねへべめれいきじちにびみり見来出寝着得"
_QUESTION = regex.compile(r"\s*[？?]")
_FINAL = regex.compile(
    rf"({_RUN}{{1,40}}?)(でしょ|のか|の|よね|よ|ね|わ|かな|が|けど|けれど|けれども)?(?=[。！？!?…\n」]|\s*$|、(?!と))"
)


def to_informal(draft: Draft) -> None:
    """です・ます becomes plain."""
    text = draft.text
    _phrases(draft, table("ja")["phrases"])
    for match in regex.finditer(r"(て|で)(ください|下さい)(?=[。！!？?、よね\n」]|\s|$)", text):
        draft.splice(match.start(2), match.end(2), "", kind="level")
    for match in _MASU.finditer(text):
        _verb(draft, match)
    _phrases(draft, table("ja")["copula"])
    for match in _DESU.finditer(text):
        _copula(draft, match)


def to_formal(draft: Draft) -> None:
    """Plain predicates at the end of a clause become です・ます."""
    text = draft.text
    for informal, formal in table("ja")["greetings"].items():
        for match in regex.finditer(rf"{informal}(?!ござ|なさ)(?=[。！!、\n]|\s|$)", text):
            draft.splice(match.start(), match.end(), formal, kind="level")
    for match in _FINAL.finditer(text):
        _predicate_at(draft, match)


def _phrases(draft: Draft, phrases: Mapping[str, str]) -> None:
    """Fixed phrases, the longest first."""
    for formal, informal in sorted(phrases.items(), key=lambda pair: -len(pair[0])):
        for match in regex.finditer(regex.escape(formal), draft.text):
            _phrase(draft, match.start(), match.end(), informal)


def _phrase(draft: Draft, start: int, end: int, informal: str) -> None:
    """A fixed phrase, with か after it gone where the plain form asks without it."""
    if draft.text.startswith("か", end) and regex.match(r"か\s*[？?]", draft.text[end : end + 4]):
        end += 1
    draft.splice(start, end, informal, kind="level")


def _verb(draft: Draft, match: regex.Match[str]) -> None:
    stem = match[1][-8:]
    start = match.end(1) - len(stem)
    forms = plain(stem)
    after = {
        "ます": forms.dictionary,
        "ました": forms.past,
        "ません": f"{forms.negative}い",
        "ませんでした": f"{forms.negative}かった",
        "ましょう": forms.volitional,
        "まして": forms.te,
        "ましたら": f"{forms.past}ら",
    }[match[2]]
    same = 0
    while same < min(len(stem), len(after)) and stem[same] == after[same]:
        same += 1
    draft.splice(start + same, match.end(), after[same:], kind="level")


def _copula(draft: Draft, match: regex.Match[str]) -> None:
    """です after an adjective goes, after anything else it is だ; か goes with it in a question."""
    if match[1] == "でしょうか":
        return
    start, end = match.span()
    before = draft.text[max(0, start - 8) : start]
    if match[2] is None:
        after = "な" if draft.text.startswith("ので", end) else "だ"
        draft.splice(start, end, "" if _is_adjective(before) else after, kind="level")
    elif before.endswith("ん"):
        draft.splice(start - 1, end, "の", kind="level")
    else:
        understood = before.endswith("そう") and not _QUESTION.match(draft.text, end)
        draft.splice(start, end, "か" if understood else "", kind="level")


def _is_adjective(before: str) -> bool:
    """Whether what stands before です is an adjective, or a verb, in its plain form."""
    if before.endswith("い"):
        return not before.endswith(_words("not_adjectives"))
    return before.endswith(_words("plain_before_desu")) and not before.endswith(_words("nouns_like_verbs"))


def _predicate_at(draft: Draft, match: regex.Match[str]) -> None:
    """One predicate with the particle that ends its clause."""
    run, particle = match[1], match[2] or ""
    asks = bool(_QUESTION.match(draft.text, match.end()))
    found = _polite(run)
    if found is None:
        if run.endswith(_words("te_forms")) and draft.text.startswith("。", match.end()):
            draft.splice(match.end(), match.end(), "ください", kind="level")
        if particle == "かな":
            draft.splice(match.start(2), match.end(), "でしょうか", kind="level")
        elif asks and not particle and _is_nominal(run):
            draft.splice(match.end(), match.end(), "ですか", kind="level")
        return
    cut, after = found
    tail = {
        "の": "か" if asks else "",
        "のか": "か",
        "かな": "かね",
        "": "か" if asks else "",
        "わ": "",
        "でしょ": "よね",
    }.get(particle, particle)
    draft.splice(match.start(1) + cut, match.end(), after + tail, kind="level")


def _is_nominal(run: str) -> bool:
    """Whether a run ends in a noun or a question word, so that です can follow."""
    return run.endswith(_words("question_words")) or bool(regex.search(r"[\p{Katakana}ー]$", run))


def _polite(run: str) -> tuple[int, str] | None:
    """Where the plain ending of a run begins, and the polite one; nothing for other runs."""
    if run.endswith(_words("polite")):
        return None
    for ending, after in table("ja")["endings"].items():
        if run.endswith(ending):
            return len(run) - len(ending), after
    for ending, after in (("なかった", "ませんでした"), ("ない", "ません")):
        if run.endswith(ending):
            return _negative(run.removesuffix(ending), after)
    for rule in (_copula_end, _adjective_end, _past_end, _verb_end):
        found = rule(run)
        if found is not None:
            return found
    return None


def _copula_end(run: str) -> tuple[int, str] | None:
    """Noun or な-adjective with だ."""
    is_past = run.endswith(("んだ", *_words("ida_verbs")))
    if len(run) < 2 or not run.endswith("だ") or is_past or run.endswith(("まだ", "ただ")):
        return None
    return len(run) - 1, "です"


def _adjective_end(run: str) -> tuple[int, str] | None:
    """Adjective in い or かった, which takes です."""
    if run.endswith("かった"):
        is_verb = run.endswith(_words("verbs_in_katta"))
        return None if is_verb and not run.endswith(_words("adjectives_in_kakatta")) else (len(run), "です")
    noun = run.endswith((*_words("not_adjectives"), *_words("nouns_in_i")))
    return (len(run), "です") if run.endswith("い") and len(run) > 1 and not noun else None


def _past_end(run: str) -> tuple[int, str] | None:
    """Verb in its plain past."""
    if len(run) < 2 or not run.endswith(("た", "だ")) or run.endswith(_words("nouns_in_ta")):
        return None
    stem = past_stem(run[-8:])
    return _joined(run, stem, "ました") if stem else None


def _verb_end(run: str) -> tuple[int, str] | None:
    """Verb in its dictionary form."""
    if run[-1] not in "うくぐすつぬぶむる" or run.endswith(_words("adverbs_in_u")):
        return None
    stem = polite_stem(run[-8:])
    return _joined(run, stem, "ます") if stem else None


def _negative(head: str, ending: str) -> tuple[int, str]:
    """The polite negative: ``わからない`` → ``わかりません``, ``ない`` → ``ありません``."""
    size, last = len(head), head[-1:]
    if last == "し":
        return size, ending
    is_particle = head.endswith(("しか", "ほか")) or (last == "が" and not head.endswith(_words("ga_stems")))
    if size > 1 and last in _A_ROW and not is_particle:
        return size - 1, _A_ROW[last] + ending
    if last == "こ":
        return size - 1, f"き{ending}"
    if last and last in _ICHIDAN_ENDS:
        return size, ending
    return size, f"あり{ending}"


def _joined(run: str, stem: str, ending: str) -> tuple[int, str]:
    """The change with what both forms share left alone."""
    form = run[-8:]
    same = 0
    while same < min(len(stem), len(form)) and stem[same] == form[same]:
        same += 1
    return len(run) - len(form) + same, stem[same:] + ending


@cache
def _words(name: str) -> tuple[str, ...]:
    """Endings of a list, as ``str.endswith`` takes them."""
    return tuple(word for word in table("ja")["lists"][name].split() if "_" not in word)
