"""`dragoman build`."""

from __future__ import annotations

import click

from dragoman.cli import options
from dragoman.cli.terminal import (
    files,
    hint,
    number,
    out,
    project,
    report_texts,
    say,
    say_changed,
    watched,
)


@click.command("build")
@click.option("--drafts", is_flag=True, help="Include drafts (fuzzy) in the outputs.")
@click.option(
    "--no-update", is_flag=True, help="Only write outputs, from the catalogs as they are."
)
@options.texts
@options.locales
@options.dry_run
def command(
    drafts: bool, no_update: bool, texts: tuple[str, ...], locales: tuple[str, ...]
) -> None:
    """Extract, update, compile, and write translated texts and parallel editions.

    Texts that did not change since the last build are skipped. With --locale, only catalogs and
    translated texts of these locales are written, and editions are left to the next build.

    \b
    Examples:
      dragoman build
      dragoman build --drafts
      dragoman build -t letters/first -l he
      dragoman build --no-update
    """
    from dragoman.pipeline.build import build as pipeline

    here = project()
    wanted = pipeline.BuildOptions(drafts, not no_update, texts, locales)
    built = pipeline.build(here, wanted, watched("build"), out)
    if built.removed:
        say_changed(
            f"{files(len(built.removed))} removed that nothing makes any more", built.removed
        )
    report_texts(here)
    if not built.renewed:
        say(f"{number(built.texts, 'text')}, nothing to do")
        return
    changed = f"{files(len(built.changed))} changed"
    say_changed(f"{built.renewed} of {number(built.texts, 'text')} built, {changed}", built.changed)
    hint(f"open {here.settings.output}/parallel/")
