"""`dragoman extract`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from dragoman.cli import options
from dragoman.cli.terminal import files, out, project, report_texts, say_changed, watched

if TYPE_CHECKING:
    from dragoman.formats.audit import Missed
    from dragoman.project import Project


@click.command("extract")
@click.option("--audit", is_flag=True, help="Also report words that readers see and no unit has.")
@options.texts
@options.dry_run
def command(audit: bool, texts: tuple[str, ...]) -> None:
    """Write the template (POT) of every text; catalogs are not changed.

    With --audit, an independent implementation of its format renders every text, and each
    line is reported on which words are seen that no unit has. Words on structure lines of a
    dialect are only counted.

    \b
    Examples:
      dragoman extract
      dragoman extract --audit -t letters/first
    """
    from dragoman.pipeline.build import extract as pipeline

    here = project()
    changed = pipeline.extract(here, texts, watched("extract"))
    say_changed(f"{files(len(changed))} changed", changed)
    report_texts(here)
    if not audit:
        return
    _audit(here, texts)


def _audit(here: Project, texts: tuple[str, ...]) -> None:
    """Print what readers see and no unit has, and how many words that is."""
    from dragoman.pipeline.build import extract as pipeline

    counts = {"missed": 0, "structure": 0}

    def tell(name: str, found: list[Missed]) -> None:
        for one in found:
            counts["structure" if one.reason else "missed"] += len(one.words)
            if not one.reason:
                out(f"{name}:{one.line}: not offered: {' '.join(one.words)}")

    try:
        pipeline.audited(here, texts, tell)
    finally:
        out(f"{counts['missed']} words not offered, {counts['structure']} on structure lines")
