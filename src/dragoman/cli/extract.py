"""`dragoman extract`."""

from __future__ import annotations

import click

from dragoman.cli.terminal import files, project, say, watched


@click.command("extract")
def command() -> None:
    """Write the template (POT) of every text; catalogs stay as they are.

    \b
    Example:
      dragoman extract
    """
    from dragoman.pipeline.build import extract as pipeline

    changed = pipeline.extract(project(), watched("extract"))
    say(f"{files(len(changed))} changed")
