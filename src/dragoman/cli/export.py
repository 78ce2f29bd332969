"""`dragoman export`."""

from __future__ import annotations

import os
import sys

import click

from dragoman.cli import options as shared
from dragoman.cli.terminal import files, out, project, say
from dragoman.errors import DragomanError


@click.command("export")
@click.option(
    "-f",
    "--format",
    "names",
    multiple=True,
    metavar="NAMES",
    help="Formats, parted by commas, html where none is named; --list shows them.",
)
@click.option("--list", "listed", is_flag=True, help="Show every format and what it needs.")
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
    type=click.Choice(["source", "mark", "blank", "fail", "refuse"]),
    help="What stands where a translation is missing; refuse is fail.",
)
@click.option("--drafts", is_flag=True, help="Let drafts (fuzzy) in.")
@click.option(
    "--states",
    metavar="STATES",
    help="Only translations in these states: draft, translated, reviewed, parted by commas.",
)
@click.option(
    "--columns",
    metavar="LOCALES",
    help="Locales to show, parted by commas, in this order; the source among them or not.",
)
@click.option(
    "--layout",
    type=click.Choice(["columns", "facing", "stacked", "interlinear"]),
    default="columns",
    show_default=True,
    help="HTML: the layout shown first; PDF, LaTeX: how languages are laid out.",
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
@click.option(
    "--embed-fonts",
    is_flag=True,
    help="HTML, EPUB: put fonts for the text's letters into the file.",
)
@click.option(
    "--target",
    type=click.Choice(["empty", "source"]),
    default="empty",
    show_default=True,
    help="XLIFF: what stands in the target of an untranslated unit; 'source' is for tools that translate targets, as OmegaT 3.6.",
)
@click.option("--raw-cells", is_flag=True, help="TSV, CSV: no apostrophe before formulas.")
def command(
    names: tuple[str, ...],
    listed: bool,
    texts: tuple[str, ...],
    locales: tuple[str, ...],
    output: str | None,
    missing: str | None,
    drafts: bool,
    states: str | None,
    columns: str | None,
    layout: str,
    each: bool,
    rows: str,
    bidi_marks: bool,
    bom: bool,
    pdf_engine: str,
    embed_fonts: bool,
    target: str,
    raw_cells: bool,
) -> None:
    """Write parallel editions in one or several formats, from the catalogs as they stand.

    \b
    Examples:
      dragoman export -f tmx
      dragoman export -f html -l he -t khojaly-memorial-day -o page.html
      dragoman export -f html,epub --locale az,he --missing mark
      dragoman export -f html --columns he,en --layout facing
      dragoman export -f jsonl -o - | jq .cells.he.text
    """
    from dragoman.exports.parts.export_options import ExportOptions
    from dragoman.pipeline.build import export as pipeline

    if listed:
        out(_listed())
        return
    here = project()
    formats = shared.parted(names) or ("html",)
    wanted = pipeline.Wanted(
        formats,
        texts,
        shared.parted(locales),
        missing,
        drafts,
        shared.parted((columns or "",)),
        each,
        shared.parted((states or "",)),
    )
    options = ExportOptions(
        rows,
        bidi_marks,
        bom,
        formula_safe=not raw_cells,
        pdf_engine=pdf_engine,
        embed_fonts=embed_fonts,
        layout=layout,
        fill_targets=target == "source",
    )
    if output == "-" and len(formats) > 1:
        raise DragomanError(
            "several formats cannot share standard output", way_out="name a folder for them"
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


def _listed() -> str:
    """Every format on a line: name, suffix, what it needs, what it is for."""
    from dragoman.exports import EXPORTS, export_named, is_installed

    lines = []
    for name in EXPORTS:
        export = export_named(name)
        extra = export.NEEDS.partition(":")[0]
        there = "installed" if is_installed(export) else f"pip install 'dragoman[{extra}]'"
        needs = f" Needs the extra {extra} ({there})." if extra else ""
        lines.append(f"{name:<12} {export.SUFFIX:<13} {export.ABOUT}{needs}")
    return "\n".join(lines)


def _write(
    here: object, editions: dict[str, bytes], output: str | None, several: bool
) -> list[str]:
    """Write editions into the project, or where the user named a place for them."""
    from dragoman.project import Files, Project

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
