"""`dragoman memory`: translation memories."""

from __future__ import annotations

import json
import os
from collections import Counter
from typing import TYPE_CHECKING

import click

from dragoman.cli import options
from dragoman.cli.terminal import out, project, say
from dragoman.text.controls import shown

if TYPE_CHECKING:
    from dragoman.memory import Match
    from dragoman.pipeline.memory.memory import Described

_memory = click.option(
    "-m",
    "--memory",
    default="",
    metavar="MEMORY",
    help="A name of the settings, a .sqlite file, or postgresql://…",
)
_form = click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True
)


@click.group("memory")
def command() -> None:
    """Bring in, hand out, search and clean translation memories.

    The project's own catalogs are the first memory. Imports go into memory.sqlite in the folder of
    the catalogs, unless another memory is named.
    """


@command.command("import")
@click.argument("files", metavar="FILE...", type=click.Path(), nargs=-1, required=True)
@_memory
@click.option("--origin", default="", metavar="NAME", help="Name of where it comes from.")
@click.option(
    "--skip-doctype",
    is_flag=True,
    help="Let a DOCTYPE stand that declares nothing; it is not read.",
)
def import_(files: tuple[str, ...], memory: str, origin: str, skip_doctype: bool) -> None:
    """Take TMX files, or databases of other memories, into a memory.

    What is there already does not come twice. A file that is damaged changes nothing.

    \b
    Examples:
      dragoman memory import archive.tmx
      dragoman memory import archive.tmx --memory postgresql://me@db.example/memory
    """
    from dragoman.pipeline.memory import memory as pipeline

    for file in files:
        did = pipeline.bring(project(), file, memory, origin, skip_doctype)
        for finding in did.findings:
            out(f"{file}:{finding.line}: {finding.times} {finding.what}")
        say(f"{file}: {did.units} units, {did.new} of them new")


@command.command("export")
@_memory
@options.locales
@click.option("-o", "--output", type=click.Path(), metavar="FILE", help="Else standard output.")
def export(memory: str, locales: tuple[str, ...], output: str | None) -> None:
    """Write a memory as TMX with all its languages; the project's catalogs where none is named.

    \b
    Examples:
      dragoman memory export -o project.tmx
      dragoman memory export --memory memory -l he -o archive-he.tmx
    """
    from dragoman.pipeline.memory import memory as pipeline
    from dragoman.project import Files

    pieces = pipeline.hand_out(project(), memory, locales)
    if output is None:
        for piece in pieces:
            click.echo(piece, nl=False)
    else:
        path = os.path.abspath(output)
        Files(os.path.dirname(path)).write_pieces(path, pieces)


@command.command("stats")
@options.memories
@_form
def stats(memories: tuple[str, ...], form: str) -> None:
    """Show what is in each memory: units, languages, origins.

    \b
    Examples:
      dragoman memory stats
    """
    from dragoman.pipeline.memory import memory as pipeline

    described = list(pipeline.statistics(project(), memories))
    if form == "json":
        said = [{"memory": one.memory.name, **one.found._asdict()} for one in described]
        click.echo(json.dumps({"memories": said}, ensure_ascii=False, indent=2))
        return
    for one in described:
        _statistics(one)


def _statistics(one: Described) -> None:
    where = one.memory.path or one.memory.server
    out(f"{one.memory.name}: {one.found.units} units" + (f" in {where}" if where else ""))
    for lang, count in one.found.languages.items():
        out(f"  {count:>9}  {lang}")
    for origin, count in one.found.origins.items():
        out(f"  {count:>9}  from {origin}")


@command.command("search")
@click.argument("text")
@options.locales
@options.memories
@click.option(
    "--least", type=click.IntRange(1, 101), default=70, show_default=True, help="Least score."
)
@click.option(
    "--most", type=click.IntRange(1), default=5, show_default=True, help="Matches of a locale."
)
@_form
def search(
    text: str,
    locales: tuple[str, ...],
    memories: tuple[str, ...],
    least: int,
    most: int,
    form: str,
) -> None:
    """Show what memories have that is like a sentence of the source language.

    Words of the match that the sentence lacks stand in [-…-], words that only the sentence has in
    {+…+}.

    \b
    Examples:
      dragoman memory search "Nobody slept that night." -l he
    """
    from dragoman.pipeline.memory import memory as pipeline

    found = pipeline.search(project(), text, locales, memories, least, most)
    if form == "json":
        said = {locale: [m._asdict() for m in matches] for locale, matches in found.items()}
        click.echo(json.dumps(said, ensure_ascii=False, indent=2))
        return
    for locale, matches in found.items():
        for match in matches:
            _match(text, locale, match)


def _match(text: str, locale: str, match: Match) -> None:
    from dragoman.catalogs.catalog_diff import marked
    from dragoman.catalogs.source_changes import note

    said = (match.memory, match.origin, match.date, match.state)
    out(f"{match.score} % {locale}  {', '.join(one for one in said if one)}", bold=True)
    out(f"  {marked(match.source, text)}")
    out(f"  {shown(match.target)}")
    if told := note(match.source, text, match.target):
        out(f"  {told}")


@command.command("clean")
@_memory
@click.option(
    "--what",
    "kinds",
    type=click.Choice(["empty", "untranslated", "script", "duplicate"]),
    multiple=True,
    help="Only this; may be given again.",
)
@click.option("--yes", is_flag=True, help="Take it out; else it is only shown.")
def clean(memory: str, kinds: tuple[str, ...], yes: bool) -> None:
    """Show what should not be in a memory, and take it out with --yes.

    That is empty variants, those equal to the source, those in another script than their
    language's, and units that stand twice.

    \b
    Examples:
      dragoman memory clean
      dragoman memory clean --what duplicate --yes
    """
    from dragoman.pipeline.memory import memory as pipeline

    found = pipeline.clean(project(), memory, kinds, yes)
    for fault in found:
        out(f"{fault.what} [{fault.lang}]: “{fault.said}”")
    tally = Counter(fault.what for fault in found)
    counts = ", ".join(f"{count} {what}" for what, count in tally.items())
    taken = "taken out" if yes else "nothing is changed; --yes takes them out"
    out(f"{counts}: {taken}" if found else "nothing to clean")
