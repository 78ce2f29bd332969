"""`dragoman git-setup`."""

from __future__ import annotations

import click

from dragoman.cli.terminal import out, project, say


@click.command("git-setup")
@click.option("--yes", is_flag=True, help="Do it; without, it is only shown.")
def command(yes: bool) -> None:
    """Let git merge catalogs message by message: show the needed changes, and make them with --yes.

    It adds lines to .gitattributes, which is committed, and a merge driver to the repository's
    own configuration, which everybody who clones it must add for themselves.

    \b
    Examples:
      dragoman git-setup
      dragoman git-setup --yes
    """
    from dragoman.pipeline import git_setup as pipeline

    here = project()
    plan = pipeline.plan(here)
    if not plan.lines and not plan.config:
        say("git is set up")
        return
    for line in plan.lines:
        out(f".gitattributes: {line}")
    for key, value in plan.config:
        out(f"git config --local {key} '{value}'")
    if yes:
        pipeline.apply(here, plan)
        say("git is set up")
    else:
        say("nothing is changed yet; --yes does it")
