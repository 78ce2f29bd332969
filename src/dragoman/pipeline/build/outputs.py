"""Making every file of a text: template, catalogs, MO files, translated texts, editions."""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.catalogs import joins
from dragoman import po
from dragoman.catalogs.catalog import Catalog
from dragoman.errors import DragomanError
from dragoman.exports import export_named
from dragoman.exports.parts.export_options import ExportOptions
from dragoman.model import Document, Missing
from dragoman.parallel.rows import MARK, align
from dragoman.pipeline.catalogs import sentence_numbers
from dragoman.pipeline.build.export import editions, lacks
from dragoman.pipeline.build.metadata import described
from dragoman.pipeline.catalogs.update import Updater
from dragoman.project import Project, Text


class Builder:
    """Makes every file of a text."""

    def __init__(self, project: Project, drafts: bool, renew: bool) -> None:
        self._project = project
        self._updater = Updater(project, project.settings.locales)
        self.reader = self._updater.reader
        self._drafts = drafts
        self._renew = renew
        self._exports = [export_named(name) for name in project.settings.exports]
        self._options = ExportOptions()
        self.incomplete: dict[Text, list[DragomanError]] = {}
        """Texts that lack translations where the settings refuse that; no output is made."""

    def files(self, text: Text) -> dict[str, bytes]:
        """The contents of every file that is made of a text."""
        document = self.reader.document(text)
        if not self._renew:
            locales = self._project.settings.locales
            return self._outputs(text, document, [self.reader.catalog(text, x) for x in locales])
        messages = self.reader.template(text, document)
        out, updated = self._updater.update(text, messages)
        out |= sentence_numbers.renewed(self._project, text, document)
        catalogs = [Catalog(locale, file) for locale, file in updated.items()]
        return out | self._compiled(text, catalogs) | self._outputs(text, document, catalogs)

    def fill_from_elsewhere(self, out: dict[str, bytes]) -> None:
        """Bring in what moved here from other texts, and make the outputs of these texts again."""
        filled = self._updater.fill_from_elsewhere(out)
        for text in dict.fromkeys(text for text, _ in filled):
            self.incomplete.pop(text, None)
            catalogs = [
                Catalog(locale, po.parse(out[self._project.catalog(text, locale)]))
                for locale in self._project.settings.locales
            ]
            document = self.reader.document(text)
            out |= self._compiled(text, catalogs) | self._outputs(text, document, catalogs)

    def _compiled(self, text: Text, catalogs: Sequence[Catalog]) -> dict[str, bytes]:
        path = self._project.catalog
        return {path(text, one.locale, ".mo"): one.compiled() for one in catalogs}

    def _outputs(
        self, text: Text, document: Document, catalogs: Sequence[Catalog]
    ) -> dict[str, bytes]:
        """Translated texts and parallel editions; none where a translation is refused to lack."""
        project, drafts = self._project, self._drafts
        settings = project.settings.for_text(text.path)
        missing = Missing(settings.missing)
        if missing is Missing.REFUSE:
            errors = lacks(project, text, document, catalogs, drafts)
            if errors:
                self.incomplete[text] = errors
                return {}
        out = {}
        for catalog in catalogs:
            rendering = rendered(document, catalog, missing, drafts)
            out[project.rendered(text, catalog.locale)] = rendering.encode()
        if self._exports:
            parallel = align(document, text.domain, settings.source, catalogs, missing, drafts)
            parallel = sentence_numbers.applied(project, text, document, parallel)
            parallel = described(project, text, parallel)
            for export in self._exports:
                out |= editions(project, text, export, parallel, self._options)
        return out


def rendered(document: Document, catalog: Catalog, missing: Missing, drafts: bool = False) -> str:
    """A text in one locale, in the source's own format."""
    otherwise = {Missing.MARK: MARK, Missing.BLANK: ""}.get(missing)

    targets = catalog.targets(drafts)
    if catalog.joined:
        return joins.render(document, lambda unit: targets.get(unit.key, otherwise))
    return document.render(lambda unit: targets.get((unit.context, unit.source), otherwise))
