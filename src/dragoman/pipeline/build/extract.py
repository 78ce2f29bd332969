"""Writes the template of every text."""

from __future__ import annotations

from dragoman.errors import Collected
from dragoman.pipeline.loader import Loader
from dragoman.pipeline.selection import Watch, unwatched
from dragoman.project import Project
from dragoman.catalogs.template import template_file


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
