"""`dragoman align`."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from xml.sax.saxutils import escape, quoteattr

import click

from dragoman.cli import options
from dragoman.cli.output import output_file, write_file
from dragoman.cli.terminal import say
from dragoman.errors import DragomanError

_FORMS = (".tsv", ".tmx", ".jsonl", ".html")


@click.command("align")
@click.argument("source", type=click.Path())
@click.argument("target", type=click.Path())
@click.option(
    "--from",
    "source_locale",
    default="en",
    show_default=True,
    metavar="LOCALE",
    callback=options.any_locale,
    help="Language of SOURCE.",
)
@click.option(
    "--to",
    "target_locale",
    required=True,
    metavar="LOCALE",
    callback=options.any_locale,
    help="Language of TARGET.",
)
@click.option(
    "--glossary",
    default="",
    type=click.Path(),
    metavar="FILE",
    help="Terms to learn from (.csv, .tbx).",
)
@options.encoder
@click.option(
    "-o",
    "--output",
    default="-",
    metavar="FILE",
    help="A .tsv, .tmx, .jsonl or .html file; else TSV to standard output.",
)
def command(
    source: str,
    target: str,
    source_locale: str,
    target_locale: str,
    glossary: str,
    encoder: str,
    output: str,
) -> None:
    """Align the sentences of any two files that are translations of each other.

    \b
    Examples:
      dragoman align speech.md speech.he.docx --to he -o speech.tmx
    """
    from dragoman.languages import locales
    from dragoman.pipeline.align.adopt import doubtful
    from dragoman.pipeline.align.align import aligned
    from dragoman.reports.alignment_report import page, table

    for locale in (source_locale, target_locale):
        locales.check(locale)
    if output != "-":
        name = os.path.splitext(os.path.basename(target))[0] + ".tsv"
        output = output_file(output, name, _FORMS)
    if output != "-" and not output.endswith(_FORMS):
        raise DragomanError(
            "no format to write", file=output, how_to_fix=f"known: {', '.join(_FORMS)}"
        )
    pairs, found = aligned(
        source, target, source_locale, target_locale, glossary=glossary, embeddings=encoder
    )
    if doubtful(found):
        click.echo(
            f"warning: hardly translations of each other: confidence {found.confidence:.2f}",
            err=True,
        )
    if output.endswith(".tmx"):
        content = _tmx(pairs, source_locale, target_locale)
    elif output.endswith(".jsonl"):
        content = "".join(json.dumps(pair._asdict(), ensure_ascii=False) + "\n" for pair in pairs)
    elif output.endswith(".html"):
        content = page(pairs, source_locale, target_locale, os.path.basename(target))
    else:
        content = table(pairs)
    if output == "-":
        click.echo(content, nl=False)
        return
    write_file(output, content.encode())
    say(f"{len(pairs)} pairs")


def _tmx(pairs: Sequence[object], source: str, target: str) -> str:
    from dragoman import __version__
    from dragoman.languages import locales
    from dragoman.reports.alignment_report import ReportLine

    tags = [quoteattr(locales.language_tag(locale)) for locale in (source, target)]
    head = (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<tmx version="1.4">\n<header creationtool="dragoman" creationtoolversion="{__version__}" '
        f'segtype="sentence" o-tmf="text" adminlang="en" srclang={tags[0]} datatype="plaintext"/>\n<body>\n'
    )
    units = [
        f'<tu><prop type="x-confidence">{pair.confidence:.2f}</prop>'
        f"<tuv xml:lang={tags[0]}><seg>{escape(pair.source)}</seg></tuv>"
        f"<tuv xml:lang={tags[1]}><seg>{escape(pair.target)}</seg></tuv></tu>\n"
        for pair in pairs
        if isinstance(pair, ReportLine) and pair.source and pair.target
    ]
    return head + "".join(units) + "</body>\n</tmx>\n"
