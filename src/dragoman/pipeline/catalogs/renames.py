"""Renamed, moved, split and joined texts: finds them, and moves their catalogs, numbers and waivers."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from dragoman.catalogs.catalog import Catalog
from dragoman.catalogs.former.inherit import Legacy, inherited
from dragoman.catalogs.former.successors import Present, Vanished, shares, successors
from dragoman.errors import Collected, DragomanError
from dragoman.model import Key
from dragoman.pipeline.catalogs.orphans import Orphan, orphans
from dragoman.pipeline.loader import Loaded, Loader
from dragoman.pipeline.merging import Merging
from dragoman.po import PoFile
from dragoman.project import Project, Text


@dataclass(frozen=True)
class Renames:
    """Which texts replace removed ones, and the files to write and remove for them."""

    became: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """Domain of each removed text to the domains of the texts that replace it."""
    texts: Mapping[Text, Loaded] = field(default_factory=dict)
    """The replacing texts, with catalogs and numbers that include the inherited ones."""
    others: Mapping[str, bytes] = field(default_factory=dict)
    """Path to content of files that `update` does not write: other locales, numbers, waivers."""
    removed: Sequence[str] = ()
    """Paths of the removed texts' files."""
    orphans: Sequence[Orphan] = ()
    """Orphans that no text replaces."""

    def sentences(self) -> list[str]:
        """A message for each removed text that was replaced."""
        return [
            f"{old} → {', '.join(new)}: catalogs {'split' if new[1:] else 'moved'}"
            for old, new in self.became.items()
        ]

    def apply(self, project: Project) -> None:
        """Remove the old files; to be called after the new ones are written."""
        project.files.remove(list(self.removed))

    def require_unchanged(self, project: Project) -> None:
        """Make sure that nobody changed the old files or the waivers meanwhile.

        Raises:
            DragomanError: one of them changed.
        """
        waivers = [path for path in self.others if path == project.waiver_file]
        project.files.require_unchanged([*self.removed, *waivers])


def renames(
    project: Project,
    merging: Merging,
    texts: Sequence[Text],
    candidates: Sequence[Text],
    chosen: Sequence[Text] | None = None,
) -> Renames:
    """Find the texts that replace removed ones, by the messages of their catalogs.

    Args:
        project: the project.
        merging: receives the content of each catalog that is read.
        texts: all texts of the project.
        candidates: the texts that may replace a removed one.
        chosen: the texts that a command applies to; all if None. A removed text whose
            replacements are not all chosen stays as it is.
    """
    orphaned = orphans(project, texts)
    if not orphaned or not candidates:
        return Renames(orphans=orphaned)
    loader = Loader(
        project, merging, Collected()
    )  # errors are dropped: the caller loads the texts too and reports them
    try:
        heirs = {text.domain for text in (candidates if chosen is None else chosen)}
        return _Renaming(project, loader, orphaned, candidates, heirs).run()
    except DragomanError:
        return Renames(orphans=orphaned)  # nothing is moved until the error is fixed


