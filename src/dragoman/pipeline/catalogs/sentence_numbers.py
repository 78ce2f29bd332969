"""Numbers that stay: renewed where catalogs are, and put into editions."""

from __future__ import annotations

from dragoman.model import Key, Parallel
from dragoman.parallel import numbering
from dragoman.parallel.rows import named_units
from dragoman.pipeline.loader import Loaded
from dragoman.project import Project


def renewed(project: Project, loaded: Loaded) -> dict[str, bytes]:
    """The file of a text's numbers, where the settings want them kept."""
    if loaded.numbers is None:
        return {}
    return {project.numbers(loaded.text): numbering.written(loaded.numbers).encode()}


def applied(loaded: Loaded, parallel: Parallel) -> Parallel:
    """The text with the numbers that stay, where the settings want them kept."""
    return parallel if loaded.numbers is None else numbering.applied(parallel, loaded.numbers)


def named(loaded: Loaded) -> dict[str, Key]:
    """The message of every unit, by the unit's id and by the number that editions show."""
    found = named_units(loaded.document)
    if loaded.numbers is None:
        return found
    numbers = loaded.numbers.numbers
    by_id = {name: key for name, key in found.items() if "." not in name}
    return by_id | {numbers[name]: key for name, key in by_id.items()}
