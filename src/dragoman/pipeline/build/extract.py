"""Extracting: the template of every text."""

from __future__ import annotations

from dragoman.pipeline.loader import Loader
from dragoman.pipeline.selection import Watch, unwatched
from dragoman.project import Project
from dragoman.catalogs.template import template_file


def extract(project: Project, watch: Watch = unwatched) -> list[str]:
    """Write every text's template; give back the files that changed."""
    loader = Loader(project)
    out = {}
    for text in watch(project.texts()):
        messages = loader.load(text, ()).template
        out[project.template(text)] = template_file(messages, project.settings.name)
    with project.files.locked(project.lock_folder):
        return project.files.write(out)
