"""`adopt`: fill a text's catalog from an existing translation, sentence by sentence."""

from __future__ import annotations

import os
from typing import NamedTuple

from dragoman.alignment import Alignment, align
from dragoman.errors import DragomanError
from dragoman.languages import locales
from dragoman.pipeline.align.encoders import encoder
from dragoman.pipeline.align.filling import AdoptedLine, Filler, Filling
from dragoman.pipeline.align.pair_hints import hints
from dragoman.pipeline.align.report_numbers import corrected
from dragoman.pipeline.align.sides import Side, read, side
from dragoman.pipeline.align.target_language import check_language
from dragoman.pipeline.loader import Loader
from dragoman.pipeline.merging import Merging
from dragoman.pipeline.selection import chosen_locales, chosen_texts
from dragoman.project import Project, Text

SURE = 0.7
"""Least confidence of a bead whose translation is not marked fuzzy."""
_OTHER_TEXT, _OTHER_NOTE, _NOTE_SENTENCES = 0.45, 0.35, 12


def doubtful(alignment: Alignment) -> bool:
    """Whether two texts are unlikely to be translations of each other; the bound is lower for short ones.

    Measured on pages of manuals: 90 of 92 unrelated pairs had a confidence below 0.4; 100 true pairs
    had at least 0.6, and so had files with a third of the text, and texts of six sentences.
    """
    short = sum(all(bead.sizes) for bead in alignment.beads) < _NOTE_SENTENCES
    return alignment.confidence < (_OTHER_NOTE if short else _OTHER_TEXT)


class Adopted(NamedTuple):
    """Result of `adopt`; of a dry run, what it would change."""

    confidence: float
    lines: tuple[AdoptedLine, ...]
    changed: bool


class AdoptOptions(NamedTuple):
    """Options of `adopt`."""

    file: str
    text: str
    locale: str
    least: float = SURE
    force: bool = False
    """Whether to write even if the file seems to translate another text."""
    corrections: str = ""
    """Path of a report with corrected sentence numbers."""
    write: bool = True
    encoder: str = ""
    """Name of an installed sentence encoder; empty for none."""
    replace_drafts: bool = False
    """Whether drafts that a person wrote are replaced."""


def adopt(project: Project, wanted: AdoptOptions) -> Adopted:
    """Fill the catalog of a text from an existing translated file.

    Translations written by a person are not overwritten, nor are drafts unless `replace_drafts` is set:
    the file's translation is then added as a suggestion.

    Raises:
        DragomanError: the file is in another language or translates another text, or there is no catalog.
    """
    (text,) = chosen_texts(project, [wanted.text])
    (locale,) = chosen_locales(project, [wanted.locale])
    mine, theirs, alignment = _aligned(project, Loader(project), wanted, text, locale)
    if doubtful(alignment) and not wanted.force:
        raise DragomanError(
            f"hardly a translation of {text.domain} into {locales.name(locale)}: confidence {alignment.confidence:.2f}",
            file=wanted.file,
            how_to_fix="look at --report, and adopt it with --force if it is",
        )
    filling = Filling(
        os.path.basename(wanted.file),
        project.settings.source.partition("_")[0],
        locale.partition("_")[0],
        wanted.least,
        wanted.replace_drafts,
    )
    with project.files.locked(project.lock_folder):
        merging = Merging(project.files)
        catalog = Loader(project, merging).catalog(text, locale)  # read again, under the lock
        path = project.catalog(text, locale)
        if not catalog.po.entries:
            raise DragomanError(
                "there is no catalog yet",
                file=project.files.shown(path),
                how_to_fix="run 'dragoman update'",
            )
        filler = Filler(mine, theirs, {e.key: e for e in catalog.po.messages()}, filling)
        lines = tuple(filler.fill(alignment.beads))
        for place, entry in enumerate(catalog.po.entries):
            if not entry.obsolete and entry.key in filler.edits:
                catalog.po.entries[place] = filler.edits[entry.key]
        changed = bool(filler.edits)
        if wanted.write and changed:
            project.files.write({path: catalog.po.write()}, merging.merged)
    return Adopted(alignment.confidence, lines, changed)


def _aligned(
    project: Project, loader: Loader, wanted: AdoptOptions, text: Text, locale: str
) -> tuple[Side, Side, Alignment]:
    """Both sides, and their alignment or the corrected one."""
    lang, source = locale.partition("_")[0], project.settings.source
    mine = side(loader.document(text))
    theirs = side(read(wanted.file, lang, loader.options(text), text.path))
    if wanted.corrections:
        return (
            mine,
            theirs,
            corrected(wanted.corrections, len(mine.units), len(theirs.units)),
        )
    if not wanted.force:
        targets, sources = ([s.text for s in one.sentences] for one in (theirs, mine))
        check_language(targets, sources, source.partition("_")[0], locale, wanted.file)
    known = list(hints(project, loader, mine.sentences, locale))
    options = (source, lang, known, encoder(wanted.encoder))
    return mine, theirs, align(mine.sentences, theirs.sentences, *options)
