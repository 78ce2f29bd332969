"""`dragoman import`."""

from __future__ import annotations

import click

from dragoman.cli.terminal import out, project, say
from dragoman.errors import Exit


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
    for told in brought.told:
        if told.fate in pipeline.LOUD:
            place = f"{file}: {told.place}" if told.place else file
            out(f"{place}: {told.locale}: {told.fate}: “{told.source}”", fg="yellow")
    for fate in pipeline.Fate:
        count = brought.tally(fate)
        if count and fate not in pipeline.LOUD:
            say(f"{count} {fate}")
    if any(told.fate in pipeline.LOUD for told in brought.told):
        ctx.exit(Exit.INCOMPLETE)
