"""`dragoman glossary`: terms and names."""

from __future__ import annotations

import json
import os

import click

from dragoman.cli import options
from dragoman.cli.terminal import out, project, say


@click.group("glossary")
def command() -> None:
    """Bring in, hand out and find the terms of the project's glossary."""


@command.command("import")
@click.argument("file", type=click.Path())
def import_(file: str) -> None:
    """Take the terms of a TBX or CSV file into the glossary; what it says already stays.

    \b
    Examples:
      dragoman glossary import terms.tbx
    """
    from dragoman.pipeline import glossary as pipeline

    count, changed = pipeline.bring(project(), file)
    say(f"{count} terms" if changed else "nothing new")


@command.command("export")
@click.option(
    "--format", "form", type=click.Choice(["tbx", "csv"]), default="tbx", show_default=True
)
@click.option("-o", "--output", type=click.Path(), metavar="FILE", help="Else standard output.")
def export(form: str, output: str | None) -> None:
    """Write the glossary as TBX-Basic or CSV.

    \b
    Examples:
      dragoman glossary export -o terms.tbx
    """
    from dragoman.pipeline import glossary as pipeline
    from dragoman.project import Files

    made = pipeline.handed_out(project(), form)
    if output is None:
        click.echo(made, nl=False)
    else:
        path = os.path.abspath(output)
        Files(os.path.dirname(path)).write({path: made.encode()})


@command.command("extract")
@options.texts
@click.option(
    "--least", type=click.IntRange(1), default=2, show_default=True, help="How often it must come."
)
@click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True
)
def extract(texts: tuple[str, ...], least: int, form: str) -> None:
    """Show names and phrases of the texts that may be terms, with how often they come.

    \b
    Examples:
      dragoman glossary extract --least 3
    """
    from dragoman.pipeline import glossary as pipeline

    found = pipeline.suggested(project(), texts, least)
    if form == "json":
        click.echo(json.dumps([c._asdict() for c in found], ensure_ascii=False, indent=2))
        return
    for candidate in found:
        out(f"{candidate.times:5}  {candidate.phrase}")
        out(f"         {candidate.contexts[0]}")
