"""`dragoman prune`."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from dragoman.cli import options
from dragoman.cli.terminal import files, is_dry_run, out, project, say, say_changed

if TYPE_CHECKING:
    from dragoman.pipeline.catalogs.orphans import Orphan
    from dragoman.project import Project


@click.command("prune")
@click.option("--yes", is_flag=True, help="Remove them without asking.")
@options.texts
@options.locales
@options.dry_run
def command(yes: bool, texts: tuple[str, ...], locales: tuple[str, ...]) -> None:
    """Remove catalogs whose source text is gone: list them, and ask first.

    Catalogs of a text that was only renamed are not orphans: `update` moves them. Unless
    standard input is a terminal, nothing is removed without --yes.

    \b
    Examples:
      dragoman prune
      dragoman prune --yes
      dragoman prune -t letters/second -l he
    """
    from dragoman.pipeline.catalogs import orphans as pipeline

    here = project()
    found = pipeline.chosen(pipeline.orphans(here, here.texts()), texts, locales)
    for orphan in found:
        _list(here, orphan)
    if not found:
        say("no orphaned catalogs")
    elif yes or is_dry_run() or (sys.stdin.isatty() and click.confirm("Remove these files?")):
        removed = pipeline.prune(here, found)
        say_changed(f"{files(len(removed))} removed", removed)
    else:
        say("nothing is removed; --yes removes them")


def _list(here: Project, orphan: Orphan) -> None:
    """Name the files of an orphan, and how many translations would go with each."""
    for locale, path in orphan.files.catalogs.items():
        count = orphan.translations(locale)
        held = (
            "cannot be read"
            if locale in orphan.broken
            else f"{count} translation{'s' * (count != 1)}"
        )
        out(f"{here.files.shown(path)}: {held}")
    for path in [*orphan.files.shared, *orphan.files.compiled.values()]:
        out(here.files.shown(path))
