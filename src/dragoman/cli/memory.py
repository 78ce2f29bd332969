"""`dragoman memory`: translation memories."""

from __future__ import annotations

import json
import os
from collections import Counter
from typing import TYPE_CHECKING

import click

from dragoman.cli import options
from dragoman.cli.output import output_file
from dragoman.cli.terminal import is_dry_run, number, out, project, say
from dragoman.text.controls import shown

if TYPE_CHECKING:
    from dragoman.memory import Match
    from dragoman.pipeline.memory.memory import Described

_memory = click.option(
    "-m",
    "--memory",
    default="",
    metavar="MEMORY",
    help="A name from the settings, a .sqlite file, or postgresql://…",
)
_form = click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True
)


@click.group("memory")
def command() -> None:
    """Import, export, search and clean translation memories.

    The project's own catalogs are the first memory. Imports go into memory.sqlite in the folder of
    the catalogs, unless another memory is named.
    """


@command.command("import")
@click.argument("files", metavar="FILE...", type=click.Path(), nargs=-1, required=True)
@_memory
@click.option("--origin", default="", metavar="NAME", help="Name of the source of these units.")
@click.option(
    "--skip-doctype",
    is_flag=True,
    help="Accept a DOCTYPE that declares nothing; it is not read.",
)
@options.dry_run
def import_(files: tuple[str, ...], memory: str, origin: str, skip_doctype: bool) -> None:
    """Import TMX files, or databases of other memories, into a memory.

    Units that are there already are not added again. A damaged file changes nothing.

    \b
    Examples:
      dragoman memory import archive.tmx
      dragoman memory import archive.tmx --memory postgresql://me@db.example/memory
    """
    from dragoman.pipeline.memory import memory as pipeline

    for file in files:
        wanted = pipeline.MemoryImportOptions(origin, skip_doctype, not is_dry_run())
        imported = pipeline.import_file(project(), file, memory, wanted)
        for finding in imported.findings:
            out(f"{file}:{finding.line}: {finding.times} {finding.what}")
        say(
            f"{file}: {number(imported.units, 'unit')}, {imported.new} new{', nothing written' * is_dry_run()}"
        )


@command.command("export")
@_memory
@options.locales
@click.option(
    "-o",
    "--output",
    type=click.Path(),
    metavar="PATH",
    help="A file or folder; else standard output.",
)
def export(memory: str, locales: tuple[str, ...], output: str | None) -> None:
    """Write a memory as TMX with all its languages; the project's catalogs if none is named.

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
        name = f"{os.path.splitext(os.path.basename(memory))[0] or 'catalogs'}.tmx"
        path = output_file(output, name, [".tmx"])
        Files(os.path.dirname(path)).write_pieces(path, pieces)
        say(f"wrote {output}")


@command.command("stats")
@options.memories
@_form
def stats(memories: tuple[str, ...], form: str) -> None:
    """Show the contents of each memory: units, languages, origins.

    \b
    Examples:
      dragoman memory stats
    """
    from dragoman.pipeline.memory import memory as pipeline

    described = list(pipeline.statistics(project(), memories))
    if form == "json":
        objects = [{"memory": one.memory.name, **one.found._asdict()} for one in described]
        click.echo(json.dumps({"memories": objects}, ensure_ascii=False, indent=2))
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
    "--least", type=click.IntRange(1, 101), default=70, show_default=True, help="Minimum score."
)
@click.option(
    "--most",
    type=click.IntRange(1),
    default=5,
    show_default=True,
    help="Maximum matches per locale.",
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
    """Show the units of memories that are similar to a sentence of the source language.

    Words only in the match are in [-…-], words only in the sentence in {+…+}.

    \b
    Examples:
      dragoman memory search "Nobody slept that night." -l he
    """
    from dragoman.pipeline.memory import memory as pipeline

    by_locale = pipeline.search(project(), text, locales, memories, least, most)
    if form == "json":
        objects = {locale: [m._asdict() for m in matches] for locale, matches in by_locale.items()}
        click.echo(json.dumps(objects, ensure_ascii=False, indent=2))
        return
    for locale, matches in by_locale.items():
        for match in matches:
            _match(text, locale, match)
    if lacking := [locale for locale, matches in by_locale.items() if not matches]:
        say(f"no match of {least} % or more in {', '.join(lacking)}; --least accepts lower scores")


def _match(text: str, locale: str, match: Match) -> None:
    from dragoman.catalogs.catalog_diff import marked
    from dragoman.catalogs.source_changes import note

    facts = (match.memory, match.origin, match.date, match.state)
    out(f"{match.score} % {locale}  {', '.join(filter(None, facts))}", bold=True)
    out(f"  {marked(match.source, text)}")
    out(f"  {shown(match.target)}")
    if remark := note(match.source, text, match.target):
        out(f"  {remark}")


@command.command("clean")
@_memory
@click.option(
    "--what",
    "kinds",
    type=click.Choice(["empty", "untranslated", "script", "duplicate"]),
    multiple=True,
    help="Only this; may be repeated.",
)
@click.option("--yes", is_flag=True, help="Remove it; without, it is only shown.")
def clean(memory: str, kinds: tuple[str, ...], yes: bool) -> None:
    """Show what should not be in a memory, and remove it with --yes.

    That is empty variants, those equal to the source, those in another script than their
    language's, and duplicate units.

    \b
    Examples:
      dragoman memory clean
      dragoman memory clean --what duplicate --yes
    """
    from dragoman.pipeline.memory import memory as pipeline

    faults = pipeline.clean(project(), memory, kinds, yes)
    for fault in faults:
        out(f"{fault.what} [{fault.lang}]: “{fault.said}”")
    tally = Counter(fault.what for fault in faults)
    counts = ", ".join(f"{count} {what}" for what, count in tally.items())
    result = "removed" if yes else "nothing is changed; --yes removes them"
    out(f"{counts}: {result}" if faults else "nothing to clean")
