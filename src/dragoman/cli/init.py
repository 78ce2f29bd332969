"""`dragoman init`."""

from __future__ import annotations

import os

import click

from dragoman.cli.terminal import out, say
from dragoman.project import Files


@click.command("init")
@click.option(
    "-l",
    "--locale",
    "locales",
    multiple=True,
    metavar="LOCALE",
    help="A locale to translate into; may be given again.",
)
@click.option(
    "--source",
    default="en",
    show_default=True,
    metavar="LOCALE",
    help="Locale of the source texts.",
)
@click.option(
    "--texts",
    default="source_texts",
    show_default=True,
    metavar="FOLDER",
    help="Folder of the source texts.",
)
def command(locales: tuple[str, ...], source: str, texts: str) -> None:
    """Make a project here: write dragoman.toml and the folder of the texts.

    \b
    Examples:
      dragoman init                       # into az, he and ru
      dragoman init -l he -l ru --texts articles
    """
    from dragoman.pipeline import init as pipeline

    root = os.path.realpath(click.get_current_context().obj["folder"])
    made = pipeline.init(root, source, locales or ("az", "he", "ru"), texts)
    files = Files(root)
    for path in made:
        out(f"made {files.shown(path)}{'/' if os.path.isdir(path) else ''}")
    say(f"Put texts into {texts}/, then run 'dragoman build'.")
