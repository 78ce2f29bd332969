"""Writes the template of every text, and lists what readers see and no template has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.catalogs.template import template_file
from dragoman.errors import Collected
from dragoman.formats import format_of
from dragoman.pipeline.loader import Loader
from dragoman.pipeline.selection import Watch, unwatched
from dragoman.project import Project

if TYPE_CHECKING:
    from dragoman.formats.audit import Missed


def extract(project: Project, watch: Watch = unwatched) -> list[str]:
    """Write every text's template; return the paths that changed.

    Raises:
        DragomanErrors: texts cannot be read; the templates of all others are written first.
    """
    errors = Collected()
    contents = {}
    for loaded in Loader(project, errors=errors).load_all(watch(project.texts()), ()):
        file = template_file(loaded.template, project.settings.name)
        contents[project.template(loaded.text)] = file
    with project.files.locked(project.lock_folder):
        changed = project.files.write(contents)
    errors.raise_all()
    return changed


def audited(project: Project, watch: Watch = unwatched) -> dict[str, list[Missed]]:
    """Name of each text in references to what readers see of it but no unit contains.

    Formats without markup are skipped, since all of their text is in units.

    Raises:
        DragomanError: a text cannot be read.
    """
    from dragoman.formats.audit import KNOWN, audit, audit_archive  # parsers of audits alone

    loader = Loader(project)
    missed = {}
    for text in watch(project.texts()):
        name = project.reference(text)
        form = format_of(text.path)
        if form.NAME not in KNOWN and not form.BINARY:
            continue
        content = project.files.source_of(project.source(text), form.BINARY)
        if isinstance(content, bytes):
            missed[name] = audit_archive(content, loader.document(text), name)
            continue
        dialect = loader.dialect(text)
        missed[name] = audit(content, loader.document(text), form.NAME, dialect, text.path)
    return missed
