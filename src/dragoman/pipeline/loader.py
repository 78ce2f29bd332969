"""Loads a text, its catalogs and its numbers once, as one value that all steps of a command use."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from dragoman import po
from dragoman.catalogs import template
from dragoman.catalogs.template import TemplateMessage
from dragoman.errors import Collected, DragomanError
from dragoman.formats import ReadOptions, format_of
from dragoman.model import Document
from dragoman.pipeline.splitters import Splitters
from dragoman.po import PoFile
from dragoman.project import Project, Text

if TYPE_CHECKING:
    from dragoman.catalogs.catalog import Catalog
    from dragoman.checks.waivers.waiver_file import WaiverFile
    from dragoman.glossary.glossary_file import Glossary
    from dragoman.parallel import numbering
    from dragoman.pipeline.merging import Merging


@dataclass(frozen=True)
class Loaded:
    """A text as read from the disk, with its catalogs and everything computed from them alone."""

    text: Text
    document: Document
    catalogs: Mapping[str, Catalog]
    """Locale to its catalog, for the requested locales; empty if there is no file."""
    reference: str
    """The text's name in references of catalogs."""
    neighbours: bool = False
    """Whether messages of the template show the sentences before and after theirs."""
    kept: numbering.Numbers | None = None
    """The sentence numbers in the text's file; None if the settings do not keep numbers."""

    @cached_property
    def template(self) -> list[TemplateMessage]:
        """The messages of the text, in order, each once."""
        return template.template(self.document, self.reference, self.neighbours)

    @cached_property
    def numbers(self) -> numbering.Numbers | None:
        """The sentence numbers of the present text; None if the settings do not keep numbers."""
        if self.kept is None:
            return None
        from dragoman.parallel import numbering  # few commands show numbers

        return numbering.renewed(self.document, self.kept)

    def of(self, locales: Sequence[str]) -> list[Catalog]:
        """The catalogs of these locales, without those that could not be read."""
        return [self.catalogs[locale] for locale in locales if locale in self.catalogs]


