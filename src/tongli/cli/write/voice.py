"""``tongli write continue`` and ``rephrase``."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer

from tongli.cli.options import AsJson, File, Lang, Model, People, Seed, Words
from tongli.cli.write.lent import lent

if TYPE_CHECKING:
    from tongli.applications.write.voice import Voiced

_ABOUT = {
    "continue": "Continue a passage in a character's voice, with the forms that the character declared.",
    "rephrase": "Say a passage again in a character's voice, with the forms that the character declared.",
}
_MORE = """

    Needs an engine that writes; what it gets is the passage, your notes and the declared forms. Every draft
    is checked: no form of any character may differ. Without an engine, tongli gender consistency reads a
    manuscript."""


def voice_command(task: str) -> Callable[..., None]:
    """The command of a task; both take the same options."""
    return lent(_options, partial(_voiced, task), about=_ABOUT[task] + _MORE)


def _options(
    words: Words = None,
    *,
    people: People = None,
    character: Annotated[
        str, typer.Option("--as", metavar="NAME", help="Whose voice: somebody of --people, or of your store.")
    ],
    voice: Annotated[
        str | None,
        typer.Option("--voice", metavar="FILE", help="Notes on how the character speaks, a text file."),
    ] = None,
    file: File = None,
    lang: Lang = None,
    engine: Annotated[
        str, typer.Option("--engine", metavar="NAME", help="Who writes: openai or gguf.")
    ] = "openai",
    model: Model = "embedded",
    variants: Annotated[int, typer.Option("--variants", metavar="N", min=1, max=20, help="Drafts.")] = 2,
    max_chars: Annotated[int, typer.Option("--max-chars", metavar="N", min=1, help="Longest draft.")] = 1200,
    seed: Seed = 0,
    as_json: AsJson = False,
) -> None:
    """Only the options, which :func:`voice_command` lends to both tasks."""


def _voiced(
    task: str,
    words: list[str] | None,
    *,
    people: str | None,
    character: str,
    voice: str | None,
    file: str | None,
    lang: str | None,
    engine: str,
    model: str,
    variants: int,
    max_chars: int,
    seed: int,
    as_json: bool,
) -> None:
    from tongli import Tongli
    from tongli.applications.people import PeopleStore, read_people
    from tongli.applications.write.voice import give_voice
    from tongli.cli.terminal import dump, working
    from tongli.cli.usage import tell_usage

    tongli = Tongli(model=model, engine=engine, heads=["ekman6"])
    with working("Writing"):
        found = give_voice(
            _text(words, file, lang),
            task=task,
            character=character,
            people=read_people(people, lang=lang) if people else PeopleStore.from_env().all(),
            notes=_text(None, voice, lang) if voice else "",
            tongli=tongli,
            lang=lang,
            max_chars=max_chars,
            n=variants,
            seed=seed,
        )
    tell_usage(tongli.engines)
    if as_json:
        dump(found.to_dict())
    else:
        _show(found)


def _text(words: list[str] | None, file: str | None, lang: str | None) -> str:
    from tongli.cli.inputs import build_message
    from tongli.core import Settings

    limit = Settings.from_env().max_chars
    return build_message(words, file=file, lang=lang, author=None, audience=None, max_chars=limit).text


def _show(found: Voiced) -> None:
    from rich.text import Text

    from tongli.cli.response_view import checks_view
    from tongli.cli.terminal import stdout_console

    console = stdout_console()
    for number, verdict in enumerate(found.verdicts, 1):
        mark, colour = ("✓", "green") if verdict.passed else ("✗", "red")
        console.print(Text(f"\n{mark} {number}", colour))
        console.print(Text(verdict.draft.text))
        console.print(checks_view(verdict))
    for note in found.notes:
        console.print(Text(f"· {note}", "yellow"))
