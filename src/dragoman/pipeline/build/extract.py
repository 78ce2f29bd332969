"""Extracting: the template of every text, and the audit of what no template has."""

from __future__ import annotations

from dragoman.catalogs.template import template_file
from dragoman.errors import Collected
from dragoman.formats.audit import Missed, audit
from dragoman.pipeline.loader import Loader
from dragoman.pipeline.selection import Watch, unwatched
from dragoman.project import Project


def extract(project: Project, watch: Watch = unwatched) -> list[str]:
    """Write every text's template; give back the files that changed."""
    errors = Collected()
    out = {}
    for loaded in Loader(project, errors=errors).load_all(watch(project.texts()), ()):
        file = template_file(loaded.template, project.settings.name)
        out[project.template(loaded.text)] = file
    with project.files.locked(project.lock_folder):
        changed = project.files.write(out)
    errors.raise_all()
    return changed


def audited(project: Project, watch: Watch = unwatched) -> dict[str, list[Missed]]:
    """What readers of each text see and no unit offers, by the text's name in references.

    Plain text is not looked at: everything in it is offered.
    """
    loader = Loader(project)
    found = {}
    for text in watch(project.texts()):
        name = project.reference(text)
        suffix = text.path.lower().rpartition(".")[2]
        if suffix in ("txt", "text"):
            continue
        content = project.files.text_of(project.source(text))
        dialect = loader.dialect(text)
        is_html = suffix in ("html", "htm")
        found[name] = audit(content, loader.document(text), is_html, dialect, text.path)
    return found
