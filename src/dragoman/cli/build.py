"""`dragoman build`."""

from __future__ import annotations

import click

from dragoman.cli.terminal import files, out, project, say, watched


@click.command("build")
@click.option("--drafts", is_flag=True, help="Let drafts (fuzzy) into the outputs.")
@click.option(
    "--no-update", is_flag=True, help="Only write outputs, from the catalogs as they stand."
)
def command(drafts: bool, no_update: bool) -> None:
    """Extract, update, compile, and write translated texts and parallel editions.

    Texts of which nothing changed since the last build are not looked into.

    \b
    Examples:
      dragoman build
      dragoman build --drafts
      dragoman build --no-update
    """
    from dragoman.pipeline.build import build as pipeline

    here = project()
    built = pipeline.build(here, drafts, not no_update, watched("build"))
    for line in built.renamed:
        out(line)
    if not built.renewed:
        say(f"{built.texts} texts, nothing to do")
        return
    say(f"{built.renewed} of {built.texts} texts built, {files(len(built.changed))} changed")
    say(f"open {here.settings.output}/parallel/")
