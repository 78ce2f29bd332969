"""The verbs, top to bottom: each takes a project and gives back what it did or found."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from dragoman import __version__, locales
from dragoman.errors import DragomanError, DragomanErrors, IncompleteError
from dragoman.project import Project, Text
from dragoman.project.state import BuildState

if TYPE_CHECKING:
    from dragoman.catalog import Catalog, TemplateMessage
    from dragoman.exports import Export
    from dragoman.exports.options import ExportOptions
    from dragoman.model import Document, Missing, Parallel, Problem, Unit
    from dragoman.po import PoFile
    from dragoman.project.settings import Settings

Watch = Callable[[Sequence[Text]], Iterable[Text]]
"""Goes through texts, showing somebody how far it is."""


def _unwatched(texts: Sequence[Text]) -> Iterable[Text]:
    return texts


# --- reading --------------------------------------------------------------------------------


class Reader:
    """Reads a project's texts and catalogs."""

    def __init__(self, project: Project) -> None:
        self.project = project
        self._splits: dict[str, Any] = {}

    def document(self, text: Text) -> Document:
        """A text, cut into blocks and units as its settings say."""
        from dragoman.formats import Options, format_of  # noqa: PLC0415 - a build with nothing to do needs none

        settings = self.project.settings.for_text(text.path)
        options = Options(
            split=self._split(settings),
            paragraphs=settings.paragraphs,
            front_matter=frozenset(settings.front_matter),
            file=self.project.reference(text),
        )
        content = self.project.files.text_of(self.project.source(text))
        return format_of(text.path).read(content, options)

    def _split(self, settings: Settings) -> Any:
        from dragoman.formats.options import whole  # noqa: PLC0415 - see document

        if settings.unit == "block":
            return whole
        if "sentence" not in self._splits:
            self._splits["sentence"] = self._segmenter().spans
        return self._splits["sentence"]

    def _segmenter(self) -> Any:
        from dragoman import segment  # noqa: PLC0415 - see document

        settings, files = self.project.settings, self.project.files
        if settings.srx:
            from dragoman.segment import srx  # noqa: PLC0415 - regex is loaded only for SRX

            path = self.project.path(settings.srx)
            data = files.bytes_of(path)
            if data is None:
                raise DragomanError(
                    "there is no such file",
                    file=settings.srx,
                    way_out="mend 'srx' in the settings",
                )
            return srx.read(data, locales.language_tag(settings.source), settings.srx)
        language = settings.source.replace("_", "-").split("-")[0]
        return segment.extended(language, settings.segmentation.get(language, {}))

    def template(self, text: Text, document: Document) -> list[TemplateMessage]:
        from dragoman import catalog  # noqa: PLC0415 - see document

        settings = self.project.settings.for_text(text.path)
        return catalog.template(document, self.project.reference(text), settings.neighbours)

    def po(self, text: Text, locale: str) -> PoFile | None:
        """The PO file of a text in a locale, if there is one."""
        from dragoman import po  # noqa: PLC0415 - see document

        path = self.project.catalog(text, locale)
        data = self.project.files.bytes_of(path)
        return None if data is None else po.parse(data, self.project.files.shown(path))

    def catalog(self, text: Text, locale: str) -> Catalog:
        """The catalog of a text in a locale; an empty one where there is no PO file."""
        from dragoman.catalog import Catalog  # noqa: PLC0415 - see document
        from dragoman.po import PoFile  # noqa: PLC0415 - see document

        return Catalog(locale, self.po(text, locale) or PoFile())


def chosen_texts(project: Project, names: Sequence[str]) -> list[Text]:
    """The texts with these names (path or domain); all, where none is named."""
    texts = project.texts()
    if not names:
        return texts
    chosen = []
    for name in names:
        below = name.removeprefix(project.settings.texts + "/")
        found = [t for t in texts if below in (t.domain, t.path)]
        if not found:
            known = ", ".join(text.domain for text in texts[:8])
            raise DragomanError(
                f"there is no text {name!r}", way_out=f"there are {known or 'none'}"
            )
        chosen += found
    return list(dict.fromkeys(chosen))


def chosen_locales(project: Project, names: Sequence[str]) -> tuple[str, ...]:
    """The target locales with these names; all of the settings, where none is named."""
    for name in names:
        locales.check(name)
        if name not in project.settings.locales:
            known = ", ".join(project.settings.locales)
            raise DragomanError(
                f"{name!r} is not a locale of this project",
                way_out=f"there are {known}; add it to 'locales' in the settings",
            )
    return tuple(dict.fromkeys(names)) or project.settings.locales


# --- extract, update, build -----------------------------------------------------------------


