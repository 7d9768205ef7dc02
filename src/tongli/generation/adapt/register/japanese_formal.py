"""Japanese: plain predicates become です・ます where a clause ends."""

from __future__ import annotations

from dataclasses import dataclass

import regex

from tongli.generation.adapt.register.draft import Draft
from tongli.generation.adapt.register.japanese_endings import is_verb, listed, polite
from tongli.knowledge.register import table

_RUN = r"[\p{Han}々\p{Hiragana}\p{Katakana}\p{Latin}\p{N}ー%％]"
_STOP = (
    r"\s*(?:[。！？!?…\n」』]|\.{2,}|笑+(?:[。！!？?\s.…）)]|$)|[（(]笑|[wｗ]{1,3}(?:\s|$)|[:;]-?[)D(]"
    r"|[）)](?:[。！？!?\n]|$)|$)"
)
_FINAL = regex.compile(
    rf"(?P<run>{_RUN}{{1,40}}?)(?P<core>のか|でしょ|かい|かな[あぁ]?|なあ|[のわさなぞぜか])?"
    r"(?P<link>けれども|けれど|けど|から|が|し)?(?P<soft>よね|ね|よ)?"
    rf"(?:(?={_STOP})|(?P<comma>(?=、(?!と[^もにてきこりっ])))|(?<=けど)(?={_RUN}))"
)
_END = regex.compile(_STOP)
_COMMANDS = regex.compile(r"\s*[。！!]")
_ASKS = regex.compile(r"\s*[？?]")
_ASKED = regex.compile(r"何[^もか]|誰[^もか]|どこ[^もか]|いつ[^もか]|どう|どんな|どの|どれ[^もか]|なぜ[^か]")
_HOW = regex.compile(r"どう[\p{Han}\p{Hiragana}]{1,4}$")
_QUOTED_ON = regex.compile(r"、[^。！？!?\n「」]{0,60}、と(?:い[うっ]|[思気言考感聞話書信伝叫答述])")
_DAROU = regex.compile(r"だろう(?!と|って|か[とをはがもに])(な(?!ら))?")
_TOPIC = regex.compile(r"[はがも]")
_NOUN = regex.compile(r"[\p{Han}\p{Katakana}\p{Latin}ー]$")
_OPENING = regex.compile(r"(?:^|[。！？!?…\n])\s*$")

_CORES = {"かい": "か", "でしょ": "よね", "わ": "", "さ": "", "ぞ": "", "ぜ": ""}
"""Particles that the polite form replaces; かな becomes かね."""


@dataclass(frozen=True, slots=True)
class _Clause:
    """A clause as far as its end: what the particles after its predicate are, and how it ends."""

    run: str
    core: str
    link: str
    soft: str
    asks: bool
    goes_on: bool
    stops: bool
    commands: bool

    @property
    def bare(self) -> bool:
        """Whether no particle follows the predicate."""
        return not (self.core or self.link or self.soft)


def rewrite(draft: Draft) -> None:
    """Greetings, rough pronouns, every predicate at the end of a clause, and だろう wherever it is."""
    text = draft.text
    for informal, formal in table("ja")["greetings"].items():
        for match in regex.finditer(rf"{informal}(?!ござ|なさ)ね?(?=[。！!、\n]|\s|$)", text):
            draft.splice(match.start(), match.end(), formal, kind="level")
    for rough, neutral in table("ja")["pronouns"].items():
        for match in regex.finditer(rough, text):
            draft.splice(match.start(), match.end(), neutral, kind="pronoun")
    for match in _FINAL.finditer(text):
        _rewrite_clause(draft, match)
    for match in _DAROU.finditer(text):
        draft.splice(match.start(), match.end(), "でしょうね" if match[1] else "でしょう", kind="level")


def _rewrite_clause(draft: Draft, match: regex.Match[str]) -> None:
    goes_on = match["comma"] is not None
    if goes_on and _QUOTED_ON.match(draft.text, match.end()):
        return
    clause = _Clause(
        run=match["run"],
        core=match["core"] or "",
        link=match["link"] or "",
        soft=match["soft"] or "",
        asks=bool(_ASKS.match(draft.text, match.end())),
        goes_on=goes_on,
        commands=bool(_COMMANDS.match(draft.text, match.end())),
        stops=goes_on or bool(_END.match(draft.text, match.end())),
    )
    alone = bool(_OPENING.search(draft.text[max(0, match.start() - 3) : match.start()]))
    found = _with_predicate(clause) or _without_predicate(clause, alone=alone)
    if found is not None:
        cut, after = found
        draft.splice(match.start() + cut, match.end(), after, kind="level")


