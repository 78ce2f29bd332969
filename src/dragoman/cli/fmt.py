"""`dragoman fmt`."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from dragoman.cli import options
from dragoman.cli.terminal import files, is_dry_run, out, project, say, say_changed
from dragoman.errors import Exit

if TYPE_CHECKING:
    from dragoman.project import Project


@click.command("fmt")
@click.argument("paths", metavar="[FILE]...", nargs=-1, type=click.Path())
@options.texts
@options.locales
@click.option("--check", is_flag=True, help="Write nothing; exit code 1 if a file would change.")
@options.dry_run
@click.pass_context
def command(
    ctx: click.Context,
    paths: tuple[str, ...],
    texts: tuple[str, ...],
    locales: tuple[str, ...],
    check: bool,
) -> None:
    """Rewrite catalogs in the form that GNU gettext would write.

    Without FILE, every catalog of the project. Words, order, comments and flags are kept.

    \b
    Exit codes: 0 fine, 1 with --check if a file is in another form.

    \b
    Examples:
      dragoman fmt
      dragoman fmt -l he --check
    """
    from dragoman.pipeline.catalogs import catalog_files as pipeline

    here = project()
    chosen = [os.path.abspath(path) for path in paths] or _catalogs(here, texts, locales)
    changed = pipeline.not_canonical(here, chosen, fix=not check)
    result = "not in canonical form" if check or is_dry_run() else "formatted"
    for path in changed:
        out(f"{here.files.shown(path)}: {result}")
    if not changed:
        say(f"{files(len(chosen))} in canonical form")
    elif not check:
        say_changed(f"{len(changed)} of {files(len(chosen))} formatted", changed)
    ctx.exit(Exit.INCOMPLETE if check and changed else Exit.FINE)


def _catalogs(here: Project, texts: Sequence[str], locales: Sequence[str]) -> list[str]:
    """The catalogs of the chosen texts and locales that exist."""
    from dragoman.pipeline.selection import chosen_locales, chosen_texts

    paths = (
        here.catalog(text, locale)
        for text in chosen_texts(here, texts)
        for locale in chosen_locales(here, locales)
    )
    return [path for path in paths if os.path.exists(path)]
