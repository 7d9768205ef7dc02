"""An adaptation, for people to look at."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rich.text import Text

from tongli.cli.terminal import language_name, stdout_console
from tongli.core import Edit
from tongli.core.edit import in_order
from tongli.generation.adapt import KINDS, Adaptation

_QUESTION = "yellow"


def show(done: Adaptation, original: str) -> None:
    """The text with its changes marked, then each change and each question with its source."""
    console = stdout_console()
    for line in _lines(done, original):
        console.print(line, soft_wrap=True)


def list_audiences() -> None:
    """Audiences, what may be wished of each, and kinds of changes."""
    from tongli.generation.adapt.audience import registers
    from tongli.knowledge.claim_files import KNOWN

    console = stdout_console()
    for tag in KNOWN.audiences:
        known = ", ".join(registers(tag))
        console.print(Text.assemble((f"{tag:<7}", "bold"), f"register={known}"), soft_wrap=True)
    others = ", ".join(map(language_name, KNOWN.languages))
    console.print(f"\nand other regions of {others}", soft_wrap=True)
    console.print("medium=email, letter, chat", soft_wrap=True)
    console.print(f"kinds: {', '.join(KINDS)}", soft_wrap=True)


def _lines(done: Adaptation, original: str) -> Iterator[Text]:
    yield _marked(original, done.edits)
    yield Text()
    yield Text.assemble((language_name(done.lang), "bold"), (f" for {done.audience}", "dim"))
    for edit in done.edits:
        yield _change(edit)
        yield Text.assemble(f"    {edit.reason} ", (f"[{edit.source}]", "dim"))
    for question in done.questions:
        place = " ".join(original[slice(*question.span)].split())
        yield Text.assemble((f"  {question.kind}? ", _QUESTION), f"“{place}”: {question.text}")
        options = f"    {' | '.join(question.options)} " if question.options else "    "
        yield Text.assemble(options, (f"[{question.source}]", "dim"))
    if not done.edits and not done.questions:
        yield Text("nothing to change: that is no sign that it lands")
    for note in done.notes:
        yield Text(note, "dim")


def _change(edit: Edit) -> Text:
    kind = (f"  {edit.kind}: ", "bold")
    if not edit.before:
        return Text.assemble(kind, "add ", (edit.after.strip(), "green"))
    return Text.assemble(kind, (edit.before, "red"), " → ", (edit.after, "green"))


def _marked(original: str, edits: Iterable[Edit]) -> Text:
    """The text with what goes struck out and what comes underlined; with marks on no terminal."""
    plain = not stdout_console().is_terminal
    marked, end = Text(), 0
    for edit in in_order(edits):
        marked.append(original[end : edit.span[0]])
        for words, style, opening, closing in (
            (edit.before, "red strike", "[-", "-]"),
            (edit.after, "green underline", "{+", "+}"),
        ):
            if words:
                marked.append(f"{opening}{words}{closing}" if plain else words, style)
        end = edit.span[1]
    marked.append(original[end:])
    return marked
