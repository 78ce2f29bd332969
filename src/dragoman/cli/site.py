"""`dragoman site`."""

from __future__ import annotations

import os

import click

from dragoman.cli import options as shared
from dragoman.cli.terminal import files, project, say_changed
from dragoman.errors import DragomanError


@click.command("site")
@shared.texts
@shared.locales
@click.option(
    "-o",
    "--output",
    type=click.Path(),
    metavar="FOLDER",
    help="Folder; else site in the output folder.",
)
@click.option(
    "--base-url", default="", metavar="URL", help="The site's address; makes sitemap.xml."
)
@click.option(
    "--downloads",
    metavar="NAMES",
    shell_complete=shared.complete_exports,
    help="Formats in which readers can take a text with them, separated by commas.",
)
@shared.editions
def command(
    texts: tuple[str, ...],
    locales: tuple[str, ...],
    output: str | None,
    base_url: str,
    downloads: str | None,
    missing: str | None,
    drafts: bool,
    states: str | None,
    layout: str,
    embed_fonts: bool,
    readers: str,
) -> None:
    """Write a site: an index, every text in every language, and side by side.

    It works from a folder and from any file host: its links are relative, and no page fetches
    anything.

    \b
    Examples:
      dragoman site
      dragoman site -o public --base-url https://example.org/texts/
      dragoman site --downloads epub,pdf,tmx
      dragoman site --states reviewed --missing mark
    """
    from dragoman.exports.parts.export_options import ExportOptions
    from dragoman.pipeline.build import site as pipeline
    from dragoman.pipeline.build.export import ExportQuery
    from dragoman.project import Files

    here = project()
    wanted = ExportQuery(
        (),
        texts,
        locales,
        missing,
        drafts,
        states=shared.split((states or "",)),
    )
    options = ExportOptions(layout=layout, embed_fonts=embed_fonts, readers=readers)
    formats = shared.split((downloads or "",))
    pages = pipeline.site(here, wanted, options, base_url, formats)
    folder = os.path.abspath(output) if output else here.site_folder
    if os.path.exists(folder) and not os.path.isdir(folder):
        raise DragomanError("is a file", file=output, how_to_fix="name a folder for the site")
    named = {os.path.join(folder, path): content for path, content in pages.items()}
    if output:
        written = Files(folder).write(named)
    else:
        with here.files.locked(here.lock_folder):
            written = here.files.write(named)
    say_changed(
        f"wrote {files(len(written))} of {len(pages)} in {here.files.shown(folder)}", written
    )
