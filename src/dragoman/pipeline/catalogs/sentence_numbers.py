"""Stable sentence numbers: writing their file, and applying them to parallel texts."""

from __future__ import annotations

from dragoman.model import Key, Parallel
from dragoman.parallel import numbering
from dragoman.parallel.rows import named_units
from dragoman.pipeline.loader import Loaded
from dragoman.project import Project


def renewed(project: Project, loaded: Loaded) -> dict[str, bytes]:
    """Path and content of a text's file of numbers; empty if the settings do not keep numbers."""
    if loaded.numbers is None:
        return {}
    return {project.numbers(loaded.text): numbering.written(loaded.numbers).encode()}


def applied(loaded: Loaded, parallel: Parallel) -> Parallel:
    """The parallel text with stable numbers, if the settings keep them."""
    return parallel if loaded.numbers is None else numbering.applied(parallel, loaded.numbers)


def named(loaded: Loaded) -> dict[str, Key]:
    """The key of every unit, by the unit's id and by the number that editions show."""
    keys = named_units(loaded.document)
    if loaded.numbers is None:
        return keys
    numbers = loaded.numbers.numbers
    by_id = {name: key for name, key in keys.items() if "." not in name}
    return by_id | {numbers[name]: key for name, key in by_id.items()}
