"""`dragoman glossary`: terms and names."""

from __future__ import annotations

import json

import click

from dragoman.cli import options
from dragoman.cli.output import output_file, write_file
from dragoman.cli.terminal import number, out, project, say, say_changed


@click.group("glossary")
def command() -> None:
    """Import, export and find the terms of the project's glossary."""


@command.command("import")
@click.argument("file", type=click.Path())
@options.dry_run
def import_(file: str) -> None:
    """Add the terms of a TBX or CSV file to the glossary; its own terms are kept.

    \b
    Examples:
      dragoman glossary import terms.tbx
    """
    from dragoman.pipeline import glossary as pipeline

    count, changed = pipeline.import_terms(project(), file)
    if changed:
        say_changed(f"{number(count, 'term')} imported")
    else:
        say("nothing new")


@command.command("export")
@click.option(
    "--format", "form", type=click.Choice(["tbx", "csv"]), default="tbx", show_default=True
)
@click.option(
    "-o",
    "--output",
    type=click.Path(),
    metavar="PATH",
    help="A file or folder; else standard output.",
)
def export(form: str, output: str | None) -> None:
    """Write the glossary as TBX-Basic or CSV.

    \b
    Examples:
      dragoman glossary export -o terms.tbx
    """
    from dragoman.pipeline import glossary as pipeline

    path = output and output_file(output, f"glossary.{form}", [f".{form}"])
    content = pipeline.exported_terms(project(), form)
    if path:
        write_file(path, content.encode())
        say(f"wrote {output}")
    else:
        click.echo(content, nl=False)


@command.command("extract")
@options.texts
@click.option(
    "--least", type=click.IntRange(1), default=2, show_default=True, help="How often it must occur."
)
@click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True
)
def extract(texts: tuple[str, ...], least: int, form: str) -> None:
    """Show names and phrases of the texts that may be terms, and how often they occur.

    \b
    Examples:
      dragoman glossary extract --least 3
    """
    from dragoman.pipeline import glossary as pipeline

    candidates = pipeline.suggested(project(), texts, least)
    if form == "json":
        click.echo(json.dumps([c._asdict() for c in candidates], ensure_ascii=False, indent=2))
        return
    for candidate in candidates:
        out(f"{candidate.times:5}  {candidate.phrase}")
        out(f"         {candidate.contexts[0]}")
