"""What the verbs read: a project's texts and catalogs, and which of them were asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

from dragoman import po, segment
from dragoman.catalogs import template
from dragoman.catalogs.template import TemplateMessage
from dragoman.errors import DragomanError
from dragoman.formats import Options, format_of
from dragoman.formats.read_options import whole
from dragoman.languages import locales
from dragoman.model import Document
from dragoman.po import PoFile
from dragoman.project import Project, Text
from dragoman.project.settings import Settings

if TYPE_CHECKING:
    from dragoman.catalogs.catalog import Catalog
    from dragoman.checks.waivers.waiver_file import Book
    from dragoman.glossary.glossary_file import Glossary

Watch = Callable[[Sequence[Text]], Iterable[Text]]
"""Goes through texts, showing somebody how far it is."""


def unwatched(texts: Sequence[Text]) -> Iterable[Text]:
    return texts


class Reader:
    """Reads a project's texts and catalogs."""

    def __init__(self, project: Project) -> None:
        self.project = project
        self._splits: dict[str, Any] = {}
        self._catalogs: dict[str, bytes] = {}
        self.met: set[str] = set()
        """Catalogs that somebody changed while the command ran, and that were merged."""

    def document(self, text: Text) -> Document:
        """A text, cut into blocks and units as its settings say."""
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
        if settings.unit == "block":
            return whole
        if "sentence" not in self._splits:
            self._splits["sentence"] = self._segmenter().spans
        return self._splits["sentence"]

    def _segmenter(self) -> Any:
        settings, files = self.project.settings, self.project.files
        if settings.srx:
            from dragoman import gate  # noqa: PLC0415 - parsers are loaded only for SRX
            from dragoman.segment import srx  # noqa: PLC0415 - regex is loaded only for SRX

            path = self.project.path(settings.srx)
            data = files.bytes_of(path, gate.LARGEST)
            if data is None:
                raise DragomanError(
                    "there is no such file",
                    file=settings.srx,
                    way_out="mend 'srx' in the settings",
                )
            return srx.read(data, locales.language_tag(settings.source), settings.srx)
        language = settings.source.replace("_", "-").split("-")[0]
        return segment.extended(language, settings.segmentation.get(language, {}))

    @cached_property
    def glossary(self) -> Glossary:
        """The project's glossary; an empty one where there is no file."""
        from dragoman import glossary  # noqa: PLC0415 - only those who ask for it need it

        path = self.project.glossary_file
        if self.project.files.bytes_of(path) is None:
            return glossary.Glossary()

        settings, shown = self.project.settings, self.project.files.shown(path)
        return glossary.read(self.project.files.text_of(path), shown, settings.locales)

    @cached_property
    def waivers(self) -> Book:
        """The project's file of waivers; an empty one where there is none."""
        from dragoman.checks.waivers import waiver_file  # noqa: PLC0415 - only those who ask for it need it

        path = self.project.waiver_file
        if self.project.files.bytes_of(path) is None:
            return waiver_file.Book()
        from dragoman.checks.severities import CODES  # noqa: PLC0415 - only where there is one

        files = self.project.files
        return waiver_file.read(files.text_of(path), files.shown(path), CODES)

    def template(self, text: Text, document: Document) -> list[TemplateMessage]:
        settings = self.project.settings.for_text(text.path)
        return template.template(document, self.project.reference(text), settings.neighbours)

    def merged(self, path: str, theirs: bytes, ours: bytes) -> bytes:
        """What to write where a file changed since it was read; see `Files.write`.

        Catalogs are merged message by message; all other files are made anew from them.
        """
        if not path.endswith(".po"):
            return ours
        from dragoman.catalogs.merge import merge  # noqa: PLC0415 - seldom needed

        shown = self.project.files.shown(path)
        base = self._catalogs.get(path, b"")
        self.met.add(path)
        self._catalogs[path] = theirs
        sides = (po.parse(data, shown) for data in (base, ours, theirs))
        return merge(*sides).po.write()

    def split(self, locale: str) -> Callable[[str], list[str]]:
        """Cuts a translation into its sentences, by the rules of its language."""
        language = locale.replace("_", "-").split("-")[0]

        def split(target: str) -> list[str]:
            if locale not in self._splits:
                additions = self.project.settings.segmentation.get(language, {})
                self._splits[locale] = segment.extended(language, additions).spans
            return [target[start:end] for start, end in self._splits[locale](target)]

        return split

    def po(self, text: Text, locale: str) -> PoFile | None:
        """The PO file of a text in a locale, if there is one."""
        return self._parsed(self.project.catalog(text, locale))

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
        self._catalogs[path] = data
        return po.parse(data, self.project.files.shown(path))

    def catalog(self, text: Text, locale: str) -> Catalog:
        """The catalog of a text in a locale; an empty one where there is no PO file."""
        from dragoman.catalogs.catalog import Catalog  # noqa: PLC0415 - extracting needs none

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
