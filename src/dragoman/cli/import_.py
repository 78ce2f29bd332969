"""`dragoman import`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from dragoman.cli.terminal import out, project
from dragoman.errors import Exit

if TYPE_CHECKING:
    from dragoman.pipeline.catalogs.import_review import Brought, Told


@click.command("import")
@click.argument("file", type=click.Path())
@click.option(
    "-t",
    "--text",
    default="",
    metavar="TEXT",
    help="The text it is of; found by its units otherwise.",
)
@click.option(
    "--as",
    "how",
    type=click.Choice(["edit", "suggestion"]),
    default="edit",
    show_default=True,
    help="Whether changed cells become translations, or stand beside them.",
)
@click.option(
    "--by",
    default="",
    metavar="NAME",
    help="Who returned it; approves what the file calls reviewed.",
)
@click.option("--dry-run", is_flag=True, help="Tell what would happen and write nothing.")
@click.pass_context
def command(ctx: click.Context, file: str, text: str, how: str, by: str, dry_run: bool) -> None:
    """Take back a review file (.docx, .xlsx) or XLIFF, and overwrite nothing silently.

    A changed cell becomes a translation, or a suggestion. What changed here since the file went
    out stays, and both are shown.

    \b
    Exit codes: 0 all was taken, 1 somebody has to look at some of it, 2 bad input.

    \b
    Examples:
      dragoman import home.review.docx --by "A. Reviewer"
      dragoman import home.he.xlf --dry-run
    """
    from dragoman.pipeline.catalogs import import_review as pipeline

    wanted = pipeline.Wanted(text, how == "suggestion", by, not dry_run)
    brought = pipeline.bring(project(), file, wanted)
    for fate in pipeline.Fate:
        found = [told for told in brought.told if told.fate is fate]
        loud = fate in pipeline.LOUD
        if loud or (fate in pipeline.CHANGES and not ctx.obj["quiet"]):
            for told in found if fate in pipeline.CHANGES else found[:_FEW]:
                out(_line(file, told), fg="yellow" if loud else None)
            if fate not in pipeline.CHANGES and len(found) > _FEW:
                out(f"{file}: and {len(found) - _FEW} more: {fate}", fg="yellow")
    if not ctx.obj["quiet"]:
        out(_summary(brought, dry_run))
    if any(told.fate in pipeline.LOUD for told in brought.told):
        ctx.exit(Exit.INCOMPLETE)


_FEW = 20
"""Cells of one fate that are named one by one, where nothing was changed."""


def _line(file: str, told: Told) -> str:
    """What became of one cell: `day.xlf: segment s1f: he: edited: “Hello.”: “Salam.” → “Salam!”`."""
    place = f"{file}: {told.place}" if told.place else file
    why = f" ({told.why})" if told.why else ""
    line = f"{place}: {told.locale}: {told.fate}{why}: “{told.source}”"
    return f"{line}: “{told.old}” → “{told.new}”" if told.new else line


def _summary(brought: Brought, dry_run: bool) -> str:
    """How many cells became what, in one line."""
    from dragoman.pipeline.catalogs.import_review import Fate

    counts = {fate: brought.tally(fate) for fate in Fate}
    said = [f"{n} {fate.partition(':')[0].partition(';')[0]}" for fate, n in counts.items() if n]
    lead = (
        f"{brought.text.domain}: " if not dry_run else f"{brought.text.domain}, nothing written: "
    )
    return lead + (", ".join(said) or "nothing came back")
