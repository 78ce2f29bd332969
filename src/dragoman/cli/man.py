"""`dragoman man`."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator

import click

from dragoman import __version__
from dragoman.cli.terminal import files as counted
from dragoman.cli.terminal import say
from dragoman.project import Files

_WIDTH = 78


@click.command("man")
@click.option(
    "-o",
    "--output",
    metavar="DIRECTORY",
    default="~/.local/share/man/man1",
    show_default=True,
    help="Folder for the pages; `man` finds those in the default.",
)
def command(output: str) -> None:
    """Write a manual page for every command, from its help.

    \b
    Examples:
      dragoman man && man dragoman-build
      dragoman man --output debian/man
    """
    folder = os.path.abspath(os.path.expanduser(output))
    pages = {f"{folder}/{name}.1": page.encode() for name, page in pages_of_all()}
    written = Files(folder).write(pages)
    say(f"wrote {counted(len(written))} of {len(pages)} in {folder}")


def pages_of_all() -> Iterator[tuple[str, str]]:
    """The name and content of the page of the program and of each command."""
    from dragoman.cli import COMMANDS, dragoman

    above = click.Context(dragoman, info_name="dragoman")
    yield "dragoman", _page("dragoman", dragoman, above, list(COMMANDS))
    for name, about in COMMANDS.items():
        one = dragoman.get_command(above, name)
        if one is not None:
            within = click.Context(one, info_name=name, parent=above)
            yield f"dragoman-{name}", _page(f"dragoman-{name}", one, within, [], about)


def _page(
    name: str, of: click.Command, context: click.Context, others: list[str], about: str = ""
) -> str:
    """A page in the macros of man(7)."""
    summary = (about or of.get_short_help_str(200)).rstrip(".")
    lines = [
        f'.TH {_roff(name.upper())} 1 "" "dragoman {__version__}" "User Commands"',
        ".SH NAME",
        rf"{_roff(name)} \- {_roff(summary)}",
        ".SH SYNOPSIS",
        _roff(" ".join([context.command_path, *of.collect_usage_pieces(context)])),
        ".SH DESCRIPTION",
        *_paragraphs(of.help or ""),
    ]
    if isinstance(of, click.Group) and not others:
        for sub in of.commands.values():
            inner = click.Context(sub, info_name=sub.name, parent=context)
            lines += [f".SH {_roff(inner.command_path.upper())}", *_paragraphs(sub.help or "")]
            lines += _options(sub, inner)
    lines += [".SH OPTIONS", *_options(of, context)]
    seen = [f"dragoman-{other}" for other in others] or ["dragoman"]
    lines += [".SH SEE ALSO", ",\n".join(rf"\fB{_roff(one)}\fR(1)" for one in seen)]
    return "\n".join(lines) + "\n"


def _options(of: click.Command, context: click.Context) -> Iterator[str]:
    for param in of.get_params(context):
        record = param.get_help_record(context)
        if record is not None:
            yield from (".TP", rf"\fB{_roff(record[0])}\fR", _roff(" ".join(record[1].split())))


def _paragraphs(text: str) -> Iterator[str]:
    r"""A help text; what follows a `\b` keeps its lines."""
    for paragraph in re.split(r"\n\s*\n", text.strip()):
        kept = paragraph.lstrip().startswith("\b")
        lines = [line for line in paragraph.split("\n") if line.strip() and line.strip() != "\b"]
        yield ".PP"
        if kept:
            yield from (".nf", *(_roff(line.removeprefix("    ")) for line in lines), ".fi")
        else:
            yield _roff(" ".join(line.strip() for line in lines))


def _roff(text: str) -> str:
    r"""Text in which nothing is a request or an escape.

    >>> print(_roff(".dot -x"))
    \&.dot \-x
    """
    text = text.replace("\\", r"\e").replace("-", r"\-")
    return rf"\&{text}" if text.startswith((".", "'")) else text
