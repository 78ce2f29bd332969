"""`dragoman site`."""

from __future__ import annotations

import os

import click

from dragoman.cli import options as shared
from dragoman.cli.terminal import files, project, say


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
    "--missing",
    type=click.Choice(["source", "mark", "blank", "fail"]),
    help="What stands where a translation is missing.",
)
@click.option("--drafts", is_flag=True, help="Let drafts (fuzzy) in.")
@click.option(
    "--states",
    metavar="STATES",
    help="Only translations in these states: draft, translated, reviewed, parted by commas.",
)
@click.option(
    "--layout",
    type=click.Choice(["columns", "facing", "stacked", "interlinear"]),
    default="columns",
    show_default=True,
    help="The layout that parallel pages show first.",
)
@click.option(
    "--embed-fonts", is_flag=True, help="Put fonts for the texts' letters into every page."
)
def command(
    texts: tuple[str, ...],
    locales: tuple[str, ...],
    output: str | None,
    base_url: str,
    missing: str | None,
    drafts: bool,
    states: str | None,
    layout: str,
    embed_fonts: bool,
) -> None:
    """Write a site: an index, every text in every language, and side by side.

    It works from a folder and from any host of files: no link in it is absolute, and no page
    fetches anything.

    \b
    Examples:
      dragoman site
      dragoman site -o public --base-url https://example.org/texts/
      dragoman site --states reviewed --missing mark
    """
    from dragoman.exports.parts.export_options import ExportOptions
    from dragoman.pipeline.build import site as pipeline
    from dragoman.pipeline.build.export import Wanted
    from dragoman.project import Files

    here = project()
    wanted = Wanted(
        (),
        texts,
        shared.parted(locales),
        missing,
        drafts,
        states=shared.parted((states or "",)),
    )
    options = ExportOptions(layout=layout, embed_fonts=embed_fonts)
    pages = pipeline.site(here, wanted, options, base_url)
    folder = os.path.abspath(output) if output else here.site_folder
    named = {os.path.join(folder, path): content for path, content in pages.items()}
    if output:
        written = Files(folder).write(named)
    else:
        with here.files.locked(here.lock_folder):
            written = here.files.write(named)
    say(f"wrote {files(len(written))} of {len(pages)} in {here.files.shown(folder)}")
