"""Makes all files of a text: template, catalogs, MO files, translated texts, editions."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from dragoman import po
from dragoman.catalogs import joins
from dragoman.catalogs.catalog import Catalog
from dragoman.errors import Collected, DragomanError
from dragoman.exports import export_named
from dragoman.exports.parts.export_options import ExportOptions
from dragoman.formats import format_of
from dragoman.model import Document, Missing, Unit
from dragoman.parallel.origins import with_origins
from dragoman.parallel.rows import MARK, align
from dragoman.pipeline.build.direction_element import wrapped
from dragoman.pipeline.build.export import editions, lacks
from dragoman.pipeline.build.heading_links import linked_to_headings, linked_to_rows
from dragoman.pipeline.build.local_files import LocalFiles
from dragoman.pipeline.build.metadata import described
from dragoman.pipeline.build.other_headings import Elsewhere, OtherHeadings
from dragoman.pipeline.catalogs import sentence_numbers
from dragoman.pipeline.catalogs.renames import Renames, renames
from dragoman.pipeline.catalogs.update import Updater
from dragoman.pipeline.loader import Loaded, Loader
from dragoman.pipeline.merging import Merging
from dragoman.project import Project, Text


class Builder:
    """Makes all files of a text."""

    def __init__(
        self, project: Project, drafts: bool, renew: bool, locales: Sequence[str] = ()
    ) -> None:
        self._project = project
        self._locales = tuple(locales) or project.settings.locales
        self.merging = Merging(project.files)
        self.errors = Collected()
        self._loader = Loader(project, self.merging, self.errors)
        self._updater = Updater(project, self._loader, self._locales)
        self._moved = Renames()
        self._drafts = drafts
        self._renew = renew
        self._exports = [export_named(name) for name in project.settings.exports]
        self._options = ExportOptions()
        self._others = OtherHeadings(project, self._loader, drafts)
        self._linking: dict[Text, Loaded] = {}
        self.incomplete: dict[Text, list[DragomanError]] = {}
        """Texts that are not output, since translations are missing and the settings refuse that."""
        self.looked_at: dict[Text, dict[str, None]] = {}
        """Paths of the local files a text references, whether they exist or not."""
        self.partial: set[Text] = set()
        """Texts with a catalog that is unreadable or not asked for; outputs that need it are not made."""

    def find_renames(
        self, texts: Sequence[Text], dirty: Sequence[Text], chosen: Sequence[Text]
    ) -> Renames:
        """Find texts that replace removed ones, which then have their catalogs and numbers."""
        if self._renew:
            self._moved = renames(self._project, self.merging, texts, dirty, chosen)
            self._updater.add_orphans(self._moved.orphans)
        return self._moved

    def files(self, text: Text) -> dict[str, bytes]:
        """Path and content of every file made from a text.

        Raises:
            DragomanError: the text cannot be read.
        """
        loaded = self._loaded(text)
        if len(loaded.catalogs) < len(self._project.settings.locales):
            self.partial.add(text)
        if not self._renew:
            return self._outputs(loaded)
        contents, catalogs = self._updater.update(loaded)
        contents |= sentence_numbers.renewed(self._project, loaded)
        updated = replace(loaded, catalogs=catalogs)
        return contents | self._compiled(updated) | self._outputs(updated)

    def _loaded(self, text: Text) -> Loaded:
        """A text with its catalogs in the chosen locales."""
        loaded = self._moved.texts.get(text) or self._loader.load(text, self._locales)
        if set(loaded.catalogs) <= set(self._locales):
            return loaded
        catalogs = {x: one for x, one in loaded.catalogs.items() if x in self._locales}
        return replace(loaded, catalogs=catalogs)

    def fill_from_elsewhere(self, made: dict[Text, dict[str, bytes]]) -> None:
        """Fill sentences that moved from other texts, and make the outputs of their new texts again."""
        contents = {path: content for files in made.values() for path, content in files.items()}
        filled = self._updater.fill_from_elsewhere(contents)
        for text in dict.fromkeys(text for text, _ in filled):
            self.incomplete.pop(text, None)
            paths = {x: self._project.catalog(text, x) for x in self._locales}
            made[text] |= {path: contents[path] for path in paths.values() if path in contents}
            catalogs = {
                x: Catalog(x, po.parse(contents[p])) for x, p in paths.items() if p in contents
            }
            updated = replace(self._loader.load(text, ()), catalogs=catalogs)
            made[text] |= self._compiled(updated) | self._outputs(updated)

    def follow_links(self, made: dict[Text, dict[str, bytes]]) -> None:
        """Make the outputs again of texts with links to others, now that all catalogs are made."""
        contents = {path: content for files in made.values() for path, content in files.items()}
        self._others.know(contents)
        for text, loaded in self._linking.items():
            if text in made:
                made[text] |= self._outputs(loaded)

    def _compiled(self, loaded: Loaded) -> dict[str, bytes]:
        path = self._project.catalog
        return {path(loaded.text, x, ".mo"): c.compiled() for x, c in loaded.catalogs.items()}

    def _outputs(self, loaded: Loaded) -> dict[str, bytes]:
        """Translated texts and editions; empty if `missing = "refuse"` and a unit is untranslated."""
        project, drafts = self._project, self._drafts
        settings = project.settings.for_text(loaded.text.path)
        missing = Missing(settings.missing)
        catalogs = loaded.of(self._locales)
        if missing is Missing.REFUSE:
            errors = lacks(project, loaded, catalogs, drafts)
            if errors:
                self.incomplete[loaded.text] = errors
                return {}
        contents: dict[str, bytes] = {}
        local = LocalFiles(project, loaded.text)
        self.looked_at[loaded.text] = local.seen
        for catalog in catalogs:
            form = format_of(loaded.text.path)
            is_markdown = form.NAME == "markdown"
            way = settings.heading_ids if is_markdown else "none"
            elsewhere = self._others.seen_from(loaded.text, catalog.locale, local.seen)
            rendering = rendered(loaded.document, catalog, missing, drafts, way, elsewhere)
            if is_markdown:
                rendering = wrapped(
                    rendering, catalog.locale, settings.direction_element, settings.dialect
                )
            if not form.BINARY:  # an archive has what it shows inside
                contents |= local.copies(rendering, catalog.locale)
            place = project.rendered(loaded.text, catalog.locale)
            contents[place] = loaded.document.encode(rendering, catalog.locale)
        if loaded.text in self._others.waiting:
            self._linking[loaded.text] = loaded
        if self._exports and loaded.text not in self.partial:
            name, source = loaded.text.domain, settings.source
            parallel = align(loaded.document, name, source, catalogs, missing, drafts)
            parallel = described(project, loaded.text, sentence_numbers.applied(loaded, parallel))
            parallel = with_origins(parallel, loaded.document, catalogs)
            parallel = linked_to_rows(loaded.document, local.illustrated(parallel))
            for export in self._exports:
                contents |= editions(project, loaded.text, export, parallel, self._options)
        return contents


def rendered(
    document: Document,
    catalog: Catalog,
    missing: Missing,
    drafts: bool = False,
    heading_ids: str = "none",
    elsewhere: Elsewhere = lambda _: {},
) -> str:
    """A translated text in the source's own format.

    `heading_ids` is how links reach headings, `elsewhere` what headings of other texts are called.
    """
    otherwise = {Missing.MARK: MARK, Missing.BLANK: ""}.get(missing)
    targets = catalog.targets(drafts)

    def written(unit: Unit) -> str | None:
        return targets.get((unit.context, unit.source), otherwise)

    target_of: Callable[[Unit], str | None] = written
    if heading_ids != "none":
        document, target_of = linked_to_headings(
            document, targets, target_of, heading_ids, elsewhere
        )
    if catalog.joined:
        return joins.render(document, target_of, catalog.locale)
    return document.render(target_of, catalog.locale)
