"""`dragoman export`."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import click

from dragoman.cli import options as shared
from dragoman.cli.output import is_folder, output_file, suffix_of
from dragoman.cli.terminal import files, out, project, say, say_changed
from dragoman.errors import DragomanError
from dragoman.project.layout import no_text

if TYPE_CHECKING:
    from dragoman.project import Project


@click.command("export")
@click.option(
    "-f",
    "--format",
    "names",
    multiple=True,
    metavar="NAMES",
    shell_complete=shared.complete_exports,
    help="Formats, separated by commas; html if none is named; --list shows them.",
)
@click.option("--list", "listed", is_flag=True, help="Show every format and what it needs.")
@shared.texts
@shared.locales
@click.option(
    "-o",
    "--output",
    type=click.Path(),
    metavar="PATH",
    help="A file for one edition, a folder for several (an existing one, or a name that ends in /), - for standard output; else the output folder.",
)
@shared.editions
@click.option(
    "--columns",
    metavar="LOCALES",
    shell_complete=shared.complete_locales,
    help="Locales to show, separated by commas, in this order; with or without the source.",
)
@click.option("--each", is_flag=True, help="One file per language.")
@click.option(
    "--rows",
    type=click.Choice(["paragraph", "sentence"]),
    default="paragraph",
    show_default=True,
    help="HTML: rows shown first; EPUB, PDF, DOCX, LaTeX: what a row holds.",
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
    help="PDF: the typesetting engine.",
)
@click.option(
    "--target",
    type=click.Choice(["empty", "source"]),
    default="empty",
    show_default=True,
    help="XLIFF: the target of an untranslated unit; 'source' is for tools that translate targets, as OmegaT 3.6.",
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
    layout: str,
    embed_fonts: bool,
    readers: str,
    columns: str | None,
    each: bool,
    rows: str,
    bidi_marks: bool,
    bom: bool,
    pdf_engine: str,
    target: str,
    raw_cells: bool,
) -> None:
    """Write parallel editions in one or several formats, from the catalogs as they are.

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
    formats = shared.split(names) or ("html",)
    wanted = pipeline.ExportQuery(
        formats,
        texts,
        locales,
        missing,
        drafts,
        shared.project_locales(columns or ""),
        each,
        shared.split((states or "",)),
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
        readers=readers,
    )
    if output == "-" and len(formats) > 1:
        raise DragomanError(
            "several formats cannot share standard output", how_to_fix="name a folder for them"
        )
    count, written = 0, []
    for editions in pipeline.export(here, wanted, options):
        count += len(editions)
        if output == "-":
            sys.stdout.buffer.write(b"".join(editions.values()))
        else:
            written += _write(here, editions, output, count > 1)
    if output == "-":
        return
    if not count:
        raise no_text(here)
    if len(written) == 1:
        say_changed(f"wrote {here.files.shown(written[0])}")
    elif written:
        say_changed(f"wrote {files(len(written))} of {count}", written)
    else:
        say(f"{files(count)} unchanged")


def _listed() -> str:
    """A line for each format: name, suffix, what it is for, what it needs."""
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
    here: Project, editions: dict[str, bytes], output: str | None, several: bool
) -> list[str]:
    """Write editions into the project's output folder, or to `output`; return those that changed."""
    from dragoman.project import Files

    if output is None:
        with here.files.locked(here.lock_folder):
            return here.files.write(editions)
    if several:
        if suffix_of(output) and not is_folder(output):
            raise DragomanError(
                "there are several editions", file=output, how_to_fix="name a folder for them"
            )
        folder, root = os.path.abspath(output), here.exported_folder
        named = {folder + path.removeprefix(root): data for path, data in editions.items()}
        return Files(folder).write(named)
    ((path, data),) = editions.items()
    suffix = os.path.splitext(path)[1]
    place = output_file(output, os.path.basename(path), [suffix])
    return Files(os.path.dirname(place)).write({place: data})
