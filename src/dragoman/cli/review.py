"""`dragoman review`."""

from __future__ import annotations

import click

from dragoman.cli import options
from dragoman.cli.terminal import out, project, say, say_changed


@click.command("review")
@options.texts
@options.locales
@options.units
@click.option("--by", metavar="NAME", help="Who approves.")
@click.option("--undo", is_flag=True, help="Remove approvals.")
@click.option("--all", "every", is_flag=True, help="Every translation of the project.")
@options.dry_run
def command(
    texts: tuple[str, ...],
    locales: tuple[str, ...],
    units: tuple[str, ...],
    by: str | None,
    undo: bool,
    every: bool,
) -> None:
    """Approve translations as they are, under your name and today's date.

    Drafts are skipped. An approval is of one translation of one sentence: when either changes,
    it no longer counts.

    \b
    Examples:
      dragoman review -t home -l he --by "The Editor"
      dragoman review -t home -l he -u 4.2 --undo
    """
    from dragoman.pipeline.catalogs import edit as pipeline

    if not (by or undo):
        raise click.UsageError("name who approves: --by NAME")
    if not (texts or units or every):
        raise click.UsageError("choose translations with --text, --unit or --all")
    here = project()
    chosen = pipeline.Chosen(texts, locales, units)
    reviewed = pipeline.review(here, chosen, by or "", undo)
    what = "no longer approved" if undo else "approved"
    for text, locale, entry in reviewed:
        out(f"{here.catalog_name(text, locale)}: {what}: “{entry.msgid}”")
    if reviewed:
        say_changed(f"{len(reviewed)} {what}")
    else:
        say("nothing to do")
