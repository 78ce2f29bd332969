"""`dragoman import-config`."""

from __future__ import annotations

import os
from collections import defaultdict

import click

from dragoman.cli import options
from dragoman.cli.terminal import files, out, say


@click.command("import-config")
@click.argument("config", type=click.Path(exists=True, dir_okay=False))
@click.option(
    "--source",
    default="en",
    show_default=True,
    metavar="LOCALE",
    callback=options.any_locale,
    help="Locale of the texts.",
)
def command(config: str, source: str) -> None:
    """Make a project here from one of po4a: its texts, languages and translations.

    CONFIG is the file po4a.cfg. Texts of a format that dragoman reads are copied into source_texts/;
    the translations of paragraphs are cut into sentences and put into the catalogs. What is fuzzy
    there, or cannot be cut with confidence, is a draft; what no paragraph has is reported.
    Nothing of the po4a project is changed.

    \b
    Examples:
      dragoman import-config ../manual/po4a.cfg
    """
    from dragoman.pipeline.align.import_config import import_config

    done = import_config(config, os.path.realpath("."), source)
    say(f"made {files(len(done.made))}")
    for problem in done.problems:
        say(problem)
    if done.unread:
        say(f"not read, unknown formats: {len(done.unread)} texts, first {done.unread[0]}")
    totals: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0, 0])
    for one in done.carried:
        counts = (one.units, one.translated, one.drafts, len(one.unmatched))
        totals[one.locale] = [a + b for a, b in zip(totals[one.locale], counts, strict=True)]
    for locale, (units, translated, drafts, left) in totals.items():
        out(
            f"{locale}: {units} units, {translated} translated, {drafts} drafts, {left} not carried over"
        )
