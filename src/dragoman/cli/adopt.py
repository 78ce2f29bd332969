"""`dragoman adopt`."""

from __future__ import annotations

import os
from collections import Counter
from typing import TYPE_CHECKING

import click

from dragoman.cli import options
from dragoman.cli.terminal import out, project, say
from dragoman.errors import DragomanError, DragomanErrors

if TYPE_CHECKING:
    from dragoman.pipeline.align.adopt import Adopted, Wanted
    from dragoman.project import Project


@click.command("adopt")
@click.argument("path", type=click.Path())
@options.texts
@options.locales
@click.option(
    "--least",
    type=click.FloatRange(0, 1),
    default=0.7,
    show_default=True,
    help="Confidence from which a translation counts as done; below it is a draft.",
)
@click.option(
    "--report",
    type=click.Path(),
    metavar="FILE",
    help="Write the alignment of one file, as .html or .tsv.",
)
@click.option(
    "--review",
    type=click.Path(),
    metavar="FILE",
    help="Take the numbers of a corrected .tsv report.",
)
@options.encoder
@click.option(
    "--replace-drafts",
    is_flag=True,
    help="Put translations in place of drafts that somebody wrote, and keep those as suggestions.",
)
@click.option("--force", is_flag=True, help="Adopt it although it seems to be of another text.")
@click.option("--dry-run", is_flag=True, help="Write no catalog.")
def command(
    path: str,
    texts: tuple[str, ...],
    locales: tuple[str, ...],
    least: float,
    report: str | None,
    review: str | None,
    encoder: str,
    replace_drafts: bool,
    force: bool,
    dry_run: bool,
) -> None:
    """Fill catalogs from translations that exist already (.md, .txt, .html, .docx).

    PATH is a file, or a folder of files named as the texts (he/start.md, start.he.docx).
    Sentences are aligned by their place, length, numbers, names and words. What is sure becomes a
    translation, the rest drafts; joined sentences are marked. Nothing that somebody wrote is
    overwritten: where a catalog has a translation or a draft, the file's stands beside it as a
    suggestion.

    \b
    Exit codes: 0 all was adopted, 2 a file was refused; the others are adopted all the same.

    \b
    Examples:
      dragoman adopt old/speech.docx -t speech -l he --report speech.html
      dragoman adopt old/speech.docx -t speech -l he --review speech.tsv
      dragoman adopt old/
    """
    from dragoman.pipeline.align.adopt import Wanted
    from dragoman.pipeline.align.folder import wanted_of

    here = project()
    base = Wanted(
        path,
        "",
        "",
        least,
        force=force or bool(report and dry_run),
        corrections=review or "",
        write=not dry_run,
        encoder=encoder,
        replace_drafts=replace_drafts,
    )
    wanted, problems = wanted_of(here, base, options.parted(texts), options.parted(locales))
    if (report or review) and len(wanted) > 1:
        raise DragomanError(
            "a report is of one file", file=path, way_out="adopt the files one by one"
        )
    several = len(wanted) + len(problems) > 1
    for one in wanted:
        try:
            _adopt(here, one, report, several)
        except DragomanError as error:
            problems.append(error)
    if len(problems) == 1:
        raise problems[0]
    if problems:
        raise DragomanErrors(problems)


def _adopt(here: Project, wanted: Wanted, report: str | None, several: bool) -> None:
    from dragoman.pipeline.align import adopt as pipeline
    from dragoman.pipeline.align.filling import FATES, stretches

    adopted = pipeline.adopt(here, wanted)
    if report:
        name = os.path.basename(wanted.file)
        _report(adopted, report, here.settings.source, wanted.locale, name)
    lead = f"{wanted.file}: " if several else ""
    for stretch in stretches(adopted.lines):
        out(f"{lead}{stretch}")
    tally = Counter(line.fate for line in adopted.lines)
    counts = ", ".join(f"{tally[fate]} {fate}" for fate in FATES if tally[fate])
    say(f"{lead}confidence {adopted.confidence:.2f}: {counts or 'nothing'}")


def _report(adopted: Adopted, report: str, source: str, locale: str, title: str) -> None:
    from dragoman.pipeline.align.report_numbers import numbers
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
