"""`dragoman adopt`."""

from __future__ import annotations

import os
from collections import Counter
from typing import TYPE_CHECKING

import click

from dragoman.cli import options
from dragoman.cli.output import output_file, write_file
from dragoman.cli.terminal import is_dry_run, out, project, say_changed
from dragoman.errors import DragomanError, DragomanErrors

if TYPE_CHECKING:
    from dragoman.pipeline.align.adopt import Adopted, AdoptOptions
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
    help="Minimum confidence of a translation; below it is a draft.",
)
@click.option(
    "--report",
    type=click.Path(),
    metavar="FILE",
    help="Write the alignment of one file to this .html or .tsv file.",
)
@click.option(
    "--review",
    type=click.Path(),
    metavar="FILE",
    help="Use the sentence numbers of a corrected .tsv report.",
)
@options.encoder
@click.option(
    "--replace-drafts",
    is_flag=True,
    help="Replace drafts that somebody wrote, and keep those as suggestions.",
)
@click.option("--force", is_flag=True, help="Adopt a file even if it seems to be of another text.")
@options.dry_run
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
) -> None:
    """Fill catalogs from existing translations, in any format of texts.

    PATH is a file, or a folder of files named like the texts (he/start.md, start.he.docx).
    Sentences are aligned by position, length, numbers, names and words. Confident matches become
    translations, the rest drafts; joined sentences are marked. Nothing that somebody wrote is
    overwritten: where a catalog has a translation or a draft, the file's is added as a suggestion.

    \b
    Exit codes: 0 all was adopted, 2 a file was refused; the others are adopted nevertheless.

    \b
    Examples:
      dragoman adopt old/speech.docx -t speech -l he --report speech.html
      dragoman adopt old/speech.docx -t speech -l he --review speech.tsv
      dragoman adopt old/
    """
    from dragoman.pipeline.align.adopt import AdoptOptions
    from dragoman.pipeline.align.folder import wanted_of

    here = project()
    base = AdoptOptions(
        path,
        "",
        "",
        least,
        force=force or bool(report and is_dry_run()),
        corrections=review or "",
        write=not is_dry_run(),
        encoder=encoder,
        replace_drafts=replace_drafts,
    )
    wanted, problems = wanted_of(here, base, texts, locales)
    if (report or review) and len(wanted) > 1:
        raise DragomanError(
            "a report describes one file", file=path, how_to_fix="adopt the files one by one"
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


def _adopt(here: Project, wanted: AdoptOptions, report: str | None, several: bool) -> None:
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
    say_changed(f"{lead}confidence {adopted.confidence:.2f}: {counts or 'nothing'}")


def _report(adopted: Adopted, report: str, source: str, locale: str, title: str) -> None:
    from dragoman.pipeline.align.report_numbers import numbers
    from dragoman.reports.alignment_report import ReportLine, page, table

    pairs = [
        ReportLine(
            x.bead.confidence,
            numbers(x.bead.source),
            numbers(x.bead.target),
            x.source,
            x.target,
            x.fate,
        )
        for x in adopted.lines
    ]
    name = f"{os.path.splitext(title)[0]}.html"
    path = output_file(report, name, [".html", ".htm", ".tsv"])
    as_table = path.endswith(".tsv")
    content = table(pairs) if as_table else page(pairs, source, locale, title)
    write_file(path, content.encode())
