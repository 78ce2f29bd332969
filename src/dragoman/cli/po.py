"""`dragoman po`: catalog files by themselves."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import click

from dragoman.cli import options
from dragoman.cli.output import output_file
from dragoman.cli.terminal import out, project, say, say_changed
from dragoman.errors import DragomanError, IncompleteError
from dragoman.text.controls import shown

if TYPE_CHECKING:
    from dragoman.pipeline.catalogs.put import Version


@click.group("po")
def command() -> None:
    """Read, write and edit catalog files one by one, for scripts and other tools."""


@command.command("cat")
@click.argument("file", type=click.Path())
@click.option(
    "-o",
    "--output",
    type=click.Path(),
    metavar="PATH",
    help="A file or folder; else standard output.",
)
def cat(file: str, output: str | None) -> None:
    """Read a catalog and write it unchanged: the same bytes, or an error.

    \b
    Examples:
      dragoman po cat he.po -o copy.po
    """
    from dragoman.pipeline.catalogs import catalog_files as pipeline

    data = pipeline.read(file).write()
    if output is None:
        sys.stdout.buffer.write(data)
    else:
        path = output_file(output, os.path.basename(file), [".po", ".pot"])
        if pipeline.write(path, data):
            say(f"wrote {output}")


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
    message = pipeline.get_at(place, path, (context, msgid))
    if message is None:
        raise _no_message(place.files.shown(path), msgid)
    if form == "json":
        import json

        click.echo(json.dumps(message._asdict(), ensure_ascii=False, indent=2))
        return
    out(f"base: {message.base}")
    out(f"state: {'draft' if message.draft else 'translated' if message.target else 'initial'}")
    if message.by:
        out(f"by: {message.by}")
    out(f"target: {message.target}".rstrip())


@command.command("set")
@click.argument("file", type=click.Path())
@click.argument("msgid")
@click.argument("target")
@click.option("--context", metavar="TEXT", help="The msgctxt of the message.")
@click.option("--fuzzy", is_flag=True, help="As a draft.")
@click.option(
    "--base",
    metavar="BASE",
    help="What 'po get' showed; if the message has changed since, nothing is written.",
)
@click.option("--by", default="", metavar="NAME", help="Who translated it; noted in the entry.")
@options.dry_run
def set_(
    file: str, msgid: str, target: str, context: str | None, fuzzy: bool, base: str | None, by: str
) -> None:
    """Set the translation of one message of a catalog of this project.

    It may run at the same time as other commands: each waits for the other, and no edit is lost.
    With --base, a translation that somebody else set in the meantime is shown, not replaced.

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
            if outcome.changed:
                say_changed(f"{place.files.shown(path)}: set: “{msgid}”", [path])
            else:
                say("unchanged")
        case pipeline.Conflict(theirs):
            raise _conflict(place.files.shown(path), msgid, theirs)
        case pipeline.Gone():
            raise _no_message(place.files.shown(path), msgid)


def _conflict(file: str, msgid: str, theirs: Version) -> DragomanError:
    state = "draft " if theirs.draft else ""
    by = f" by {theirs.by}" if theirs.by else ""
    return IncompleteError(
        f"conflict: “{msgid}” has another translation since it was read: "
        f"{state}“{shown(theirs.target)}”{by}; nothing was written",
        file=file,
        how_to_fix=f"choose, then set it with --base {theirs.base}",
    )


def _no_message(file: str, msgid: str) -> DragomanError:
    return DragomanError(
        f"there is no message “{msgid}”",
        file=file,
        how_to_fix="give its msgid, and its context with --context",
    )
