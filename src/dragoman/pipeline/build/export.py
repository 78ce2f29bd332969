"""Exports parallel editions of texts from their present catalogs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from dragoman.catalogs.catalog import Catalog
from dragoman.catalogs.state_filter import StateFilter, states_named
from dragoman.errors import Collected, DragomanError, IncompleteError
from dragoman.exports import Export, contents, export_named
from dragoman.exports.parts.export_options import ExportOptions
from dragoman.model import Missing, Parallel, State, Unit
from dragoman.parallel.origins import with_origins
from dragoman.parallel.rows import align
from dragoman.pipeline.build.heading_links import linked_to_rows
from dragoman.pipeline.build.local_files import LocalFiles
from dragoman.pipeline.build.metadata import described
from dragoman.pipeline.catalogs import sentence_numbers
from dragoman.pipeline.loader import Loaded, Loader
from dragoman.pipeline.selection import chosen_locales, chosen_texts
from dragoman.project import Project, Text

AT_ONCE = 64
"""Number of texts whose editions are made and written together."""


class ExportQuery(NamedTuple):
    """Options of an export."""

    formats: tuple[str, ...]
    texts: tuple[str, ...] = ()
    locales: tuple[str, ...] = ()
    missing: str | None = None
    drafts: bool = False
    columns: tuple[str, ...] = ()
    """Locales to show, in this order, with or without the source; empty means all."""
    each: bool = False
    """Whether each column gets a file of its own."""
    states: tuple[str, ...] = ()
    """States of targets to show; empty means all except drafts, which `drafts` adds."""


def export(
    project: Project, wanted: ExportQuery, options: ExportOptions
) -> Iterator[dict[str, bytes]]:
    """Yield parallel editions of texts; nothing is written yet.

    Returns:
        Path and content of the editions of up to `AT_ONCE` texts at a time.

    Raises:
        DragomanError: see `aligned`.
    """
    chosen = [export_named(name) for name in dict.fromkeys(wanted.formats)]
    spans = any(one.INLINE for one in chosen)
    contents_by_path: dict[str, bytes] = {}
    for number, (text, parallel) in enumerate(aligned(project, wanted, spans), 1):
        for one in chosen:
            contents_by_path |= editions(project, text, one, parallel, options, wanted)
        if number % AT_ONCE == 0:
            yield contents_by_path
            contents_by_path = {}
    if contents_by_path:
        yield contents_by_path


def aligned(
    project: Project, wanted: ExportQuery, spans: bool = True
) -> Iterator[tuple[Text, Parallel]]:
    """Yield every chosen text aligned with its translations.

    Args:
        project: the project.
        wanted: the texts, locales and states.
        spans: whether to parse inline content.

    Raises:
        DragomanErrors: before the first text, if translations are missing and that is to be
            refused; after the last text, if texts or catalogs cannot be read.
    """
    states = states_named(wanted.states)
    drafts = wanted.drafts or State.DRAFT in states
    source = project.settings.source
    columns = tuple(column for column in wanted.columns if column != source)
    targets = chosen_locales(project, (*wanted.locales, *columns))
    texts = chosen_texts(project, wanted.texts)

    def catalogs(loaded: Loaded) -> list[Catalog]:
        chosen = loaded.of(targets)
        return [StateFilter(one.locale, one.po, states) for one in chosen] if states else chosen

    refused = Collected()
    for text in texts:
        if _missing(project, text, wanted) is Missing.REFUSE:
            with refused.of():
                loaded = Loader(project).load(text, targets)
                refused.found += lacks(project, loaded, catalogs(loaded), drafts)
    refused.raise_all()
    errors = Collected()
    loader = Loader(project, errors=errors)
    for loaded in loader.load_all(texts, targets):
        text, missing = loaded.text, _missing(project, loaded.text, wanted)
        if len(loaded.catalogs) < len(targets):
            continue  # no edition is better than one without one of its languages
        chosen = catalogs(loaded)
        parallel = align(loaded.document, text.domain, source, chosen, missing, drafts, spans)
        parallel = described(project, text, sentence_numbers.applied(loaded, parallel))
        if spans:
            parallel = with_origins(parallel, loaded.document, chosen)
            parallel = LocalFiles(project, text).illustrated(parallel)
            parallel = linked_to_rows(loaded.document, parallel)
        yield text, parallel
    errors.raise_all()


def _missing(project: Project, text: Text, wanted: ExportQuery) -> Missing:
    return Missing(wanted.missing or project.settings.for_text(text.path).missing)


def editions(
    project: Project,
    text: Text,
    export: Export,
    parallel: Parallel,
    options: ExportOptions,
    wanted: ExportQuery | None = None,
) -> dict[str, bytes]:
    """Path and content of a text's files in one format: one file, or one for each pair or column.

    Raises:
        DragomanError: columns were chosen, and the format does not allow it.
    """
    columns = wanted.columns if wanted and wanted.columns else parallel.locales
    if wanted and (wanted.columns or wanted.each) and not export.COLUMNS:
        raise DragomanError(
            f"columns of {export.NAME} cannot be chosen", how_to_fix="choose locales with --locale"
        )
    if export.PAIRS:
        source, *targets = parallel.locales
        parts = {f".{locale}": parallel.chosen([source, locale]) for locale in targets}
    elif wanted and wanted.each:
        parts = {f".{locale}": parallel.chosen([locale]) for locale in columns}
    else:
        parts = {"": parallel if columns == parallel.locales else parallel.chosen(columns)}
    return {
        project.exported(text, part + suffix): content
        for part, part_parallel in parts.items()
        for suffix, content in contents(export, part_parallel, options).items()
    }


def lacks(
    project: Project, loaded: Loaded, catalogs: Sequence[Catalog], drafts: bool
) -> list[DragomanError]:
    """An error for each locale in which units of a text are untranslated."""
    errors: list[DragomanError] = []
    for catalog in catalogs:
        lacking = [u for u in loaded.document.units if catalog.target(u.key, drafts) is None]
        if lacking:
            errors.append(_incomplete(project, loaded.text, catalog.locale, lacking))
    return errors


def _incomplete(
    project: Project, text: Text, locale: str, lacking: Sequence[Unit]
) -> IncompleteError:
    return IncompleteError(
        f"{len(lacking)} of its units are not translated into {locale}",
        file=project.reference(text),
        line=lacking[0].line,
        how_to_fix=f"translate them in {project.files.shown(project.catalog(text, locale))}",
    )
