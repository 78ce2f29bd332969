"""`dragoman analyze`."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import click

from dragoman.cli import options
from dragoman.cli.terminal import out, project, watched
from dragoman.text.csv_line import csv_line

if TYPE_CHECKING:
    from dragoman.memory.counting import Counted


@click.command("analyze")
@options.texts
@options.locales
@options.memories
@click.option(
    "--count",
    "by",
    type=click.Choice(["units", "words", "characters"]),
    default="words",
    show_default=True,
    help="The unit of the table; CSV and JSON have all three.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "csv", "json"]),
    default="table",
    show_default=True,
)
def command(
    texts: tuple[str, ...],
    locales: tuple[str, ...],
    memories: tuple[str, ...],
    by: str,
    form: str,
) -> None:
    """Count what is to be translated: repetitions, matches from memories by score, and the rest.

    `new` is everything that is not translated yet, the sum of the columns after it. A server is
    queried only if --memory names it.

    \b
    Examples:
      dragoman analyze
      dragoman analyze -l he --format csv
    """
    from dragoman.pipeline.memory import analyze as pipeline

    counts = list(pipeline.analyze(project(), texts, locales, memories, watched("analyze")))
    if form == "json":
        click.echo(
            json.dumps({"texts": [_object(c) for c in counts]}, ensure_ascii=False, indent=2)
        )
    elif form == "csv":
        click.echo(_csv(counts), nl=False)
    else:
        _table(counts, by)


def _object(counted: Counted) -> dict[str, object]:
    amounts = {"total": counted.total, "new": counted.new, **counted.by}
    objects = {name: amount._asdict() for name, amount in amounts.items()}
    return {"text": counted.text, "locale": counted.locale, **objects}


def _csv(counts: Sequence[Counted]) -> str:
    lines = [csv_line(("text", "locale", "category", "units", "words", "characters"))]
    for counted in counts:
        for name, amount in counted.by.items():
            lines.append(csv_line((counted.text, counted.locale, name, *amount)))
    return "".join(lines)


def _table(counts: Sequence[Counted], by: str) -> None:
    """A row for each text and locale, and the sum of each locale below."""
    if not counts:
        return
    head = ("text", "locale", "total", "translated", "new", *list(counts[0].by)[1:])
    rows = [(c.text, c.locale, *_numbers([c], by)) for c in counts]
    for locale in dict.fromkeys(c.locale for c in counts):
        mine = [c for c in counts if c.locale == locale]
        if len(mine) > 1:
            rows.append(("all", locale, *_numbers(mine, by)))
    lines = [head, *([str(cell) for cell in row] for row in rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(head))]
    for number, line in enumerate(lines):
        cells = [
            cell.ljust(width) if column < 2 else cell.rjust(width)
            for column, (cell, width) in enumerate(zip(line, widths, strict=True))
        ]
        out("  ".join(cells).rstrip(), bold=number == 0)


def _numbers(counts: Iterable[Counted], by: str) -> list[int]:
    """The cells of a row for these counts together."""
    several = list(counts)

    def number(name: str) -> int:
        amounts = (getattr(c, name) if name in ("total", "new") else c.by[name] for c in several)
        return sum(getattr(amount, by) for amount in amounts)

    translated, *others = several[0].by
    return [number(name) for name in ("total", translated, "new", *others)]
