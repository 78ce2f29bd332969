"""`dragoman bless`."""

from __future__ import annotations

import click

from dragoman.cli import options
from dragoman.cli.terminal import number, out, project, say, say_changed

KINDS = (
    "white-space",
    "typography",
    "punctuation",
    "case",
    "spelling",
    "markup",
    "name",
    "number",
    "negation",
    "rewrite",
)


@click.command("bless")
@options.texts
@options.locales
@options.units
@click.option(
    "-k",
    "--kind",
    "kinds",
    multiple=True,
    type=click.Choice(KINDS),
    help="Drafts whose source changed only in this way; may be repeated.",
)
@click.option("--all", "every", is_flag=True, help="All drafts due to a changed source.")
@options.dry_run
def command(
    texts: tuple[str, ...],
    locales: tuple[str, ...],
    units: tuple[str, ...],
    kinds: tuple[str, ...],
    every: bool,
) -> None:
    """Clear the fuzzy flag of drafts whose source changed without changing its meaning.

    Only drafts with a former source (#|) are considered: machine drafts and guesses stay drafts.
    With --all, those whose number or negation changed stay drafts too.

    \b
    Examples:
      dragoman bless -t home -k punctuation -k spelling
      dragoman bless -t home -u 4.2
      dragoman bless --all -l he
    """
    from dragoman.catalogs.source_changes import ChangeKind
    from dragoman.pipeline.catalogs import edit as pipeline

    if not (kinds or every or units):
        raise click.UsageError("choose drafts with --kind, --unit or --all")
    wanted = frozenset(ChangeKind(kind.replace("-", " ")) for kind in kinds) or None
    here = project()
    chosen = pipeline.Chosen(texts, locales, units)
    blessed = pipeline.bless(here, chosen, wanted)
    for text, locale, entry in blessed.cleared:
        out(f"{here.catalog_name(text, locale)}: done: “{entry.msgid}”")
    for text, locale, entry in blessed.kept:
        what = "still a draft: a number or negation changed; choose it with --unit or --kind"
        out(f"{here.catalog_name(text, locale)}: {what}: “{entry.msgid}”")
    if blessed.cleared:
        say_changed(f"{number(len(blessed.cleared), 'draft')} cleared")
    elif not blessed.kept:
        say("no such draft")
