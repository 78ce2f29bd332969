"""`dragoman diff`."""

from __future__ import annotations

import click

from dragoman.cli.terminal import out


@click.command("diff")
@click.argument("old", metavar="A", type=click.Path())
@click.argument("new", metavar="B", type=click.Path())
def command(old: str, new: str) -> None:
    """Show what changed for a translator from catalog A to catalog B, unit by unit.

    Removed words are in [-…-], added words in {+…+}. Moved messages, line numbers and line wraps
    are not differences.

    \b
    Examples:
      dragoman diff old.po new.po
    """
    from dragoman.catalogs.catalog_diff import texts
    from dragoman.pipeline.catalogs import catalog_files as pipeline

    for file, line, column, difference in pipeline.compare(old, new):
        out(f"{file}:{line}:{column}: {difference.what}: “{difference.key[1]}”")
        for text in texts(difference):
            out(f"  {text}")
