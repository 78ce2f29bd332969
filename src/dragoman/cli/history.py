"""`dragoman history`."""

from __future__ import annotations

import click

from dragoman.cli import options
from dragoman.cli.terminal import out, project


@click.command("history")
@click.argument("text", shell_complete=options.complete_texts)
@options.locales
@click.option("-u", "--unit", default="", help="Its number (4.2), id, or the sentence itself.")
def command(text: str, locales: tuple[str, ...], unit: str) -> None:
    """Show what commits changed about the translations of TEXT, the latest first.

    The project must be in a git repository; only committed changes are shown.

    \b
    Examples:
      dragoman history home -l he
      dragoman history home -u 4.2
    """
    from dragoman.catalogs.catalog_diff import texts
    from dragoman.pipeline.catalogs import history as pipeline

    for past in pipeline.history(project(), text, locales, unit):
        difference = past.change
        entry = difference.new or difference.old
        assert entry is not None
        lead = f"{past.date} {past.commit} {past.author} [{past.locale}]"
        out(f"{lead} {difference.what}: “{entry.msgid}”")
        for line in texts(difference):
            out(f"  {line}")
