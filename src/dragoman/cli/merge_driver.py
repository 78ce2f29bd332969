"""`dragoman merge-driver`."""

from __future__ import annotations

import click

from dragoman.errors import Exit
from dragoman.text.controls import shown


@click.command("merge-driver")
@click.argument("base", metavar="O", type=click.Path())
@click.argument("ours", metavar="A", type=click.Path())
@click.argument("theirs", metavar="B", type=click.Path())
@click.argument("name", metavar="[P]", required=False)
@click.pass_context
def command(ctx: click.Context, base: str, ours: str, theirs: str, name: str | None) -> None:
    """Merge catalog B into catalog A, message by message; both started from O. git calls this.

    If both sides changed a translation, the message keeps A's, becomes fuzzy, and has both texts
    in comments. There are no conflict markers: the file stays a catalog.

    \b
    Exit codes: 0 merged, 1 merged with conflicts to review, 2 a side is not a catalog: its
    lines are merged as git does it, with conflict markers.

    \b
    Examples:
      dragoman git-setup --yes            # git calls it from now on
      dragoman merge-driver base.po ours.po theirs.po
    """
    from dragoman.pipeline.catalogs import catalog_files as pipeline

    conflicts = pipeline.merge_into(base, ours, theirs)
    for (_context, source), why in conflicts:
        click.echo(shown(f"{name or ours}: conflict: {why}: “{source}”"), err=True)
    ctx.exit(Exit.INCOMPLETE if conflicts else Exit.FINE)
