"""``tongli write style``."""

from __future__ import annotations

from typing import Annotated

import typer

from tongli.cli.options import AsJson

style = typer.Typer(no_args_is_help=True, help="House styles: how every text of a house is to be.")

Name = Annotated[str, typer.Argument(metavar="NAME", help="As tongli write style list shows it.")]


@style.command()
def save(
    name: Annotated[str, typer.Argument(metavar="NAME", help="Letters, digits, - and _.")],
    file: Annotated[str, typer.Argument(metavar="FILE", help="The style, .toml or .json; - for input.")],
) -> None:
    """Keep a style, in place of one of that name."""
    from tongli.applications.data_file import read_table
    from tongli.applications.write.styles import StyleStore
    from tongli.generation.house_style import parse_style

    StyleStore.from_env().save(name, parse_style(read_table(file)))


@style.command("list")
def list_() -> None:
    """Names, and nothing else."""
    from tongli.applications.write.styles import StyleStore

    for name in StyleStore.from_env().names():
        typer.echo(name)


@style.command()
def show(
    name: Name,
    *,
    private: Annotated[
        bool, typer.Option("--private", help="With the strings to avoid, which may be private.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """A style, as the file that save takes."""
    from tongli.applications.data_file import to_toml
    from tongli.applications.write.styles import StyleStore
    from tongli.cli.terminal import dump
    from tongli.generation.house_style import style_data

    data = style_data(StyleStore.from_env().get(name))
    if not private:
        data.pop("avoid", None)
    if as_json:
        dump(data)
    else:
        typer.echo(to_toml(data), nl=False)


@style.command()
def remove(name: Name) -> None:
    """Delete a style."""
    from tongli.applications.write.styles import StyleStore

    StyleStore.from_env().remove(name)
