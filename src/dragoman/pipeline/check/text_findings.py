"""What is found in one text and locale, as a value."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from dragoman.catalogs.catalog import Catalog
from dragoman.checks.families.completeness import TEXT_CHECKS
from dragoman.checks.families.consistency import Translation, inside, translations
from dragoman.checks.text_context import TextContext, examined, settled
from dragoman.checks.waivers import entry_waivers
from dragoman.checks.waivers.waiver_file import WaiverFile
from dragoman.glossary.glossary_file import Glossary
from dragoman.model import Problem
from dragoman.pipeline.check.counts import Count, count_of
from dragoman.pipeline.loader import Loaded, Loader
from dragoman.project import Project


class TextFindings(NamedTuple):
    """The findings of one text in one locale, without those that only other texts show."""

    counted: Count
    problems: list[Problem]
    said: list[Translation] | None
    """The finished translations, to be compared with those of other texts; None if not read."""
    subject: TextContext | None = None
    """The text, if anything in it is waived."""

    def settled(self, problems: list[Problem], loader: Loader) -> Iterable[Problem]:
        """These problems, those of other checks among them, with the waived ones marked."""
        if self.subject is None:
            return problems
        return settled(self.subject, problems, loader.waivers)


def found_in(loader: Loader, loaded: Loaded, catalog: Catalog) -> TextFindings:
    """Examine a text in one locale."""
    subject = subject_of(loader.project, loaded, catalog, loader.glossary)
    problems = [problem for find in TEXT_CHECKS for problem in find(subject)]
    problems += [*examined(subject), *inside(subject)]
    count = count_of(loaded.text, loaded.document, catalog)
    waived = _has_waivers(loader.waivers, subject)
    return TextFindings(count, problems, translations(subject), subject if waived else None)


def _has_waivers(book: WaiverFile, subject: TextContext) -> bool:
    name = (subject.text, subject.catalog.locale)
    return any((one.text, one.locale) == name for one in book.kept) or any(
        entry_waivers.LEAD in entry.comments for entry in subject.catalog.po.messages()
    )


def subject_of(
    project: Project, loaded: Loaded, catalog: Catalog, glossary: Glossary
) -> TextContext:
    """A text in one locale, as the input of checks."""
    settings = project.settings.for_text(loaded.text.path)
    return TextContext(
        loaded.text.domain,
        loaded.document,
        catalog,
        project.files.shown(project.catalog(loaded.text, catalog.locale)),
        loaded.reference,
        settings.source,
        settings.severities(catalog.locale),
        glossary,
        settings.heading_ids,
    )
