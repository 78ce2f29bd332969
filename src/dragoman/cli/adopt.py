"""`dragoman adopt`."""

from __future__ import annotations

import os
from collections import Counter
from typing import TYPE_CHECKING

import click

from dragoman.cli import options
from dragoman.cli.terminal import out, project, say

if TYPE_CHECKING:
    from dragoman.pipeline.align.adopt import Adopted


@click.command("adopt")
@click.argument("file", type=click.Path())
@click.option(
    "-t", "--text", required=True, metavar="TEXT", help="The text that it is a translation of."
)
@click.option("-l", "--locale", required=True, metavar="LOCALE", help="Its language.")
@click.option(
    "--least",
    type=click.FloatRange(0, 1),
    default=0.7,
    show_default=True,
    help="Confidence from which a translation counts as done; below it is a draft.",
)
@click.option(
    "--report", type=click.Path(), metavar="FILE", help="Write the alignment, as .html or .tsv."
)
@click.option(
    "--review",
    type=click.Path(),
    metavar="FILE",
    help="Take the numbers of a corrected .tsv report.",
)
@options.encoder
@click.option("--force", is_flag=True, help="Adopt it although it seems to be of another text.")
@click.option("--dry-run", is_flag=True, help="Write no catalog.")
def command(
    file: str,
    text: str,
    locale: str,
    least: float,
    report: str | None,
    review: str | None,
    encoder: str,
    force: bool,
    dry_run: bool,
) -> None:
    """Fill a catalog from a translation that exists already (.md, .txt, .html, .docx).

    Sentences are aligned by their place, length, numbers, names and words. What is sure becomes a
    translation, the rest drafts; joined sentences are marked; nothing is overwritten.

    \b
    Examples:
      dragoman adopt old/speech.docx -t speech -l he --report speech.html
      dragoman adopt old/speech.docx -t speech -l he --review speech.tsv
    """
    from dragoman.pipeline.align import adopt as pipeline

    here = project()
    wanted = pipeline.Wanted(
        file,
        text,
        locale,
        least,
        force=force or bool(report and dry_run),
        corrections=review or "",
        write=not dry_run,
        encoder=encoder,
    )
    adopted = pipeline.adopt(here, wanted)
    if report:
        _report(adopted, report, here.settings.source, locale, os.path.basename(file))
    for line in adopted.lines:
        if line.fate in ("omitted", "added"):
            out(f"{line.fate}: “{line.source or line.target}”")
    tally = Counter(line.fate for line in adopted.lines)
    counts = ", ".join(
        f"{tally[fate]} {fate}" for fate in ("translated", "draft", "kept") if tally[fate]
    )
    say(f"confidence {adopted.confidence:.2f}: {counts or 'nothing'}")


def _report(adopted: Adopted, report: str, source: str, locale: str, title: str) -> None:
    from dragoman.pipeline.align.adopt import numbers
    from dragoman.project import Files
    from dragoman.reports.alignment_report import Pair, page, table

    pairs = [
        Pair(
            x.bead.confidence,
            numbers(x.bead.source),
            numbers(x.bead.target),
            x.source,
            x.target,
            x.fate,
        )
        for x in adopted.lines
    ]
    made = table(pairs) if report.endswith(".tsv") else page(pairs, source, locale, title)
    path = os.path.abspath(report)
    Files(os.path.dirname(path)).write({path: made.encode()})