def extract(project: Project, watch: Watch = _unwatched) -> list[str]:
    """Write every text's template; give back the files that changed."""
    from dragoman import catalog  # noqa: PLC0415 - see Reader.document

    reader = Reader(project)
    with project.files.locked(project.lock_folder):
        out = {}
        for text in watch(project.texts()):
            messages = reader.template(text, reader.document(text))
            out[project.template(text)] = catalog.template_file(messages, project.settings.name)
        return project.files.write(out)


def update(project: Project, names: Sequence[str] = (), watch: Watch = _unwatched) -> list[str]:
    """Bring templates and catalogs in step with the texts; give back the files that changed."""
    from dragoman import catalog  # noqa: PLC0415 - see Reader.document

    reader = Reader(project)
    targets = chosen_locales(project, names)
    with project.files.locked(project.lock_folder):
        out = {}
        for text in watch(project.texts()):
            messages = reader.template(text, reader.document(text))
            out[project.template(text)] = catalog.template_file(messages, project.settings.name)
            for locale in targets:
                po = _updated(reader, text, locale, messages)
                out[project.catalog(text, locale)] = po.write()
        return project.files.write(out)


def _updated(reader: Reader, text: Text, locale: str, messages: list[TemplateMessage]) -> PoFile:
    from dragoman import catalog  # noqa: PLC0415 - see Reader.document
    from dragoman.po import PoFile  # noqa: PLC0415 - see Reader.document

    po = reader.po(text, locale)
    if po is None or po.header is None:
        header = catalog.header(reader.project.settings.name, locale)
        po = PoFile([header, *(po.entries if po else ())])
    catalog.update(po, messages)
    return po


class Built(NamedTuple):
    """What a build did."""

    texts: int
    """Texts of the project."""
    renewed: int
    """Texts of which anything had changed."""
    changed: tuple[str, ...]
    """Files that changed."""


def build(
    project: Project, drafts: bool = False, renew: bool = True, watch: Watch = _unwatched
) -> Built:
    """Extract, update, compile, and write translated texts and parallel editions.

    A text of which nothing changed since the last build, neither its source nor any file made
    of it, is not looked into.

    Args:
        project: the project.
        drafts: whether drafts (fuzzy) count as translations.
        renew: whether templates and catalogs are brought in step first.
        watch: goes through the texts.

    Raises:
        IncompleteError: a translation is missing where the settings say `refuse`.
    """
    with project.files.locked(project.lock_folder):
        state = BuildState.load(project, f"{__version__} {drafts} {renew}")
        texts = project.texts()
        dirty = state.dirty(texts)
        gone = state.gone(texts)
        if not dirty and not gone:
            return Built(len(texts), 0, ())
        builder = _Builder(project, drafts, renew)
        out: dict[str, bytes] = {}
        made: dict[Text, list[str]] = {}
        for text in watch(dirty):
            files = builder.files(text)
            out |= files
            if text not in builder.incomplete:
                made[text] = list(files)
        changed = project.files.write(out)
        project.files.remove(gone)
        for text, paths in made.items():
            state.record(text, paths)
        project.files.write(state.files())
        if builder.incomplete:
            raise DragomanErrors([e for errors in builder.incomplete.values() for e in errors])
        return Built(len(texts), len(dirty), tuple(changed))


class _Builder:
    """Makes every file of a text."""

    def __init__(self, project: Project, drafts: bool, renew: bool) -> None:
        from dragoman.exports import export_named  # noqa: PLC0415 - see Reader.document
        from dragoman.exports.options import ExportOptions  # noqa: PLC0415 - see Reader.document

        self._project = project
        self._reader = Reader(project)
        self._drafts = drafts
        self._renew = renew
        self._exports = [export_named(name) for name in project.settings.exports]
        self._options = ExportOptions()
        self.incomplete: dict[Text, list[DragomanError]] = {}
        """Texts that lack translations where the settings refuse that; no output is made."""

    def files(self, text: Text) -> dict[str, bytes]:
        """The contents of every file that is made of a text."""
        from dragoman.model import Missing  # noqa: PLC0415 - see Reader.document

        project = self._project
        document = self._reader.document(text)
        if self._renew:
            catalogs, out = self._renewed(text, document)
        else:
            catalogs = [self._reader.catalog(text, x) for x in project.settings.locales]
            out = {}
        missing = Missing(project.settings.for_text(text.path).missing)
        if missing is Missing.REFUSE and self._refused(text, document, catalogs):
            return out
        for catalog in catalogs:
            rendering = rendered(document, catalog, missing, self._drafts)
            out[project.rendered(text, catalog.locale)] = rendering.encode()
        for export in self._exports:
            parallel = _aligned(project, text, document, catalogs, self._drafts)
            out |= _editions(project, text, export, parallel, self._options)
        return out

    def _renewed(self, text: Text, document: Document) -> tuple[list[Catalog], dict[str, bytes]]:
        """The text's catalogs, brought in step, and the files of template and catalogs."""
        from dragoman import catalog  # noqa: PLC0415 - see Reader.document

        project = self._project
        messages = self._reader.template(text, document)
        out = {project.template(text): catalog.template_file(messages, project.settings.name)}
        done = []
        for locale in project.settings.locales:
            po = _updated(self._reader, text, locale, messages)
            done.append(catalog.Catalog(locale, po))
            out[project.catalog(text, locale)] = po.write()
            out[project.catalog(text, locale, ".mo")] = done[-1].compiled()
        return done, out

    def _refused(self, text: Text, document: Document, catalogs: Sequence[Catalog]) -> bool:
        """Whether a translation is missing; then it is noted."""
        errors = _lacks(self._project, text, document, catalogs, self._drafts)
        if errors:
            self.incomplete[text] = errors
        return bool(errors)


