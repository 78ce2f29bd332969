"""Export parallel editions of texts from their current catalogs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from dragoman.catalogs.catalog import Catalog
from dragoman.catalogs.state_filter import Standing, states_named
from dragoman.errors import Collected, DragomanError, IncompleteError
from dragoman.exports import Export, contents, export_named
from dragoman.exports.parts.export_options import ExportOptions
from dragoman.model import Missing, Parallel, State, Unit
from dragoman.parallel.rows import align
from dragoman.pipeline.build.local_files import LocalFiles
from dragoman.pipeline.build.metadata import described
from dragoman.pipeline.catalogs import sentence_numbers
from dragoman.pipeline.loader import Loaded, Loader
from dragoman.pipeline.selection import chosen_locales, chosen_texts
from dragoman.project import Project, Text

AT_ONCE = 64
"""Number of texts whose editions are written together."""


class Wanted(NamedTuple):
    """What to export: formats, texts, locales and states."""

    formats: tuple[str, ...]
    texts: tuple[str, ...] = ()
    locales: tuple[str, ...] = ()
    missing: str | None = None
    drafts: bool = False
    columns: tuple[str, ...] = ()
    """Locales of the columns in order, with or without the source; empty means all."""
    each: bool = False
    """Write a file per column instead of one with all columns."""
    states: tuple[str, ...] = ()
    """States a target may have; empty means all but `draft`, which `drafts` adds."""


def export(project: Project, wanted: Wanted, options: ExportOptions) -> Iterator[dict[str, bytes]]:
    """Make parallel editions from the current catalogs, without writing files.

    Returns:
        For a batch of texts at a time, path and content of each edition.

    Raises:
        IncompleteError: a translation is missing and `missing` is `refuse`; raised first.
    """
    chosen = [export_named(name) for name in dict.fromkeys(wanted.formats)]
    spans = any(one.INLINE for one in chosen)
    out: dict[str, bytes] = {}
    for number, (text, parallel) in enumerate(aligned(project, wanted, spans), 1):
        for one in chosen:
            out |= editions(project, text, one, parallel, options, wanted)
        if number % AT_ONCE == 0:
            yield out
            out = {}
    if out:
        yield out


def aligned(
    project: Project, wanted: Wanted, spans: bool = True
) -> Iterator[tuple[Text, Parallel]]:
    """Align every selected text with its translations.

    Args:
        project: the project.
        wanted: the texts, locales and states.
        spans: whether cells get their inline content.

    Raises:
        IncompleteError: before the first text, if a translation is missing and `missing` is `refuse`.
        DragomanErrors: after the last text, the errors of texts that cannot be read.
    """
    states = states_named(wanted.states)
    drafts = wanted.drafts or State.DRAFT in states
    source = project.settings.source
    columns = tuple(column for column in wanted.columns if column != source)
    targets = chosen_locales(project, (*wanted.locales, *columns))
    texts = chosen_texts(project, wanted.texts)

    def catalogs(loaded: Loaded) -> list[Catalog]:
        done = loaded.of(targets)
        return [Standing(one.locale, one.po, states) for one in done] if states else done

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
            continue  # a catalog could not be read, and an edition needs all its languages
        done = catalogs(loaded)
        parallel = align(loaded.document, text.domain, source, done, missing, drafts, spans)
        parallel = described(project, text, sentence_numbers.applied(loaded, parallel))
        yield text, LocalFiles(project, text).illustrated(parallel) if spans else parallel
    errors.raise_all()


def _missing(project: Project, text: Text, wanted: Wanted) -> Missing:
    return Missing(wanted.missing or project.settings.for_text(text.path).missing)


def editions(
    project: Project,
    text: Text,
    export: Export,
    parallel: Parallel,
    options: ExportOptions,
    wanted: Wanted | None = None,
) -> dict[str, bytes]:
    """The files of a text in one format: one, or one per language pair or column."""
    columns = wanted.columns if wanted and wanted.columns else parallel.locales
    if wanted and (wanted.columns or wanted.each) and not export.COLUMNS:
        raise DragomanError(
            f"columns of {export.NAME} cannot be chosen", way_out="choose locales with --locale"
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
        for part, one in parts.items()
        for suffix, content in contents(export, one, options).items()
    }


def lacks(
    project: Project, loaded: Loaded, catalogs: Sequence[Catalog], drafts: bool
) -> list[DragomanError]:
    """An error for each locale with untranslated units."""
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
        way_out=f"translate them in {project.files.shown(project.catalog(text, locale))}",
    )
