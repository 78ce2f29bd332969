"""`dragoman pretranslate`."""

from __future__ import annotations

from collections import Counter

import click

from dragoman.cli import options
from dragoman.cli.terminal import is_dry_run, out, project, say_changed, watched


@click.command("pretranslate")
@options.texts
@options.locales
@options.memories
@click.option(
    "--least", type=click.IntRange(1, 101), default=75, show_default=True, help="Minimum score."
)
@click.option(
    "--accept-context/--no-accept-context",
    default=None,
    help="Accept exact matches with the same neighbours as translated, from the catalogs and trusted memories.",
)
@options.dry_run
def command(
    texts: tuple[str, ...],
    locales: tuple[str, ...],
    memories: tuple[str, ...],
    least: int,
    accept_context: bool | None,
) -> None:
    """Fill untranslated messages from memories: the project's catalogs first, then the others.

    A match becomes a draft with its score and origin. Existing translations and drafts are kept.
    A server is queried only if --memory names it.

    \b
    Examples:
      dragoman pretranslate -l he
      dragoman pretranslate --least 85 --accept-context
    """
    from dragoman.pipeline.memory import pretranslate as pipeline

    dry_run = is_dry_run()
    wanted = pipeline.PretranslateOptions(
        texts, locales, memories, least, accept_context, write=not dry_run
    )
    result = pipeline.pretranslate(project(), wanted, watched("pretranslate"))
    for one in result.filled:
        if dry_run:
            state = "translated" if one.done else "draft"
            place = f"{one.text.domain} [{one.locale}]"
            out(f"{place}: {pipeline.origin_of(one.match)}, {state}: “{one.source}”")
    for locale in dict.fromkeys(one.locale for one in result.filled):
        tally = Counter(one.done for one in result.filled if one.locale == locale)
        out(f"{locale}: {tally[True]} translated, {tally[False]} drafts")
    out(f"{result.left} left without a match")
    if result.filled:
        say_changed(f"{len(result.filled)} filled")