def _lacks(
    project: Project, text: Text, document: Document, catalogs: Sequence[Catalog], drafts: bool
) -> list[DragomanError]:
    """An error for each locale in which units of a text are not translated."""
    errors: list[DragomanError] = []
    for catalog in catalogs:
        lacking = [u for u in document.units if catalog.target(u.key, drafts) is None]
        if lacking:
            errors.append(_incomplete(project, text, catalog.locale, lacking))
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


def rendered(document: Document, catalog: Catalog, missing: Missing, drafts: bool = False) -> str:
    """A text in one locale, in the source's own format."""
    from dragoman.model import Missing  # noqa: PLC0415 - see Reader.document
    from dragoman.parallel import MARK  # noqa: PLC0415 - see Reader.document

    otherwise = {Missing.MARK: MARK, Missing.BLANK: ""}.get(missing)

    targets = catalog.targets(drafts)
    if catalog.joined:
        from dragoman import joins  # noqa: PLC0415 - see Reader.document

        return joins.render(document, lambda unit: targets.get(unit.key, otherwise))
    return document.render(lambda unit: targets.get((unit.context, unit.source), otherwise))


def _aligned(
    project: Project, text: Text, document: Document, done: Sequence[Catalog], drafts: bool
) -> Parallel:
    from dragoman.model import Missing  # noqa: PLC0415 - see Reader.document
    from dragoman.parallel import align  # noqa: PLC0415 - see Reader.document

    settings = project.settings.for_text(text.path)
    missing = Missing(settings.missing)
    return align(document, text.domain, settings.source, done, missing, drafts)


# --- export ---------------------------------------------------------------------------------


class Wanted(NamedTuple):
    """What an export is asked for."""

    format: str
    texts: tuple[str, ...] = ()
    locales: tuple[str, ...] = ()
    missing: str | None = None
    drafts: bool = False
    columns: tuple[str, ...] = ()
    """Locales to show, in this order, the source among them or not; all where empty."""
    each: bool = False
    """A file of its own for each of the columns, instead of one with all of them."""


def export(project: Project, wanted: Wanted, options: ExportOptions) -> dict[str, bytes]:
    """Parallel editions of texts from their catalogs as they stand; nothing is written yet.

    Returns:
        Path of each edition in the output folder, and its content.

    Raises:
        IncompleteError: a translation is missing where that is to be refused.
    """
    from dragoman.exports import export_named  # noqa: PLC0415 - see Reader.document
    from dragoman.model import Missing  # noqa: PLC0415 - see Reader.document
    from dragoman.parallel import align  # noqa: PLC0415 - see Reader.document

    chosen = export_named(wanted.format)
    source = project.settings.source
    columns = tuple(column for column in wanted.columns if column != source)
    targets = chosen_locales(project, (*wanted.locales, *columns))
    reader = Reader(project)
    out: dict[str, bytes] = {}
    errors: list[DragomanError] = []
    for text in chosen_texts(project, wanted.texts):
        settings = project.settings.for_text(text.path)
        missing = Missing(wanted.missing or settings.missing)
        document = reader.document(text)
        done = [reader.catalog(text, locale) for locale in targets]
        if missing is Missing.REFUSE:
            errors += _lacks(project, text, document, done, wanted.drafts)
        parallel = align(document, text.domain, settings.source, done, missing, wanted.drafts)
        out |= _editions(project, text, chosen, parallel, options, wanted)
    if errors:
        raise DragomanErrors(errors)
    return out


def _editions(
    project: Project,
    text: Text,
    export: Export,
    parallel: Parallel,
    options: ExportOptions,
    wanted: Wanted | None = None,
) -> dict[str, bytes]:
    """The files of a text in one format: one, or one for each pair or column."""
    from dragoman.exports import content  # noqa: PLC0415 - see Reader.document

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
        project.exported(text, part + export.SUFFIX): content(export, one, options)
        for part, one in parts.items()
    }


# --- status and check -----------------------------------------------------------------------


