"""`dragoman po`: catalog files by themselves."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import click

from dragoman.cli.terminal import out, project, say
from dragoman.errors import DragomanError, IncompleteError
from dragoman.text.controls import shown

if TYPE_CHECKING:
    from dragoman.pipeline.catalogs.put import Version


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


@command.command("get")
@click.argument("file", type=click.Path())
@click.argument("msgid")
@click.option("--context", metavar="TEXT", help="The msgctxt of the message.")
@click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True
)
def get(file: str, msgid: str, context: str | None, form: str) -> None:
    """Show one message of a catalog of this project, with the base that 'po set' takes.

    \b
    Examples:
      dragoman po get locales/he/LC_MESSAGES/home.po "Hello."
    """
    from dragoman.pipeline.catalogs import put as pipeline

    place, path = project(), os.path.abspath(file)
    found = pipeline.get_at(place, path, (context, msgid))
    if found is None:
        raise _no_message(place.files.shown(path), msgid)
    if form == "json":
        import json

        click.echo(json.dumps(found._asdict(), ensure_ascii=False, indent=2))
        return
    out(f"base: {found.base}")
    out(f"state: {'draft' if found.draft else 'translated' if found.target else 'initial'}")
    if found.by:
        out(f"by: {found.by}")
    out(f"target: {found.target}".rstrip())


@command.command("set")
@click.argument("file", type=click.Path())
@click.argument("msgid")
@click.argument("target")
@click.option("--context", metavar="TEXT", help="The msgctxt of the message.")
@click.option("--fuzzy", is_flag=True, help="As a draft.")
@click.option(
    "--base",
    metavar="BASE",
    help="What 'po get' showed; where the message is another now, nothing is written.",
)
@click.option("--by", default="", metavar="NAME", help="Who translated it; noted in the entry.")
def set_(
    file: str, msgid: str, target: str, context: str | None, fuzzy: bool, base: str | None, by: str
) -> None:
    """Set the translation of one message of a catalog of this project.

    It may run beside other commands: each waits for the other, and no edit is lost. With --base,
    a text that somebody else put in the meantime is not replaced, but shown.

    \b
    Exit codes: 0 it is set, 1 conflict: somebody changed it since, 2 usage or bad input.

    \b
    Examples:
      dragoman po set locales/he/LC_MESSAGES/home.po "Hello." "שלום."
      dragoman po set home.po "Hello." "שלום." --base 5d6bb9ef1f1e2b0a
    """
    from dragoman.pipeline.catalogs import put as pipeline

    place, path = project(), os.path.abspath(file)
    outcome = pipeline.put_at(place, path, (context, msgid), base, target, fuzzy, by)
    match outcome:
        case pipeline.Saved():
            say("set" if outcome.changed else "as it was")
        case pipeline.Conflict(theirs):
            raise _conflict(place.files.shown(path), msgid, theirs)
        case pipeline.Gone():
            raise _no_message(place.files.shown(path), msgid)


def _conflict(file: str, msgid: str, theirs: Version) -> DragomanError:
    what = "draft " if theirs.draft else ""
    by = f" by {theirs.by}" if theirs.by else ""
    return IncompleteError(
        f"conflict: “{msgid}” has another translation since it was read: "
        f"{what}“{shown(theirs.target)}”{by}; nothing was written",
        file=file,
        way_out=f"choose, then set it with --base {theirs.base}",
    )


def _no_message(file: str, msgid: str) -> DragomanError:
    return DragomanError(
        f"there is no message “{msgid}”",
        file=file,
        way_out="give its msgid, and its context with --context",
    )
