"""`dragoman review`."""

from __future__ import annotations

import click

from dragoman.cli import options
from dragoman.cli.terminal import out, project, say


@click.command("review")
@options.texts
@options.locales
@options.units
@click.option("--by", metavar="NAME", help="Who approves.")
@click.option("--undo", is_flag=True, help="Take approvals back.")
@click.option("--all", "every", is_flag=True, help="Every translation of the project.")
def command(
    texts: tuple[str, ...],
    locales: tuple[str, ...],
    units: tuple[str, ...],
    by: str | None,
    undo: bool,
    every: bool,
) -> None:
    """Approve translations as they stand, under your name and today's date.

    Drafts are left out. An approval is of one translation of one sentence: when either changes,
    it falls by itself.

    \b
    Examples:
      dragoman review -t home -l he --by "The Editor"
      dragoman review -t home -l he -u 4.2 --undo
    """
    from dragoman.pipeline.catalogs import edit as pipeline

    if not (by or undo):
        raise click.UsageError("say who approves: --by NAME")
    if not (texts or units or every):
        raise click.UsageError("say which: --text, --unit or --all")
    here = project()
    chosen = pipeline.Chosen(texts, locales, units)
    reviewed = pipeline.review(here, chosen, by or "", undo)
    what = "no longer approved" if undo else "approved"
    for text, locale, entry in reviewed:
        out(f"{here.catalog_name(text, locale)}: {what}: “{entry.msgid}”")
    if not reviewed:
        say("nothing to do")
