"""Options that several commands have."""

from __future__ import annotations

from collections.abc import Sequence

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


def parted(values: Sequence[str]) -> tuple[str, ...]:
    """What options name that may be given again, and with commas as well.

    >>> parted(["az, he", "ru"])
    ('az', 'he', 'ru')
    """
    names = (name.strip() for value in values for name in value.split(","))
    return tuple(name for name in names if name)


memories = click.option(
    "-m",
    "--memory",
    "memories",
    multiple=True,
    metavar="MEMORY",
    help="Only this memory: a name of the settings, 'catalogs', a .tmx or .sqlite file, postgresql://…; may be given again.",
)

units = click.option(
    "-u",
    "--unit",
    "units",
    multiple=True,
    metavar="UNIT",
    help="Only this unit, by its number in the text (4.2) or its id; may be given again.",
)

encoder = click.option(
    "--encoder",
    default="",
    metavar="NAME",
    help="Use the sentence embeddings of an installed plug-in too.",
)