class Count(NamedTuple):
    """How far a text is in one locale."""

    text: str
    locale: str
    units: int
    words: int
    """Words of the source."""
    translated: int
    """Reviewed ones too."""
    reviewed: int
    fuzzy: int
    missing: int
    translated_words: int

    @property
    def percent(self) -> float:
        """Translated units of a hundred, rounded down to a tenth."""
        return int(1000 * self.translated / self.units) / 10 if self.units else 100.0

    def as_dict(self) -> dict[str, Any]:
        return {**self._asdict(), "percent": self.percent}


def status(
    project: Project, names: Sequence[str] = (), wanted: Sequence[str] = ()
) -> Iterator[Count]:
    """Units and words of each text in each locale, by state."""
    reader = Reader(project)
    for text in chosen_texts(project, names):
        document = reader.document(text)
        for locale in chosen_locales(project, wanted):
            yield _count(text, document, reader.catalog(text, locale))


_DONE = ("translated", "reviewed")


def _count(text: Text, document: Document, catalog: Catalog) -> Count:
    from dragoman.model import State  # noqa: PLC0415 - see Reader.document
    from dragoman.parallel import states as parallel_states  # noqa: PLC0415 - see Reader.document

    units = {unit.key: unit for unit in document.units}
    states = parallel_states(document, catalog)
    words = {key: len(unit.source.split()) for key, unit in units.items()}
    tally = list(states.values())
    return Count(
        text=text.domain,
        locale=catalog.locale,
        units=len(units),
        words=sum(words.values()),
        translated=tally.count(State.TRANSLATED) + tally.count(State.REVIEWED),
        reviewed=tally.count(State.REVIEWED),
        fuzzy=tally.count(State.DRAFT),
        missing=tally.count(State.INITIAL),
        translated_words=sum(words[k] for k, s in states.items() if s in _DONE),
    )


class Checked(NamedTuple):
    """What a check found."""

    counts: tuple[Count, ...]
    problems: tuple[Problem, ...]
    below: tuple[Count, ...]
    """Texts and locales below the completeness that was asked for."""

    @property
    def passed(self) -> bool:
        blocking = [p for p in self.problems if p.code not in ("missing", "fuzzy")]
        return not self.below and not blocking


def check(
    project: Project,
    names: Sequence[str] = (),
    wanted: Sequence[str] = (),
    least: float = 100.0,
) -> Checked:
    """Whether texts are complete and sound; `least` is the percentage of units asked for."""
    from dragoman.checks import CHECKS  # noqa: PLC0415 - see Reader.document
    from dragoman.checks.subject import Subject  # noqa: PLC0415 - see Reader.document

    reader = Reader(project)
    counts, problems = [], []
    for text in chosen_texts(project, names):
        document = reader.document(text)
        for locale in chosen_locales(project, wanted):
            catalog = reader.catalog(text, locale)
            po_file = project.files.shown(project.catalog(text, locale))
            subject = Subject(text.domain, document, catalog, po_file, project.reference(text))
            problems += [problem for find in CHECKS for problem in find(subject)]
            counts.append(_count(text, document, catalog))
    below = tuple(count for count in counts if count.percent < least)
    return Checked(tuple(counts), tuple(problems), below)


# --- init -----------------------------------------------------------------------------------

_TEMPLATE = """\
# Settings of dragoman. A line behind # shows a key with its default.
name = {name}
source = {source}
locales = {locales}

texts = {texts}
catalogs = "locales"
output = "build"

# unit = "sentence"      # or "block": one unit a paragraph
# missing = "source"     # or "mark", "blank", "refuse"
exports = ["html"]
"""


def init(root: str, source: str, targets: Sequence[str], texts: str) -> list[str]:
    """Write the settings of a new project and make its folder of texts; give back what was made.

    Raises:
        DragomanError: there are settings already, or a locale is not known.
    """
    from dragoman.project import SETTINGS_FILE, Files  # noqa: PLC0415 - only here

    for locale in (source, *targets):
        locales.check(locale)
    files = Files(root)
    settings = os.path.join(root, SETTINGS_FILE)
    if os.path.lexists(settings):
        raise DragomanError(
            "there are settings already", file=SETTINGS_FILE, way_out="edit them, or remove them"
        )
    content = _TEMPLATE.format(
        name=json.dumps(os.path.basename(root) or "texts", ensure_ascii=False),
        source=json.dumps(source),
        locales=json.dumps(list(targets)),
        texts=json.dumps(texts),
    )
    from dragoman.project.settings import read  # noqa: PLC0415 - only here

    read(content, SETTINGS_FILE)
    files.check_inside(os.path.join(root, texts))
    made = files.write({settings: content.encode()})
    folder = os.path.join(root, texts)
    if not os.path.exists(folder):
        os.makedirs(folder)
        made.append(folder)
    return made
