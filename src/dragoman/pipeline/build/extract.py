"""Writes the template of every text, and lists what readers see and no template has."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from dragoman.catalogs.template import template_file
from dragoman.errors import Collected, DragomanError
from dragoman.formats import format_of
from dragoman.pipeline.loader import Loader
from dragoman.pipeline.selection import Watch, chosen_texts, unwatched
from dragoman.project import Project, Text

if TYPE_CHECKING:
    from dragoman.formats.audit import Missed


def extract(project: Project, names: Sequence[str] = (), watch: Watch = unwatched) -> list[str]:
    """Write the template of these texts, of all if none is named; return the paths that changed.

    Raises:
        DragomanError: there is no text of a name.
        DragomanErrors: texts cannot be read; the templates of all others are written first.
    """
    errors = Collected()
    contents = {}
    for loaded in Loader(project, errors=errors).load_all(watch(chosen_texts(project, names)), ()):
        file = template_file(loaded.template, project.settings.name)
        contents[project.template(loaded.text)] = file
    with project.files.locked(project.lock_folder):
        changed = project.files.write(contents)
    errors.raise_all()
    return changed


def audited(
    project: Project, names: Sequence[str], tell: Callable[[str, list[Missed]], object]
) -> None:
    """Tell of each text, by its name in references, what readers see and no unit contains.

    Formats without markup are skipped, since all of their text is in units.

    Raises:
        DragomanErrors: texts cannot be read, or the program that renders a format is missing;
            all others are told first.
    """
    errors = Collected()
    loader = Loader(project)
    for text in chosen_texts(project, names):
        with errors.of():
            name = project.reference(text)
            try:
                tell(name, missed(project, loader, text))
            except DragomanError as error:
                error.file = error.file or name  # a renderer knows no file
                raise
    errors.raise_all()


def missed(project: Project, loader: Loader, text: Text) -> list[Missed]:
    """The words of a text that readers see and no unit contains.

    Raises:
        DragomanError: what renders its format is not installed, or cannot read the text.
    """
    from dragoman.formats.audit import KNOWN, audit, audit_archive  # parsers of audits alone

    form = format_of(text.path)
    if form.NAME not in KNOWN and not form.BINARY:
        return []
    content = project.files.source_of(project.source(text), form.BINARY)
    if isinstance(content, bytes):
        missed = audit_archive(content, loader.document(text), project.reference(text))
        chosen = form.NAME == "xlsx" and project.settings.for_text(text.path).cells
        return [one._replace(reason="choice") for one in missed] if chosen else missed
    document, dialect = loader.document(text), loader.dialect(text)
    return audit(content, document, form.NAME, dialect, text.path)
