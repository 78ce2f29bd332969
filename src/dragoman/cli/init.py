"""`dragoman init`."""

from __future__ import annotations

import os
import sys

import click

from dragoman.cli import options
from dragoman.cli.terminal import say
from dragoman.project import Files


@click.command("init")
@click.option(
    "-l",
    "--locale",
    "locales",
    multiple=True,
    metavar="LOCALE",
    callback=options.any_locale,
    help="A locale to translate into; may be repeated, or several separated by commas.",
)
@click.option(
    "--source",
    default="en",
    show_default=True,
    metavar="LOCALE",
    callback=options.any_locale,
    help="Locale of the source texts.",
)
@click.option(
    "--texts",
    default="source_texts",
    show_default=True,
    metavar="FOLDER",
    help="Folder of the source texts.",
)
@click.option(
    "--example",
    is_flag=True,
    help="Put in a small text with translations into az, he and ru, to look around in.",
)
@click.option(
    "--gitignore/--no-gitignore",
    default=None,
    help="Add what can be made again to .gitignore; in a terminal you are asked.",
)
def command(
    locales: tuple[str, ...], source: str, texts: str, example: bool, gitignore: bool | None
) -> None:
    """Make a project here: write dragoman.toml and the folder of the texts.

    In a git repository, offer lines for .gitignore.

    \b
    Examples:
      dragoman init                       # into az, he and ru
      dragoman init --example             # something to look at
      dragoman init -l he -l ru --texts articles
    """
    from dragoman.pipeline import init as pipeline

    root = os.path.realpath(".")
    if example and (locales or source != "en" or texts != "source_texts"):
        raise click.UsageError("--example comes with its own locales and folder")
    if example:
        written = pipeline.example(root)
    else:
        written = pipeline.init(root, source, locales or ("az", "he", "ru"), texts)
    files = Files(root)
    for path in written:
        say(f"made {files.shown(path)}{'/' if os.path.isdir(path) else ''}")
    _gitignore(root, gitignore)
    if example:
        say("run dragoman build, then open build/parallel/ferry.html")
    else:
        say(f"put texts into {texts}/, then run: {'; '.join(_NEXT)}")


_NEXT = ("dragoman build", "dragoman status", "dragoman check")


def _gitignore(root: str, wanted: bool | None) -> None:
    """In a git repository, add lines to .gitignore if the user agrees, else print them."""
    from dragoman.pipeline import init as pipeline

    lines = pipeline.not_ignored(root)
    if not lines:
        return
    listed = " and ".join(lines)
    if wanted is None and sys.stdin.isatty() and sys.stderr.isatty():
        wanted = click.confirm(f"Add {listed} to .gitignore?", default=True, err=True)
    if wanted:
        pipeline.ignore(root, lines)
        say(f"added {listed} to .gitignore")
    elif wanted is None:
        say(f"add {listed} to .gitignore: they can be made again")
