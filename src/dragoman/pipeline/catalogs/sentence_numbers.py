"""Numbers that stay: renewed where catalogs are, and put into editions."""

from __future__ import annotations

from dragoman.model import Document, Key, Parallel
from dragoman.parallel import numbering
from dragoman.parallel.rows import named_units
from dragoman.project import Project, Text


def kept(project: Project, text: Text) -> numbering.Kept:
    """The numbers of a text that its file holds; none where there is no file."""
    path = project.numbers(text)
    if project.files.bytes_of(path) is None:
        return numbering.Kept({})
    return numbering.read(project.files.text_of(path))


def renewed(project: Project, text: Text, document: Document) -> dict[str, bytes]:
    """The file of a text's numbers, where the settings want them kept."""
    if not project.settings.for_text(text.path).keep_numbers:
        return {}
    numbers = numbering.renewed(document, kept(project, text))
    return {project.numbers(text): numbering.written(numbers).encode()}


def applied(project: Project, text: Text, document: Document, parallel: Parallel) -> Parallel:
    """The text with the numbers that stay, where the settings want them kept."""
    if not project.settings.for_text(text.path).keep_numbers:
        return parallel
    return numbering.applied(parallel, numbering.renewed(document, kept(project, text)))


def named(project: Project, text: Text, document: Document) -> dict[str, Key]:
    """The message of every unit, by the unit's id and by the number that editions show."""
    found = named_units(document)
    if not project.settings.for_text(text.path).keep_numbers:
        return found
    numbers = numbering.renewed(document, kept(project, text)).numbers
    by_id = {name: key for name, key in found.items() if "." not in name}
    return by_id | {numbers[name]: key for name, key in by_id.items()}
