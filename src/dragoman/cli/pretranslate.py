"""`dragoman pretranslate`."""

from __future__ import annotations

from collections import Counter

import click

from dragoman.cli import options
from dragoman.cli.terminal import out, project, watched


@click.command("pretranslate")
@options.texts
@options.locales
@options.memories
@click.option(
    "--least", type=click.IntRange(1, 101), default=75, show_default=True, help="Least score."
)
@click.option(
    "--accept-context/--no-accept-context",
    default=None,
    help="Take exact matches between the same neighbours as translated, from the catalogs and trusted memories.",
)
@click.option("--dry-run", is_flag=True, help="Show what would be filled; write nothing.")
def command(
    texts: tuple[str, ...],
    locales: tuple[str, ...],
    memories: tuple[str, ...],
    least: int,
    accept_context: bool | None,
    dry_run: bool,
) -> None:
    """Fill untranslated messages from memories: the project's catalogs first, then the others.

    What comes is a draft that says its score and origin. Translations and drafts that are there
    stay as they are. A server is asked only if --memory names it.

    \b
    Examples:
      dragoman pretranslate -l he
      dragoman pretranslate --least 85 --accept-context
    """
    from dragoman.pipeline.memory import pretranslate as pipeline

    wanted = pipeline.Wanted(texts, locales, memories, least, accept_context, write=not dry_run)
    did = pipeline.pretranslate(project(), wanted, watched("pretranslate"))
    for one in did.filled:
        if dry_run:
            state = "translated" if one.done else "draft"
            place = f"{one.text.domain} [{one.locale}]"
            out(f"{place}: {pipeline.origin_of(one.match)}, {state}: “{one.source}”")
    for locale in dict.fromkeys(one.locale for one in did.filled):
        tally = Counter(one.done for one in did.filled if one.locale == locale)
        out(f"{locale}: {tally[True]} translated, {tally[False]} drafts")
    out(f"{did.left} left without a match")
