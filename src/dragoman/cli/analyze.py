"""`dragoman analyze`."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import click

from dragoman.cli import options
from dragoman.cli.terminal import out, project, watched

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
    help="What the table shows; CSV and JSON have all three.",
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
    """Count what is to be translated: repetitions, matches of memories by score, and the rest.

    `new` is all that is not translated yet; it is the sum of what follows it. A server is asked
    only if --memory names it.

    \b
    Examples:
      dragoman analyze
      dragoman analyze -l he --format csv
    """
    from dragoman.pipeline.memory import analyze as pipeline

    found = list(pipeline.analyze(project(), texts, locales, memories, watched("analyze")))
    if form == "json":
        click.echo(json.dumps({"texts": [_object(c) for c in found]}, ensure_ascii=False, indent=2))
    elif form == "csv":
        click.echo(_csv(found), nl=False)
    else:
        _table(found, by)


def _object(counted: Counted) -> dict[str, object]:
    amounts = {"total": counted.total, "new": counted.new, **counted.by}
    said = {name: amount._asdict() for name, amount in amounts.items()}
    return {"text": counted.text, "locale": counted.locale, **said}


def _csv(found: Sequence[Counted]) -> str:
    made = io.StringIO()
    writer = csv.writer(made, lineterminator="\n")
    writer.writerow(("text", "locale", "category", "units", "words", "characters"))
    for counted in found:
        for name, amount in counted.by.items():
            writer.writerow((counted.text, counted.locale, name, *amount))
    return made.getvalue()


def _table(found: Sequence[Counted], by: str) -> None:
    """A row for each text and locale, and the sum of each locale below."""
    if not found:
        return
    head = ("text", "locale", "total", "translated", "new", *list(found[0].by)[1:])
    rows = [(c.text, c.locale, *_numbers([c], by)) for c in found]
    for locale in dict.fromkeys(c.locale for c in found):
        mine = [c for c in found if c.locale == locale]
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


def _numbers(found: Iterable[Counted], by: str) -> list[int]:
    """What the columns of a row say of these counts together."""
    several = list(found)

    def number(name: str) -> int:
        amounts = (getattr(c, name) if name in ("total", "new") else c.by[name] for c in several)
        return sum(getattr(amount, by) for amount in amounts)

    translated, *others = several[0].by
    return [number(name) for name in ("total", translated, "new", *others)]