class _Renaming:
    """The search for the texts that replace orphans."""

    def __init__(
        self,
        project: Project,
        loader: Loader,
        found: Sequence[Orphan],
        candidates: Sequence[Text],
        chosen: set[str],
    ) -> None:
        self._project = project
        self._chosen = chosen
        self._loader = loader
        self._found = found
        self._texts = {text.domain: text for text in candidates}
        self._loaded: dict[str, Loaded] = {}
        self._others: dict[str, bytes] = {}

    def run(self) -> Renames:
        vanished = [self._vanished(orphan) for orphan in self._found]
        known = {key for one in vanished for key in one.keys}
        present = [one for text in self._texts.values() if (one := self._present(text, known))]
        successor = {
            orphan.domain: new
            for orphan, one in zip(self._found, vanished, strict=True)
            if not orphan.broken and (new := successors(one, present))
        }
        became = {old: new for old, new in successor.items() if self._chosen.issuperset(new)}
        moving = [orphan for orphan in self._found if orphan.domain in became]
        legacies = self._legacies(moving, became)
        for (domain, locale), left in legacies.items():
            self._inherit(domain, locale, left)
        for orphan in moving:
            self._take_numbers(orphan, became[orphan.domain])
        self._take_waivers(became)
        return Renames(
            became,
            {self._texts[domain]: self._loaded[domain] for domain in self._heirs(became)},
            self._others,
            [path for orphan in moving for path in orphan.files.paths],
            [orphan for orphan in self._found if orphan.domain not in successor],
        )

    def _vanished(self, orphan: Orphan) -> Vanished:
        """The messages and translations of a removed text."""
        files = orphan.catalogs.values()
        keys = dict.fromkeys(entry.key for file in files for entry in file.messages())
        targets = self._project.settings.locales
        here = {x: file for x, file in orphan.catalogs.items() if x in targets}
        return Vanished(orphan.domain, list(keys), _translations(here))

    @staticmethod
    def _heirs(became: Mapping[str, Sequence[str]]) -> list[str]:
        """The domains of all replacing texts, each once."""
        return list(dict.fromkeys(domain for new in became.values() for domain in new))

    def _present(self, text: Text, known: set[Key]) -> Present | None:
        """A text that shares units with a removed one, with its translations; None if it shares none."""
        try:
            loaded = self._loader.load(text)
        except DragomanError:
            return None
        if len(loaded.catalogs) < len(self._project.settings.locales):
            return None
        keys = {message.key for message in loaded.template}
        if keys.isdisjoint(known):
            return None
        self._loaded[text.domain] = loaded
        existing = {
            locale: catalog.po
            for locale, catalog in loaded.catalogs.items()
            if os.path.exists(self._project.catalog(text, locale))
        }
        return Present(text.domain, keys, _translations(existing))

    def _legacies(
        self, moving: Iterable[Orphan], became: Mapping[str, Sequence[str]]
    ) -> dict[tuple[str, str], list[Legacy]]:
        """Domain and locale of each replacing text to what it inherits."""
        legacies: defaultdict[tuple[str, str], list[Legacy]] = defaultdict(list)
        for orphan in moving:
            keys_by_name = {name: self._keys(name) for name in became[orphan.domain]}
            for locale, catalog in orphan.catalogs.items():
                header = catalog.header
                entries = [entry for entry in catalog.entries if entry is not header]
                live = [entry.key for entry in entries if not entry.obsolete]
                obsolete = [entry.key for entry in entries if entry.obsolete]
                for name, keys in shares(live, obsolete, keys_by_name).items():
                    legacies[name, locale].append(Legacy(orphan.domain, catalog, keys))
        return legacies

    def _keys(self, domain: str) -> set[Key]:
        return {message.key for message in self._loaded[domain].template}

    def _inherit(self, domain: str, locale: str, legacies: Sequence[Legacy]) -> None:
        """Merge inherited catalogs into the catalog of a text."""
        text, loaded = self._texts[domain], self._loaded[domain]
        own = self._own(text, locale)
        catalog = inherited(own, legacies)
        if locale in loaded.catalogs:
            catalogs = {**loaded.catalogs, locale: Catalog(locale, catalog)}
            self._loaded[domain] = replace(loaded, catalogs=catalogs)
        self._others[self._project.catalog(text, locale)] = catalog.write()

    def _own(self, text: Text, locale: str) -> PoFile | None:
        """The existing catalog of a text, or None."""
        path = self._project.catalog(text, locale)
        return self._loader.catalog_at(path) if os.path.exists(path) else None

    # --- numbers and waivers ---

    def _take_numbers(self, orphan: Orphan, heirs: Sequence[str]) -> None:
        """Move the numbers of a removed text: all to the first successor, to others those of their units."""
        numbered = [path for path in orphan.files.shared if path.endswith(".numbers")]
        if not numbered:
            return
        from dragoman.parallel import numbering  # few projects keep numbers

        old_numbers = numbering.read(self._project.files.text_of(numbered[0]))
        for name in heirs:
            text, loaded = self._texts[name], self._loaded[name]
            part = old_numbers if name == heirs[0] else numbering.part(old_numbers, _ids(loaded))
            kept = numbering.together(self._loader.kept_numbers(text), part)
            if loaded.kept is not None:
                self._loaded[name] = replace(loaded, kept=numbering.together(loaded.kept, part))
            self._others[self._project.numbers(text)] = numbering.written(kept).encode()

    def _take_waivers(self, became: Mapping[str, Sequence[str]]) -> None:
        """Rewrite waivers of removed texts for the texts that now have the sentences."""
        book = self._loader.waivers if became else None
        if book is None or not any(one.text in became for one in book.kept):
            return
        from dragoman.checks.waivers.waiver_file import moved  # loads every check

        path = self._project.waiver_file

        def text_of(text: str, key: Key) -> str:
            heirs = became.get(text)
            if heirs is None:
                return text
            return next((name for name in heirs if key in self._keys(name)), heirs[0])

        content = self._project.files.text_of(path)
        self._others[path] = moved(content, book, text_of).encode()


def _translations(catalogs: Mapping[str, PoFile]) -> dict[str, dict[Key, str]]:
    """Locale to the translation of each message."""
    return {
        locale: {entry.key: entry.msgstr for entry in catalog.messages()}
        for locale, catalog in catalogs.items()
    }


def _ids(loaded: Loaded) -> set[str]:
    """The ids of all units of a text."""
    from dragoman.parallel.rows import Ids  # as above

    ids = Ids()
    return {ids.of(unit.key) for unit in loaded.document.units}
