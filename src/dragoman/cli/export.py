"""`dragoman export`."""

from __future__ import annotations

import os
import sys

import click

from dragoman.cli import options as shared
from dragoman.cli.terminal import files, project, say
from dragoman.errors import DragomanError


@click.command("export")
@click.option(
    "-f",
    "--format",
    "name",
    default="html",
    show_default=True,
    metavar="NAME",
    help="html, text, markdown, tsv, csv, jsonl, tmx, epub, pdf, parquet, moses, alignment, datasheet, docx, latex, review-docx or review-xlsx.",
)
@shared.texts
@shared.locales
@click.option(
    "-o",
    "--output",
    type=click.Path(),
    metavar="PATH",
    help="File for one text, folder for several, - for standard output; else the output folder.",
)
@click.option(
    "--missing",
    type=click.Choice(["source", "mark", "blank", "refuse"]),
    help="What stands where a translation is missing.",
)
@click.option("--drafts", is_flag=True, help="Let drafts (fuzzy) in.")
@click.option(
    "--columns",
    metavar="LOCALES",
    help="Locales to show, parted by commas, in this order; the source among them or not.",
)
@click.option("--each", is_flag=True, help="A file of its own for each language.")
@click.option(
    "--rows",
    type=click.Choice(["paragraph", "sentence"]),
    default="paragraph",
    show_default=True,
    help="HTML: rows shown first; EPUB, PDF, DOCX, LaTeX: what stands in a row.",
)
@click.option(
    "--bidi-marks", is_flag=True, help="Text: isolates around runs of the other direction."
)
@click.option("--bom", is_flag=True, help="TSV, CSV: a byte order mark, for Excel.")
@click.option(
    "--pdf-engine",
    type=click.Choice(["typst", "chromium"]),
    default="typst",
    show_default=True,
    help="PDF: what sets the pages.",
)
@click.option("--raw-cells", is_flag=True, help="TSV, CSV: no apostrophe before formulas.")
def command(
    name: str,
    texts: tuple[str, ...],
    locales: tuple[str, ...],
    output: str | None,
    missing: str | None,
    drafts: bool,
    columns: str | None,
    each: bool,
    rows: str,
    bidi_marks: bool,
    bom: bool,
    pdf_engine: str,
    raw_cells: bool,
) -> None:
    """Write parallel editions in one format, from the catalogs as they stand.

    \b
    Examples:
      dragoman export -f tmx
      dragoman export -f html -l he -t khojaly-memorial-day -o page.html
      dragoman export -f html --columns he,en
      dragoman export -f jsonl -o - | jq .cells.he.text
    """
    from dragoman.exports.options import ExportOptions  # noqa: PLC0415 - loaded when called
    from dragoman.pipeline import export as pipeline  # noqa: PLC0415 - loaded when called

    here = project()
    chosen = tuple(column.strip() for column in columns.split(",")) if columns else ()
    wanted = pipeline.Wanted(name, texts, locales, missing, drafts, chosen, each)
    options = ExportOptions(
        rows, bidi_marks, bom, formula_safe=not raw_cells, pdf_engine=pdf_engine
    )
    made, written = 0, []
    for editions in pipeline.export(here, wanted, options):
        made += len(editions)
        if output == "-":
            sys.stdout.buffer.write(b"".join(editions.values()))
        else:
            written += _write(here, editions, output, made > 1)
    for path in written:
        say(f"wrote {here.files.shown(path)}")
    if not written and output != "-":
        say(f"{files(made)} as they were")


def _write(
    here: object, editions: dict[str, bytes], output: str | None, several: bool
) -> list[str]:
    """Write editions into the project, or where the user named a place for them."""
    from dragoman.project import Files, Project  # noqa: PLC0415 - loaded when called

    assert isinstance(here, Project)
    if output is None:
        with here.files.locked(here.lock_folder):
            return here.files.write(editions)
    place = os.path.abspath(output)
    if several:
        if os.path.exists(place) and not os.path.isdir(place):
            raise DragomanError(
                "there are several editions", file=output, way_out="name a folder for them"
            )
        root = here.exported_folder
        named = {place + path.removeprefix(root): data for path, data in editions.items()}
        return Files(place).write(named)
    ((path, data),) = editions.items()
    if os.path.isdir(place):
        place = os.path.join(place, os.path.basename(path))
    return Files(os.path.dirname(place)).write({place: data})
