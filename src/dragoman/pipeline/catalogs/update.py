"""Updates templates and catalogs from the texts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from dragoman import po
from dragoman.catalogs.catalog import Catalog
from dragoman.catalogs.former.elsewhere import Elsewhere, fill
from dragoman.catalogs.join_anchors import hold, holds_marks
from dragoman.catalogs.template import TemplateMessage, header, template_file, with_remarks
from dragoman.catalogs.updating import Updated
from dragoman.catalogs.updating import update as update_catalog
from dragoman.errors import Collected
from dragoman.pipeline.catalogs import sentence_numbers
from dragoman.pipeline.catalogs.orphans import Orphan
from dragoman.pipeline.catalogs.renames import renames
from dragoman.pipeline.loader import Loaded, Loader
from dragoman.pipeline.merging import Merging
from dragoman.pipeline.selection import Watch, chosen_locales, chosen_texts, unwatched
from dragoman.po import PoFile
from dragoman.project import Project, Text


class UpdatedText(NamedTuple):
    """The result of updating the catalog of a text in one locale."""

    text: Text
    locale: str
    changes: Updated
    """Changes made within the catalog."""
    filled: int = 0
    """Number of sentences filled with translations from other texts."""


class UpdatedProject(NamedTuple):
    """The result of an update."""

    changed: tuple[str, ...]
    """Paths of the files that changed."""
    catalogs: tuple[UpdatedText, ...]


def update(
    project: Project,
    names: Sequence[str] = (),
    watch: Watch = unwatched,
    only: Sequence[str] = (),
    tell: Callable[[str], object] = str,
) -> UpdatedProject:
    """Update templates and catalogs from the texts.

    Args:
        project: the project.
        names: the locales; all if empty.
        watch: iterates over the texts and shows progress.
        only: the texts, by path or domain; all if empty.
        tell: is called with a message for each text that was renamed, split or joined, also
            where other files cannot be read.

    Raises:
        DragomanError: a file cannot be written, or there is no such text or locale.
        DragomanErrors: texts or catalogs cannot be read; all others are written first.
    """
    targets = chosen_locales(project, names)
    merging, errors = Merging(project.files), Collected()
    loader = Loader(project, merging, errors)
    updater = Updater(project, loader, targets)
    texts, chosen = project.texts(), chosen_texts(project, only)
    moved = renames(project, merging, texts, texts, chosen)
    updater.add_orphans(moved.orphans)
    contents: dict[str, bytes] = {}
    for read in loader.load_all(watch(chosen), targets):
        loaded = moved.texts.get(read.text, read)
        files, _ = updater.update(loaded)
        contents |= files | sentence_numbers.renewed(project, loaded)
    filled = updater.fill_from_elsewhere(contents)
    changed: list[str] = []
    with errors.of(), project.files.locked(project.lock_folder):
        moved.require_unchanged(project)
        changed = project.files.write({**moved.others, **contents}, merging.merged)
        moved.apply(project)
        for sentence in moved.sentences():
            tell(sentence)
    errors.raise_all()
    done = [u._replace(filled=filled.get((u.text, u.locale), 0)) for u in updater.done]
    return UpdatedProject(tuple(changed), tuple(done))


class Updater:
    """Updates catalogs, text by text."""

    def __init__(
        self, project: Project, loader: Loader, targets: Sequence[str], holds: bool = True
    ) -> None:
        """`holds`: whether catalogs record which sentence a join mark belongs to."""
        self._project = project
        self._loader = loader
        self._holds = holds
        self._targets = targets
        self._elsewhere = {locale: Elsewhere() for locale in targets}
        self.done: list[UpdatedText] = []

    def add_orphans(self, orphans: Iterable[Orphan]) -> None:
        """Add catalogs without a text, whose sentences may have moved to other texts."""
        for orphan in orphans:
            for locale in self._targets:
                self._elsewhere[locale].add_former(orphan.domain, orphan.translated(locale))

    def update(self, loaded: Loaded) -> tuple[dict[str, bytes], dict[str, Catalog]]:
        """Update one text: path and content of its files, and locale to catalog."""
        project, text, messages = self._project, loaded.text, loaded.template
        contents = {project.template(text): template_file(messages, project.settings.name)}
        catalogs = {}
        for locale, catalog in loaded.catalogs.items():
            po = self._with_header(catalog)
            own = self._with_terms(text, messages, locale)
            before = [entry.key for entry in po.messages()] if holds_marks(po) else []
            changes = update_catalog(
                po, own, project.settings.kept_changes, self._loader.splitters.of(locale)
            )
            if self._holds and holds_marks(po):
                before = before if before != [message.key for message in messages] else []
                changes = changes._replace(split=hold(po, loaded.document, before))
            self._elsewhere[locale].add_former(text.domain, changes.former)
            self._elsewhere[locale].add_messages(text.domain, po.messages(), changes.new)
            self.done.append(UpdatedText(text, locale, changes._replace(former=())))
            contents[project.catalog(text, locale)] = po.write()
            catalogs[locale] = Catalog(locale, po)
        return contents, catalogs

    def _with_terms(
        self, text: Text, messages: list[TemplateMessage], locale: str
    ) -> list[TemplateMessage]:
        """The messages, with the glossary's wordings of their terms in comments if the settings ask for it."""
        if not self._project.settings.for_text(text.path).terms:
            return messages
        from dragoman.glossary.glossary_file import remarks  # few projects ask for them

        glossary = self._loader.glossary
        return [
            message._replace(automatic=with_remarks(message.automatic, terms))
            if (terms := remarks(glossary, message.key[1], locale))
            else message
            for message in messages
        ]

    def _with_header(self, catalog: Catalog) -> PoFile:
        """A copy of the catalog's file, with a header added if it has none."""
        po = catalog.po.copy()
        if po.header is None:
            po.entries.insert(0, header(self._project.settings.name, catalog.locale))
        return po

    def fill_from_elsewhere(self, out: dict[str, bytes]) -> dict[tuple[Text, str], int]:
        """Fill untranslated sentences with the translation they had in another text.

        Changes the contents in `out`; returns how many sentences were filled, by text and locale.
        """
        filled = {}
        finds = {locale: known.finds() for locale, known in self._elsewhere.items()}
        for text, locale, _, _ in self.done:
            matches = finds[locale].get(text.domain)
            if matches:
                path = self._project.catalog(text, locale)
                catalog = po.parse(out[path])
                filled[text, locale] = fill(catalog, matches)
                out[path] = catalog.write()
        return filled
