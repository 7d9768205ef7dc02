"""A file from the visitor's disk, chosen or dropped."""

from __future__ import annotations

import tempfile
from collections.abc import Awaitable, Callable, Collection
from pathlib import Path

from nicegui import ui
from nicegui.events import GenericEventArguments, UploadEventArguments

from tongli.core import InputError, TongliError, shorten
from tongli.serving.access.contents import check_contents
from tongli.serving.studio.components.controls import button
from tongli.serving.studio.words import Words

MOST_BYTES = 20_000_000


def upload(
    words: Words,
    *,
    endings: Collection[str],
    on_file: Callable[[Path], Awaitable[None]],
    on_error: Callable[[TongliError], None],
) -> None:
    """A button that takes one file; it can also be dropped anywhere on the page.

    The file lies in a private folder while ``on_file`` runs, under a name of ours, and is deleted after it.

    Args:
        words: the interface's language.
        endings: of the names that are taken, with the dot, in small letters.
        on_file: called with the file.
        on_error: called when it cannot be taken.
    """

    async def receive(event: UploadEventArguments) -> None:
        field.reset()
        ending = Path(event.file.name).suffix.lower()
        if ending not in endings:
            on_error(_ending(ending, endings))
            return
        with tempfile.TemporaryDirectory(prefix="tongli-") as folder:
            path = Path(folder) / f"file{ending}"
            await event.file.save(path)
            try:
                check_contents(path, ending=ending)
            except TongliError as error:
                on_error(error)
                return
            await on_file(path)

    def refused(event: GenericEventArguments) -> None:
        why, name = (str(item) for item in event.args)
        on_error(_ending(Path(name).suffix, endings) if why == "accept" else _size())

    field = ui.upload(
        auto_upload=True,
        max_file_size=MOST_BYTES,
        on_upload=receive,
    ).classes("away upload")
    field.on(
        "rejected", refused, js_handler="(found) => emit([found[0].failedPropValidation, found[0].file.name])"
    )
    field.props["accept"] = ",".join(sorted(endings))
    button(
        words("upload.open"), js=f"() => getElement({field.id}).pickFiles()", aria_describedby="upload-hint"
    )


def _ending(ending: str, endings: Collection[str]) -> InputError:
    return InputError(
        "studio.file-kind",
        received=f"a file that ends in {shorten(ending) or 'nothing'}",
        allowed=", ".join(sorted(endings)),
        fix="Save it in one of these formats, or paste its text.",
    )


def _size() -> InputError:
    return InputError(
        "studio.file-size",
        received="a file that is too large",
        allowed=f"one file of at most {MOST_BYTES:,} bytes",
        fix="Open a part of it, or read it on the command line: tongli read --file FILE.",
    )
