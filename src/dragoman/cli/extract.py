"""`dragoman extract`."""

from __future__ import annotations

import click

from dragoman.cli import options
from dragoman.cli.terminal import files, out, project, report_texts, say_changed, watched


@click.command("extract")
@click.option("--audit", is_flag=True, help="Also report words that readers see and no unit has.")
@options.dry_run
def command(audit: bool) -> None:
    """Write the template (POT) of every text; catalogs are not changed.

    With --audit, an independent implementation of its format renders every text, and each
    line is reported on which words are seen that no unit has. Words on structure lines of a
    dialect are only counted.

    \b
    Examples:
      dragoman extract
      dragoman extract --audit
    """
    from dragoman.pipeline.build import extract as pipeline

    here = project()
    changed = pipeline.extract(here, watched("extract"))
    say_changed(f"{files(len(changed))} changed", changed)
    report_texts(here)
    if not audit:
        return
    missed = structure = 0
    for name, found in pipeline.audited(here).items():
        for one in found:
            if one.reason:
                structure += len(one.words)
                continue
            missed += len(one.words)
            out(f"{name}:{one.line}: not offered: {' '.join(one.words)}")
    out(f"{missed} words not offered, {structure} on structure lines")
