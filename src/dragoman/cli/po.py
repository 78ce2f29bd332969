"""`dragoman po`: catalog files by themselves."""

from __future__ import annotations

import sys

import click

from dragoman.cli.terminal import project, say


@click.group("po")
def command() -> None:
    """Read, write and edit catalog files one by one, for scripts and other tools."""


@command.command("cat")
@click.argument("file", type=click.Path())
@click.option("-o", "--output", type=click.Path(), metavar="FILE", help="Else standard output.")
def cat(file: str, output: str | None) -> None:
    """Read a catalog and write it as it is: the same bytes, or an error.

    \b
    Examples:
      dragoman po cat he.po -o copy.po
    """
    from dragoman.pipeline.catalogs import catalog_files as pipeline

    data = pipeline.read(file).write()
    if output is None:
        sys.stdout.buffer.write(data)
    else:
        pipeline.write(output, data)


@command.command("set")
@click.argument("file", type=click.Path())
@click.argument("msgid")
@click.argument("target")
@click.option("--context", metavar="TEXT", help="The msgctxt of the message.")
@click.option("--fuzzy", is_flag=True, help="As a draft.")
def set_(file: str, msgid: str, target: str, context: str | None, fuzzy: bool) -> None:
    """Set the translation of one message of a catalog of this project.

    It may run beside other commands: each waits for the other, and no edit is lost.

    \b
    Examples:
      dragoman po set locales/he/LC_MESSAGES/home.po "Hello." "שלום."
    """
    from dragoman.pipeline.catalogs import edit as pipeline

    changed = pipeline.set_target(project(), file, (context, msgid), target, fuzzy)
    say("set" if changed else "as it was")
