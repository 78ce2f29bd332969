"""`dragoman status`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from dragoman.cli import options
from dragoman.cli.output import output_file, write_file
from dragoman.cli.terminal import out, project, report_texts, say, say_lacking

if TYPE_CHECKING:
    from dragoman.pipeline.check.counts import Count


@click.command("status")
@options.texts
@options.locales
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "json"]),
    default="table",
    show_default=True,
    help="For people or for programs.",
)
@click.option(
    "--by",
    type=click.Choice(["units", "words"]),
    default="units",
    show_default=True,
    help="The unit of the column `done`.",
)
@click.option(
    "--html",
    type=click.Path(),
    metavar="PATH",
    help="Write all of it as a page: a file, or a folder.",
)
def command(
    texts: tuple[str, ...], locales: tuple[str, ...], form: str, by: str, html: str | None
) -> None:
    """Show units and words of each text in each language: translated, fuzzy, missing.

    \b
    Examples:
      dragoman status
      dragoman status -l he --format json
      dragoman status --html status.html
    """
    from dragoman.pipeline.check import check as pipeline

    if html:
        _page(texts, locales, html)
        return
    here = project()
    counts = list(pipeline.status(here, texts, locales))
    lacking = pipeline.lacking_checks(dict.fromkeys(count.locale for count in counts))
    orphaned = [] if texts else pipeline.orphaned(here, locales)
    say_lacking(lacking)
    if form == "json":
        report = {
            "texts": [count.as_dict() for count in counts],
            "lacking": lacking,
            "orphans": [orphan._asdict() for orphan in orphaned],
        }
        click.echo(json.dumps(report, ensure_ascii=False, indent=2))
    else:
        _table(counts, by)
        for orphan in orphaned:
            out(f"{orphan.file}: {orphan.message}", fg="yellow")
    report_texts(here)


def _page(texts: tuple[str, ...], locales: tuple[str, ...], html: str) -> None:
    """Write the dashboard: completeness of every text, and the findings of the checks."""
    from dragoman.pipeline.check import check as pipeline
    from dragoman.reports import dashboard

    path = output_file(html, "status.html", [".html", ".htm"])
    checked = pipeline.check(project(), pipeline.CheckOptions(texts, locales, least=0))
    write_file(path, dashboard.report(checked).encode())
    say(f"wrote {html}")


def _table(counts: list[Count], by: str) -> None:
    columns = ["units", "words", "translated", "fuzzy", "missing"]
    if any(count.reviewed for count in counts):
        columns.insert(3, "reviewed")
    lines: list[tuple[str, ...]] = [("text", "locale", *columns, "done")]
    for count in counts:
        numbers = [str(getattr(count, column)) for column in columns]
        lines.append((count.text, count.locale, *numbers, f"{count.reached(by=by):g} %"))
    widths = [max(len(line[column]) for line in lines) for column in range(len(lines[0]))]
    for number, line in enumerate(lines):
        cells = [
            cell.ljust(width) if column < 2 else cell.rjust(width)
            for column, (cell, width) in enumerate(zip(line, widths, strict=True))
        ]
        done = number > 0 and counts[number - 1].percent == 100
        out("  ".join(cells).rstrip(), bold=number == 0, fg="green" if done else None)
