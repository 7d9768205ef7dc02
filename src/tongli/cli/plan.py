"""``tongli plan``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from tongli.cli.options import AsJson, Described, Model, grouped

if TYPE_CHECKING:
    from tongli.generation.house_style import HouseStyle

ReplyLang = Annotated[
    str | None,
    typer.Option("--reply-lang", metavar="TAG", help="Language of the reply; the message's own by default."),
]
Style = Annotated[
    str | None,
    typer.Option("--style", metavar="NAME", help="A house style that was saved, or a .toml or .json file."),
]
PlanFile = Annotated[
    str | None,
    typer.Option(
        "--plan", metavar="FILE", help="What is to differ from the plan that is made, .toml or .json."
    ),
]


@grouped
def plan(
    described: Described,
    *,
    reply_lang: ReplyLang = None,
    style: Style = None,
    changes: PlanFile = None,
    private: Annotated[
        bool, typer.Option("--private", help="With the strings to avoid, which may be private.")
    ] = False,
    save_style: Annotated[
        str | None,
        typer.Option(
            "--save-style",
            metavar="NAME",
            help="Keep as a house style what --plan changes in the plan that is made.",
        ),
    ] = None,
    model: Model = "embedded",
    as_json: AsJson = False,
) -> None:
    """Show what a reply to a message would do, as data to edit and hand to respond with --plan.

    Nothing is written. Declared pronouns are no part of it: they come from the person each time.
    """
    from tongli import Tongli
    from tongli.applications.data_file import to_toml
    from tongli.applications.respond import planned
    from tongli.cli.terminal import dump, working
    from tongli.core import Settings
    from tongli.generation.plan_data import edited, plan_data

    settings = Settings.from_env()
    message = described.message(max_chars=settings.max_chars)
    tongli = Tongli(model=model, settings=settings)
    with working("Reading"):
        own = read_changes(changes)
        made = planned(
            message,
            tongli=tongli,
            reply_lang=reply_lang,
            style=read_style(style),
            changes={key: own[key] for key in ("lang",) if key in own},
        )
    wanted = edited(made, own)
    if save_style is not None:
        from tongli.applications.write.styles import StyleStore
        from tongli.generation.house_style import style_of

        StyleStore.from_env().save(save_style, style_of(wanted, made=made))
    data = plan_data(wanted, private=private)
    if as_json:
        dump(data)
    else:
        typer.echo(to_toml(data), nl=False)


def read_style(named: str | None) -> HouseStyle | None:
    """A saved house style, or that of a file; raises as the store and :func:`parse_style`."""
    if named is None:
        return None
    if Path(named).suffix.lower() in {".toml", ".json"}:
        from tongli.applications.data_file import read_table
        from tongli.generation.house_style import parse_style

        return parse_style(read_table(named))
    from tongli.applications.write.styles import StyleStore

    return StyleStore.from_env().get(named)


def read_changes(path: str | None) -> dict[str, Any]:
    """The changes of a plan file; raises as :func:`tongli.applications.data_file.read_table`."""
    if path is None:
        return {}
    from tongli.applications.data_file import read_table

    return read_table(path)
