"""`dragoman adopt`."""

from __future__ import annotations

import os
from collections import Counter
from typing import TYPE_CHECKING

import click

from dragoman.cli import options
from dragoman.cli.output import output_file, write_file
from dragoman.cli.terminal import files, is_dry_run, out, project, say, say_changed
from dragoman.errors import DragomanError, DragomanErrors
from dragoman.project import Files

if TYPE_CHECKING:
    from dragoman.pipeline.align.adopt import Adopted, AdoptOptions
    from dragoman.pipeline.align.pile import Pile
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
@click.option(
    "--source",
    default="en",
    show_default=True,
    metavar="LOCALE",
    callback=options.any_locale,
    help="Locale of the texts, where the folder becomes a new project.",
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
    source: str,
    force: bool,
) -> None:
    """Fill catalogs from existing translations, in any format of texts.

    PATH is a file, or a folder of files named like the texts (he/start.md, start.he.docx).
    Sentences are aligned by position, length, numbers, names and words. Confident matches become
    translations, the rest drafts; joined sentences are marked. Nothing that somebody wrote is
    overwritten: where a catalog has a translation or a draft, the file's is added as a suggestion.

    Where there is no project yet, a folder with texts and translations (start.en.md, start.he.md,
    or en/start.md, he/start.md) becomes one here. A .po file of paragraphs, as po4a, mdpo or txt2po
    make them, is cut into sentences.

    \b
    Exit codes: 0 all was adopted, 2 a file was refused; the others are adopted nevertheless.

    \b
    Examples:
      dragoman adopt old/speech.docx -t speech -l he --report speech.html
      dragoman adopt old/speech.docx -t speech -l he --review speech.tsv
      dragoman adopt old/
      dragoman adopt old/speech.he.po -t speech -l he
    """
    from dragoman.pipeline.align.adopt import AdoptOptions
    from dragoman.pipeline.align.folder import wanted_of

    pile = _project_of(path, source, locales)
    here = project()
    if path.lower().endswith(".po"):
        _adopt_paragraphs(here, path, texts, locales)
        return
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
    if pile is None:
        wanted, problems = wanted_of(here, base, texts, locales)
    else:
        known = locales or pile.locales
        wanted = [base._replace(**m._asdict()) for m in pile.translations if m.locale in known]
        problems = []
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


def _project_of(path: str, source: str, locales: tuple[str, ...]) -> Pile | None:
    """The pile that a folder is, made a project here; None if there is one already.

    Raises:
        DragomanError: there is no project, and the folder is no pile.
    """
    from dragoman.pipeline.align import pile as pipeline

    try:
        project()
    except DragomanError as error:
        if error.file is not None or not os.path.isdir(path) or is_dry_run():
            raise
        pile = pipeline.sorted_out(path, source)
        if not pile.translations:
            raise
    else:
        return None
    made = pipeline.make_project(pile, os.path.realpath("."), source, locales)
    say(f"made dragoman.toml and {files(len(made))} in source_texts/")
    for file in pile.alone:
        say(f"{file}: of no text, left where it is")
    return pile


def _adopt_paragraphs(
    here: Project, path: str, texts: tuple[str, ...], locales: tuple[str, ...]
) -> None:
    from dragoman.pipeline.align.paragraphs import Paragraphs, carry, unmatched_lines
    from dragoman.pipeline.selection import chosen_locales, chosen_texts

    if len(locales) != 1:
        raise DragomanError("of which locale?", file=path, how_to_fix="name it with --locale")
    (locale,) = chosen_locales(here, locales)
    place = os.path.abspath(path)
    data = Files(os.path.dirname(place)).bytes_of(place)
    if data is None:
        raise DragomanError("there is no such file", file=path, how_to_fix="check the path")
    known = Paragraphs.read({path: data})
    for text in chosen_texts(here, texts):
        done = carry(here, text, locale, known, os.path.basename(path), write=not is_dry_run())
        for line in unmatched_lines(done):
            out(line)
        say_changed(
            f"{text.domain}: {done.translated} translated, {done.drafts} draft, "
            f"{done.kept} kept, {len(done.unmatched)} not carried over"
        )


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
