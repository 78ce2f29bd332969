"""`dragoman waive`."""

from __future__ import annotations

import click

from dragoman.cli import options
from dragoman.cli.terminal import out, project, say_changed


@click.command("waive")
@click.argument("codes", nargs=-1, required=True, metavar="CODE...")
@click.option("--reason", required=True, metavar="TEXT", help="Why the finding is accepted.")
@options.texts
@options.locales
@options.units
@click.option(
    "--in-file",
    is_flag=True,
    help="Keep the waiver in waivers.toml beside the catalogs, not in the catalog.",
)
@options.dry_run
def command(
    codes: tuple[str, ...],
    reason: str,
    texts: tuple[str, ...],
    locales: tuple[str, ...],
    units: tuple[str, ...],
    in_file: bool,
) -> None:
    """Accept findings of some units, with a reason that is kept in the catalog or in a file.

    A waiver is of one source and one target: when either changes, the finding comes back.

    \b
    Examples:
      dragoman waive number -t khojaly-memorial-day -u 4.2 -l ru --reason "the source has a misprint"
    """
    from dragoman.pipeline.catalogs.edit import Chosen
    from dragoman.pipeline.check.waive import waive

    here = project()
    done = waive(here, Chosen(texts, locales, units), codes, reason, in_file)
    for text, locale, entry in done:
        out(f"{here.catalog_name(text, locale)}:{entry.line}: waived: “{entry.msgid}”")
    if done:
        say_changed(f"{len(done)} waived")
    else:
        out("nothing to waive there")
