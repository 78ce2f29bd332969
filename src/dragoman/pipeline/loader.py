"""Loading: what the verbs read of a text, once, as one value that is handed on."""

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
from dragoman.formats import Options, format_of
from dragoman.model import Document
from dragoman.pipeline.splitters import Splitters
from dragoman.po import PoFile
from dragoman.project import Project, Text

if TYPE_CHECKING:
    from dragoman.catalogs.catalog import Catalog
    from dragoman.checks.waivers.waiver_file import Book
    from dragoman.glossary.glossary_file import Glossary
    from dragoman.parallel import numbering
    from dragoman.pipeline.merging import Merging


@dataclass(frozen=True)
class Loaded:
    """A text as it was read, and all that follows from it alone."""

    text: Text
    document: Document
    catalogs: Mapping[str, Catalog]
    """The catalog of each locale that was asked for; an empty one where there is no file."""
    reference: str
    """The text's name in references of catalogs."""
    neighbours: bool = False
    """Whether the template shows what stands around a sentence."""
    kept: numbering.Kept | None = None
    """The numbers of its sentences that its file holds; None where they are not kept."""

    @cached_property
    def template(self) -> list[TemplateMessage]:
        """The messages that the text asks for."""
        return template.template(self.document, self.reference, self.neighbours)

    @cached_property
    def numbers(self) -> numbering.Kept | None:
        """The numbers of its sentences as they are now; None where they are not kept."""
        if self.kept is None:
            return None
        from dragoman.parallel import numbering  # few verbs show numbers

        return numbering.renewed(self.document, self.kept)

    def of(self, locales: Sequence[str]) -> list[Catalog]:
        """The catalogs of these locales, without those that cannot be read."""
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
            merging: is told each catalog as it was when it was read.
            errors: takes the errors of catalogs and texts that cannot be read, so that they do
                not stop the others; if None, each is raised.
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
        """A text with its catalogs in these locales; in all of the settings where None.

        Args:
            text: the text.
            locales: the locales.
            document: the text as it is read already; it is read now where None.

        Raises:
            DragomanError: a file cannot be read, or is not what its name says.
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
        """One text after the other; those that cannot be read are left out and told of in `errors`."""
        for text in texts:
            loaded = None
            with nullcontext() if self._errors is None else self._errors.of():
                loaded = self.load(text, locales)
            if loaded is not None:
                yield loaded

    def document(self, text: Text) -> Document:
        """A text, cut into blocks and units as its settings say."""
        settings = self.project.settings.for_text(text.path)
        options = Options(
            split=self.splitters.source(settings),
            paragraphs=settings.paragraphs,
            front_matter=frozenset(settings.front_matter),
            front_matter_set=settings.front_matter_set,
            dialect=self.dialect(text),
            keep=settings.keep,
            html=settings.html,
            file=self.project.reference(text),
        )
        if settings.parameters is not None:
            options = options._replace(parameters=frozenset(settings.parameters))
        content = self.project.files.text_of(self.project.source(text))
        return format_of(text.path).read(content, options)

    def dialect(self, text: Text) -> str:
        """The dialect of a text's Markdown: the one of its settings, or the one of the project."""
        named = self.project.settings.for_text(text.path).dialect
        return self.project.dialect if named == "auto" else named

    def catalog(self, text: Text, locale: str) -> Catalog:
        """The catalog of a text in a locale; an empty one where there is no PO file."""
        from dragoman.catalogs.catalog import Catalog  # extracting needs none

        return Catalog(locale, self._parsed(self.project.catalog(text, locale)) or PoFile())

    def catalog_at(self, path: str) -> PoFile:
        """The PO file at a path; raises DragomanError where there is none."""
        found = self._parsed(path)
        if found is None:
            shown = self.project.files.shown(path)
            raise DragomanError("there is no such file", file=shown, way_out="check the path")
        return found

    def _parsed(self, path: str) -> PoFile | None:
        data = self.project.files.bytes_of(path)
        if data is None:
            return None
        if self._merging is not None:
            self._merging.bases[path] = data
        return po.parse(data, self.project.files.shown(path))

    def kept_numbers(self, text: Text) -> numbering.Kept:
        """The numbers that the text's file holds; none where there is no file."""
        from dragoman.parallel import numbering  # see above

        path = self.project.numbers(text)
        if self.project.files.bytes_of(path) is None:
            return numbering.Kept({})
        return numbering.read(self.project.files.text_of(path))

    @cached_property
    def glossary(self) -> Glossary:
        """The project's glossary; an empty one where there is no file."""
        from dragoman import glossary  # only those who ask for it need it

        path = self.project.glossary_file
        if self.project.files.bytes_of(path) is None:
            return glossary.Glossary()

        settings, shown = self.project.settings, self.project.files.shown(path)
        return glossary.read(self.project.files.text_of(path), shown, settings.locales)

    @cached_property
    def waivers(self) -> Book:
        """The project's file of waivers; an empty one where there is none."""
        from dragoman.checks.waivers import waiver_file  # see above

        path = self.project.waiver_file
        if self.project.files.bytes_of(path) is None:
            return waiver_file.Book()
        from dragoman.checks.severities import CODES  # only where there is one

        files = self.project.files
        return waiver_file.read(files.text_of(path), files.shown(path), CODES)