def _with_predicate(clause: _Clause) -> tuple[int, str] | None:
    """Where a predicate's plain ending begins, and all that stands there in the polite form."""
    # "ないんです" is heavy where nothing follows; "ません" is what is said.
    heavy = clause.bare and clause.run.endswith("ないんだ")
    found = polite(clause.run.removesuffix("んだ") if heavy else clause.run)
    if found is None or _is_subordinate(clause):
        return None
    found = _with_core(clause, *found)
    if found is None:
        return None
    cut, after = found
    is_casual = clause.link.startswith(("けど", "けれど")) and clause.stops and not clause.soft
    return cut, after + ("が" if is_casual else clause.link) + clause.soft


def _with_core(clause: _Clause, cut: int, after: str) -> tuple[int, str] | None:
    """The same with what a particle right after the predicate becomes; nothing where it stays plain."""
    size, is_asked = len(clause.run), clause.asks or bool(_ASKED.search(clause.run))
    match clause.core:
        case "":
            asks = clause.asks or (not clause.goes_on and _HOW.search(clause.run))
            return cut, after + ("か" if clause.bare and asks else "")
        case "の":
            return (size, "んです") if clause.soft else (cut, after + ("か" if is_asked else ""))
        case "のか" | "か":
            stays = not clause.commands or clause.core == "のか"
            return (cut, f"{after}か") if clause.asks or not stays else None
        case "な" | "なあ":
            return None if clause.run[-1] in "うくぐすつぬぶむる" else (cut, f"{after}ね")
    if clause.core.startswith("かな") and not is_verb(clause.run):
        return size, "でしょうか"
    return cut, after + _CORES.get(clause.core, "かね")


def _is_subordinate(clause: _Clause) -> bool:
    """Whether a clause is one of those that stay plain before a polite main clause."""
    if clause.bare and clause.goes_on and clause.run.endswith("い"):
        return not clause.run.endswith("ない") and not _TOPIC.search(clause.run)
    if clause.link == "から":
        return clause.goes_on and not clause.run.endswith("だ")
    return clause.link == "し" and not is_verb(clause.run)


def _without_predicate(clause: _Clause, *, alone: bool) -> tuple[int, str] | None:
    """What です or ください adds to a clause that ends in a noun, な-adjective or て form."""
    run, end = clause.run, len(clause.run)
    if polite(run) is not None or run.endswith(listed("polite")):
        return None
    if clause.core == "の" and run.endswith("な") and end > 1:
        asks = clause.asks or bool(_ASKED.search(run))
        return end, "のですか" if asks and not clause.soft else f"んです{clause.soft}"
    if clause.core.startswith("かな"):
        return end, f"でしょうか{clause.soft}"
    if clause.core == "さ" and run.endswith(("はず", "こと", "わけ", "だけ")):
        return end, f"です{clause.soft}"
    if clause.core or clause.link:
        return None
    return _after_nominal(clause, alone=alone)


_PREPARED = ("ておいて", "でおいて")
"""A request to do something beforehand, whose end is written like a particle."""


def _after_nominal(clause: _Clause, *, alone: bool) -> tuple[int, str] | None:
    """The same, where no particle but よ or ね follows."""
    run, end, soft = clause.run, len(clause.run), clause.soft
    if run.endswith("どう") and _TOPIC.search(run):
        return end, f"ですか{soft}"
    if run.endswith(("そう", "よう")) and soft:
        return end, f"です{soft}"
    if clause.commands and run.endswith(("てくれ", "でくれ")):
        return end - 2, "ください"
    if (
        (clause.commands or soft)
        and run.endswith(listed("te_forms"))
        and (run.endswith(_PREPARED) or not run.endswith(listed("te_particles")))
    ):
        return end, f"ください{soft.removeprefix('よ')}"
    if run.endswith("かも") and end > 2 and not clause.goes_on:
        return end, f"しれません{soft}"
    return None if clause.goes_on else _after_noun(clause, alone=alone)


def _after_noun(clause: _Clause, *, alone: bool) -> tuple[int, str] | None:
    """です after a noun or な-adjective that says or asks something of a topic."""
    run, soft = clause.run, clause.soft
    is_adjective = run.endswith(listed("na_adjectives"))
    is_noun = is_adjective or ("は" in run and bool(_NOUN.search(run)))
    if clause.asks and not soft:
        asked = run.endswith(listed("question_words")) and not (alone and run in ("何", "なに"))
        return (len(run), "ですか") if asked or is_noun else None
    states = _TOPIC.search(run) and (is_adjective or (soft and is_noun))
    return (len(run), f"です{soft}") if states else None
