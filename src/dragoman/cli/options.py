"""Options that several commands have."""

from __future__ import annotations

import click

texts = click.option(
    "-t",
    "--text",
    "texts",
    multiple=True,
    metavar="TEXT",
    help="Only this text; may be given again.",
)
locales = click.option(
    "-l",
    "--locale",
    "locales",
    multiple=True,
    metavar="LOCALE",
    help="Only this locale; may be given again.",
)
units = click.option(
    "-u",
    "--unit",
    "units",
    multiple=True,
    metavar="UNIT",
    help="Only this unit, by its number in the text (4.2) or its id; may be given again.",
)
