"""`dragoman update`."""

from __future__ import annotations

import click

from dragoman.cli import options
from dragoman.cli.terminal import files, project, say, watched


@click.command("update")
@options.locales
def command(locales: tuple[str, ...]) -> None:
    """Bring templates and catalogs in step with the texts.

    Unchanged sentences keep their translation wherever they moved; changed ones come as fuzzy
    with their former translation; vanished ones are kept as obsolete.

    \b
    Examples:
      dragoman update
      dragoman update -l he
    """
    from dragoman import pipeline  # noqa: PLC0415 - loaded when called

    changed = pipeline.update(project(), locales, watched("update"))
    say(f"{files(len(changed))} changed")
