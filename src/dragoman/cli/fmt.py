"""`dragoman fmt`."""

from __future__ import annotations

import os

import click

from dragoman.cli.terminal import files, out, project, say
from dragoman.errors import Exit


@click.command("fmt")
@click.argument("paths", metavar="[FILE]...", nargs=-1, type=click.Path())
@click.option("--check", is_flag=True, help="Write nothing; exit code 1 where there is something.")
@click.pass_context
def command(ctx: click.Context, paths: tuple[str, ...], check: bool) -> None:
    """Bring catalogs into the one form that GNU gettext would write.

    Without FILE, every catalog of the project. Words, order, comments and flags stay.

    \b
    Exit codes: 0 fine, 1 with --check where a file is in another form.

    \b
    Examples:
      dragoman fmt
      dragoman fmt --check
    """
    from dragoman.pipeline.catalogs import catalog_files as pipeline

    here = project()
    wanted = [os.path.abspath(path) for path in paths] or pipeline.catalogs(here)
    found = pipeline.not_canonical(here, wanted, fix=not check)
    for path in found:
        out(f"{here.files.shown(path)}: {'not in canonical form' if check else 'formatted'}")
    if not found:
        say(f"{files(len(wanted))} in canonical form")
    ctx.exit(Exit.INCOMPLETE if check and found else Exit.FINE)
