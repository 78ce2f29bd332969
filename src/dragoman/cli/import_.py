"""`dragoman import`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from dragoman.cli import options
from dragoman.cli.terminal import is_dry_run, is_quiet, out, project
from dragoman.errors import Exit

if TYPE_CHECKING:
    from dragoman.pipeline.catalogs.import_review import CellReport, ImportResult


@click.command("import")
@click.argument("file", type=click.Path())
@click.option(
    "-t",
    "--text",
    default="",
    metavar="TEXT",
    shell_complete=options.complete_texts,
    help="The text it is of; by default the one that has its units.",
)
@click.option(
    "--as",
    "how",
    type=click.Choice(["edit", "suggestion"]),
    default="edit",
    show_default=True,
    help="Whether changed cells replace translations, or are suggestions.",
)
@click.option(
    "--by",
    default="",
    metavar="NAME",
    help="Who returned it; approves what the file marks as reviewed.",
)
@options.locales
@options.dry_run
@click.pass_context
def command(
    ctx: click.Context, file: str, text: str, how: str, by: str, locales: tuple[str, ...]
) -> None:
    """Import a review file (.docx, .xlsx) or XLIFF that came back; nothing is overwritten silently.

    A changed cell becomes a translation, or a suggestion. What changed here since the export is
    kept, and both versions are shown.

    \b
    Exit codes: 0 all was imported, 1 some of it needs attention, 2 bad input.

    \b
    Examples:
      dragoman import home.review.docx --by "A. Reviewer"
      dragoman import home.he.xlf --dry-run
    """
    from dragoman.pipeline.catalogs import import_review as pipeline

    wanted = pipeline.ImportOptions(text, how == "suggestion", by, not is_dry_run(), locales)
    brought = pipeline.import_review(project(), file, wanted)
    for fate in pipeline.Outcome:
        found = [told for told in brought.told if told.fate is fate]
        loud = fate in pipeline.LOUD
        if loud or (fate in pipeline.CHANGES and not is_quiet()):
            for told in found if fate in pipeline.CHANGES else found[:_FEW]:
                out(_line(file, told), fg="yellow" if loud else None)
            if fate not in pipeline.CHANGES and len(found) > _FEW:
                out(f"{file}: and {len(found) - _FEW} more: {fate}", fg="yellow")
    if not is_quiet():
        out(_summary(brought, is_dry_run()))
    if any(told.fate in pipeline.LOUD for told in brought.told):
        ctx.exit(Exit.INCOMPLETE)


_FEW = 20
"""How many cells of one outcome are listed if nothing was changed."""


def _line(file: str, told: CellReport) -> str:
    """The outcome of one cell: `day.xlf: segment s1f: he: edited: “Hello.”: “Salam.” → “Salam!”`."""
    place = f"{file}: {told.place}" if told.place else file
    why = f" ({told.why})" if told.why else ""
    line = f"{place}: {told.locale}: {told.fate}{why}: “{told.source}”"
    return f"{line}: “{told.old}” → “{told.new}”" if told.new else line


def _summary(brought: ImportResult, dry_run: bool) -> str:
    """The number of cells of each outcome, in one line."""
    from dragoman.pipeline.catalogs.import_review import Outcome

    counts = {fate: brought.tally(fate) for fate in Outcome}
    counts_by_fate = [
        f"{n} {fate.partition(':')[0].partition(';')[0]}" for fate, n in counts.items() if n
    ]
    lead = (
        f"{brought.text.domain}: " if not dry_run else f"{brought.text.domain}, nothing written: "
    )
    return lead + (", ".join(counts_by_fate) or "nothing came back")