class Loader:
    """Reads a project's texts, catalogs, glossary and waivers."""

    def __init__(
        self,
        project: Project,
        merging: Merging | None = None,
        errors: Collected | None = None,
    ) -> None:
        """Prepare to read a project.

        Args:
            project: the project.
            merging: receives the content of each catalog that is read.
            errors: collects the errors of texts and catalogs that cannot be read, so that the
                others are still loaded; if None, each error is raised.
        """
        self.project = project
        self.splitters = Splitters(project)
        self._merging = merging
        self._errors = errors

    def load(
        self,
        text: Text,
        locales: Sequence[str] | None = None,
        document: Document | None = None,
    ) -> Loaded:
        """A text with its catalogs in these locales; None means all locales of the settings.

        Args:
            text: the text.
            locales: the locales.
            document: the text if it is parsed already; None means that it is read now.

        Raises:
            DragomanError: a file cannot be read, or is not valid.
        """
        project = self.project
        settings = project.settings.for_text(text.path)
        chosen = project.settings.locales if locales is None else locales
        document = self.document(text) if document is None else document
        catalogs = {}
        for locale in chosen:
            with nullcontext() if self._errors is None else self._errors.of():
                catalogs[locale] = self.catalog(text, locale)
        return Loaded(
            text,
            document,
            catalogs,
            project.reference(text),
            settings.neighbours,
            self.kept_numbers(text) if settings.keep_numbers else None,
        )

    def load_all(self, texts: Iterable[Text], locales: Sequence[str]) -> Iterator[Loaded]:
        """Load texts one by one; those that cannot be read are skipped and their errors collected.

        Raises:
            DragomanError: a text cannot be read, and errors are not collected.
        """
        for text in texts:
            loaded = None
            with nullcontext() if self._errors is None else self._errors.of():
                loaded = self.load(text, locales)
            if loaded is not None:
                yield loaded

    def document(self, text: Text) -> Document:
        """A text, parsed into blocks and units according to its settings.

        Raises:
            DragomanError: the file cannot be read or parsed.
        """
        form = format_of(text.path)
        content = self.project.files.source_of(self.project.source(text), form.BINARY)
        return form.read(content, self.options(text))

    def options(self, text: Text) -> ReadOptions:
        """What the settings say of reading a text.

        Raises:
            DragomanError: a file that the settings name cannot be read.
        """
        settings = self.project.settings.for_text(text.path)
        options = ReadOptions(
            split=self.splitters.source(settings),
            paragraphs=settings.paragraphs,
            front_matter=frozenset(settings.front_matter),
            front_matter_set=settings.front_matter_set,
            dialect=self.dialect(text),
            keep=settings.keep,
            comments=settings.comments,
            its=self._its(settings.its),
            cells=settings.cells,
            sheet_names=settings.sheet_names,
            html=settings.html,
            file=self.project.reference(text),
        )
        if settings.parameters is not None:
            options = options._replace(parameters=frozenset(settings.parameters))
        return options

    def _its(self, names: Sequence[str]) -> tuple[tuple[str, str], ...]:
        """The files of ITS rules that the settings name, and their texts."""
        files = self.project.files
        return tuple([(name, files.text_of(self.project.path(name))) for name in names])

    def dialect(self, text: Text) -> str:
        """The dialect of a text's Markdown: that of its settings, or the project's if they say `auto`."""
        named = self.project.settings.for_text(text.path).dialect
        return self.project.dialect if named == "auto" else named

    def catalog(self, text: Text, locale: str) -> Catalog:
        """The catalog of a text in a locale; empty if there is no PO file.

        Raises:
            DragomanError: the file cannot be read, or is not a PO file.
        """
        from dragoman.catalogs.catalog import Catalog  # `extract` needs none

        return Catalog(locale, self._parsed(self.project.catalog(text, locale)) or PoFile())

    def catalog_at(self, path: str) -> PoFile:
        """The PO file at a path.

        Raises:
            DragomanError: there is none, or it is not valid.
        """
        catalog = self._parsed(path)
        if catalog is None:
            shown = self.project.files.shown(path)
            raise DragomanError("there is no such file", file=shown, how_to_fix="check the path")
        return catalog

    def _parsed(self, path: str) -> PoFile | None:
        data = self.project.files.bytes_of(path)
        if data is None:
            return None
        if self._merging is not None:
            self._merging.bases[path] = data
        return po.parse(data, self.project.files.shown(path))

    def kept_numbers(self, text: Text) -> numbering.Numbers:
        """The sentence numbers in the text's file; empty if there is no file.

        Raises:
            DragomanError: the file is not valid.
        """
        from dragoman.parallel import numbering  # see above

        path = self.project.numbers(text)
        if self.project.files.bytes_of(path) is None:
            return numbering.Numbers({})
        return numbering.read(self.project.files.text_of(path))

    @cached_property
    def glossary(self) -> Glossary:
        """The project's glossary; empty if there is no file.

        Raises:
            DragomanError: the file is not valid.
        """
        from dragoman import glossary  # few commands need it

        path = self.project.glossary_file
        if self.project.files.bytes_of(path) is None:
            return glossary.Glossary()

        settings, shown = self.project.settings, self.project.files.shown(path)
        return glossary.read(self.project.files.text_of(path), shown, settings.locales)

    @cached_property
    def waivers(self) -> WaiverFile:
        """The project's waivers; empty if there is no file.

        Raises:
            DragomanError: the file is not valid.
        """
        from dragoman.checks.waivers import waiver_file  # see above

        path = self.project.waiver_file
        if self.project.files.bytes_of(path) is None:
            return waiver_file.WaiverFile()
        from dragoman.checks.severities import CODES  # only where there is one

        files = self.project.files
        return waiver_file.read(files.text_of(path), files.shown(path), CODES)
