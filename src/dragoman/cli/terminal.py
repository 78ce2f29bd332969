"""What commands share: the project at hand, safe output, a progress bar."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import click

from dragoman.project import Project, Text, find
from dragoman.text.controls import shown

_MANY = 50


def project() -> Project:
    """The project of the folder the command was called for."""
    return find(click.get_current_context().obj["folder"])


def say(line: str = "", **style: Any) -> None:
    """A line for a person: nothing in a pipe or where quiet was asked for."""
    context = click.get_current_context()
    if not context.obj["quiet"] and sys.stdout.isatty():
        click.echo(click.style(shown(line), **style), color=context.color)


def out(line: str = "", **style: Any) -> None:
    """A line that the command is called for."""
    click.echo(click.style(shown(line), **style), color=click.get_current_context().color)


def say_lacking(lacking: Mapping[str, Sequence[str]]) -> None:
    """Which checks cannot be made in which locale: one line on standard error."""
    context = click.get_current_context()
    if lacking and not context.obj["quiet"]:
        each = "; ".join(f"{locale} {', '.join(codes)}" for locale, codes in lacking.items())
        click.echo(shown(f"not checked, for too little is known of the language: {each}"), err=True)


def watched(label: str) -> Any:
    """Goes through texts behind a progress bar, if there are many and somebody is watching."""

    def watch(texts: Sequence[Text]) -> Iterable[Text]:
        quiet = click.get_current_context().obj["quiet"]
        if quiet or len(texts) < _MANY or not sys.stderr.isatty():
            return texts
        return _bar(texts, label)

    return watch


def _bar(texts: Sequence[Text], label: str) -> Iterator[Text]:
    with click.progressbar(texts, label=label, file=sys.stderr) as bar:
        yield from bar


def files(count: int) -> str:
    """A number of files in words.

    >>> files(1), files(2)
    ('1 file', '2 files')
    """
    return f"{count} file" if count == 1 else f"{count} files"
