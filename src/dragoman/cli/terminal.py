"""What commands share: the project, safe output, a progress bar."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import click

from dragoman.project import Project, Text, find
from dragoman.project.layout import no_text, unportable_names
from dragoman.text.controls import shown

_MANY = 50


def project() -> Project:
    """The project of the current folder; with --dry-run, one whose files are never written."""
    state = click.get_current_context().obj
    if "project" not in state:
        state["project"] = find(".", dry_run=is_dry_run())
    here: Project = state["project"]
    return here


def is_dry_run() -> bool:
    """Whether the command was called with --dry-run."""
    return bool(click.get_current_context().obj.get("dry_run"))


def is_quiet() -> bool:
    """Whether the command was called with --quiet."""
    return bool(click.get_current_context().obj.get("quiet"))


def say(line: str = "", **style: Any) -> None:
    """Print a line about what the command did on standard error, unless --quiet."""
    if not is_quiet():
        color = click.get_current_context().color
        click.echo(click.style(shown(line), **style), err=True, color=color)


def say_changed(line: str, paths: Iterable[str] = ()) -> None:
    """Print what changed in one line; with --verbose, the files too.

    With --dry-run the line says that nothing is written.
    """
    say(f"dry run, nothing is written: {line}" if is_dry_run() else line)
    if click.get_current_context().obj.get("verbose"):
        for path in paths:
            say(f"  {project().files.shown(path)}")


def hint(line: str) -> None:
    """Print a suggestion on standard error, only if a person is at the terminal."""
    if sys.stderr.isatty():
        say(line)


def out(line: str = "", **style: Any) -> None:
    """Print a line of the command's result on standard output."""
    click.echo(click.style(shown(line), **style), color=click.get_current_context().color)


def say_lacking(lacking: Mapping[str, Sequence[str]]) -> None:
    """Print which checks cannot be made in which locale."""
    if lacking:
        each = "; ".join(f"{locale} {', '.join(codes)}" for locale, codes in lacking.items())
        say(f"not checked, too little is known of the language: {each}")


def report_texts(here: Project) -> None:
    """Print how many documents among the texts no format reads, by suffix.

    Raises:
        DragomanError: there is no text at all, so that the command had nothing to do.
    """
    say_unread(here)
    texts = here.texts()
    say_unportable(here, texts)
    if not texts:
        raise no_text(here)


def say_unread(here: Project) -> None:
    """Print how many documents among the texts no format reads, by suffix."""
    if counts := here.unread_documents():
        say(f"not read, unknown formats: {by_suffix(counts)}; 'ignore' in the settings silences it")


def say_unportable(here: Project, texts: Iterable[Text]) -> None:
    """Print which texts Windows cannot hold: a repository with them cannot be cloned there."""
    for path, why in unportable_names(texts).items():
        name = f"{here.settings.texts}/{path}"
        say(f"{name}: Windows cannot hold this name, {why}; rename it if somebody works there")


def by_suffix(counts: Mapping[str, int]) -> str:
    """Numbers of files by their suffix in words.

    >>> by_suffix({".docx": 2, "": 1})
    '2 .docx, 1 without suffix'
    """
    return ", ".join(f"{count} {suffix or 'without suffix'}" for suffix, count in counts.items())


def watched(label: str) -> Any:
    """A function that iterates over texts, with a progress bar if there are many and a terminal."""

    def watch(texts: Sequence[Text]) -> Iterable[Text]:
        if is_quiet() or len(texts) < _MANY or not sys.stderr.isatty():
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
    return number(count, "file")


def number(count: int, noun: str) -> str:
    """A number of things in words.

    >>> number(1, "text"), number(2, "text")
    ('1 text', '2 texts')
    """
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"
