"""`dragoman extract`."""

from __future__ import annotations

import click

from dragoman.cli import options
from dragoman.cli.terminal import files, project, report_texts, say_changed, watched


@click.command("extract")
@options.dry_run
def command() -> None:
    """Write the template (POT) of every text; catalogs are not changed.

    \b
    Example:
      dragoman extract
    """
    from dragoman.pipeline.build import extract as pipeline

    here = project()
    changed = pipeline.extract(here, watched("extract"))
    say_changed(f"{files(len(changed))} changed", changed)
    report_texts(here)
