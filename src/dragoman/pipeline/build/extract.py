"""Extracting: the template of every text."""

from __future__ import annotations

from dragoman.pipeline.loader import Reader, Watch, unwatched
from dragoman.project import Project
from dragoman.catalogs.template import template_file


def extract(project: Project, watch: Watch = unwatched) -> list[str]:
    """Write every text's template; give back the files that changed."""
    reader = Reader(project)
    with project.files.locked(project.lock_folder):
        out = {}
        for text in watch(project.texts()):
            messages = reader.template(text, reader.document(text))
            out[project.template(text)] = template_file(messages, project.settings.name)
        return project.files.write(out)
