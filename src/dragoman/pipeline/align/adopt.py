"""Adopting: an existing translation of a text goes into its catalog, sentence by sentence."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from typing import NamedTuple

from dragoman import gate, segment
from dragoman.alignment import Alignment, Bead, Sentence, align
from dragoman.catalogs import joins, provenance
from dragoman.checks.families.wrong_language import nearest
from dragoman.errors import DragomanError
from dragoman.formats import Options, format_of
from dragoman.imports.document_import import SUFFIXES, as_markdown
from dragoman.languages import locales
from dragoman.memory.cleaning import wrong_script
from dragoman.model import Block, Document, Key, Kind, Unit
from dragoman.pipeline.align.encoders import encoder
from dragoman.pipeline.align.pair_hints import hints
from dragoman.pipeline.catalogs.edit import done
from dragoman.pipeline.loader import Loader
from dragoman.pipeline.merging import Merging
from dragoman.pipeline.selection import chosen_locales, chosen_texts
from dragoman.po import Entry
from dragoman.project import Files, Project

SURE = 0.7
"""Least confidence of a bead whose translation counts as done."""
_OTHER_TEXT, _OTHER_NOTE, _NOTE_SENTENCES = 0.5, 0.4, 12


def doubtful(found: Alignment) -> bool:
    """Whether two texts are hardly translations of each other; short ones have less to show.

    Measured: 36 pairs of strangers, some about the same events, had 0.15 to 0.48; 21 true pairs had
    0.58 to 0.94, and one of six sentences 0.47.
    """
    short = len(found.beads) < _NOTE_SENTENCES
    return found.confidence < (_OTHER_NOTE if short else _OTHER_TEXT)


class Side(NamedTuple):
    """The sentences of one side, and the units or texts they are."""

    sentences: tuple[Sentence, ...]
    units: tuple[Unit, ...]


class Line(NamedTuple):
    """A bead as reports show it."""

    bead: Bead
    source: str
    target: str
    fate: str
    """`translated`, `draft`, `kept` (there was a translation), `omitted` or `added`."""


class Adopted(NamedTuple):
    """What adopting did, or would do."""

    confidence: float
    lines: tuple[Line, ...]
    changed: bool


def side(document: Document) -> Side:
    """The sentences of a document, with their blocks.

    >>> side(Document((Block(Kind.HEADING, (Unit("A.", "A."),)),))).sentences
    (Sentence(text='A.', block=0, kind='heading'),)
    """
    sentences, units = [], []
    for number, block in enumerate(document.blocks):
        for unit in block.units:
            sentences.append(Sentence(unit.source, number, _kind(block)))
            units.append(unit)
    return Side(tuple(sentences), tuple(units))


def _kind(block: Block) -> str:
    return (
        block.kind.value
        if block.kind in (Kind.HEADING, Kind.ITEM, Kind.CELL, Kind.METADATA)
        else ""
    )


def read(
    path: str, lang: str, paragraphs: str = "auto", front_matter: Sequence[str] = ("title",)
) -> Document:
    """A translated file as a document: .md, .txt, .html or .docx.

    Raises:
        DragomanError: there is no such file, or it is of no known format.
    """
    place = os.path.abspath(path)
    files = Files(os.path.dirname(place))
    if not path.lower().endswith(SUFFIXES):
        raise DragomanError(
            "no format to read a translation from",
            file=path,
            way_out=f"known are {', '.join(SUFFIXES)}",
        )
    data = files.bytes_of(place, gate.LARGEST)
    if data is None:
        raise DragomanError("there is no such file", file=path, way_out="check the path")
    options = Options(
        split=segment.segmenter(lang).spans,
        paragraphs=paragraphs,
        front_matter=frozenset(front_matter),
        file=path,
    )
    if path.lower().endswith((".html", ".htm", ".docx")):
        return format_of("x.md").read(as_markdown(data, path), options)
    return format_of(path).read(files.text_of(place), options)


class Wanted(NamedTuple):
    """What is to be adopted, and how."""

    file: str
    text: str
    locale: str
    least: float = SURE
    force: bool = False
    """Whether to write although the file seems to be of another text."""
    corrections: str = ""
    """A report whose third column somebody corrected."""
    write: bool = True
    encoder: str = ""
    """Name of an installed encoder of sentences."""


def adopt(project: Project, wanted: Wanted) -> Adopted:
    """Fill the catalog of a text from a file that somebody translated already.

    Nothing that is translated in the catalog is overwritten.
    """
    (text,) = chosen_texts(project, [wanted.text])
    (locale,) = chosen_locales(project, [wanted.locale])
    merging = Merging(project.files)
    loader = Loader(project, merging)
    with project.files.locked(project.lock_folder):
        document = loader.document(text)
        settings = project.settings.for_text(text.path)
        paragraphs, keys = settings.paragraphs, settings.front_matter
        mine = side(document)
        theirs = side(read(wanted.file, locale.partition("_")[0], paragraphs, keys))
        if wanted.corrections:
            found = corrected(wanted.corrections, len(mine.units), len(theirs.units))
        else:
            _check_language(theirs, locale, wanted)
            known = list(hints(project, loader, mine.sentences, locale))
            ways = (settings.source, locale.partition("_")[0], known, encoder(wanted.encoder))
            found = align(mine.sentences, theirs.sentences, *ways)
        if doubtful(found) and not wanted.force:
            raise DragomanError(
                f"hardly a translation of {text.domain} into {locales.name(locale)}: confidence {found.confidence:.2f}",
                file=wanted.file,
                way_out="look at --report, and adopt it with --force if it is",
            )
        catalog = loader.catalog(text, locale)
        if not catalog.po.entries:
            raise DragomanError(
                "there is no catalog yet",
                file=project.files.shown(project.catalog(text, locale)),
                way_out="run 'dragoman update'",
            )
        adopter = _Adopter(mine, theirs, {e.key: e for e in catalog.po.messages()}, wanted)
        lines = tuple(adopter.line(bead) for bead in found.beads)
        for place, entry in enumerate(catalog.po.entries):
            if not entry.obsolete and entry.key in adopter.edits:
                catalog.po.entries[place] = adopter.edits[entry.key]
        path = project.catalog(text, locale)
        changed = bool(adopter.edits)
        if wanted.write and changed:
            project.files.write({path: catalog.po.write()}, merging.merged)
    return Adopted(found.confidence, lines, changed)


def _check_language(theirs: Side, locale: str, wanted: Wanted) -> None:
    """Refuse a file that reads like another language, unless it is forced."""
    lang = locale.partition("_")[0]
    said = " ".join(sentence.text for sentence in theirs.sentences)
    likest = nearest(said, lang)
    if (likest != lang or wrong_script(lang, said)) and not wanted.force:
        like = (
            f"it reads like {locales.name(likest)}" if likest != lang else "it is in other letters"
        )
        raise DragomanError(
            f"{like}, not {locales.name(locale)}",
            file=wanted.file,
            way_out="name its language with --locale, or adopt it with --force if it is",
        )


_NOTE = re.compile(r"\[\^([^\]\s]+)\]")
_LABEL = re.compile(r"\]\[([^\[\]]+)\]")
_LINK = re.compile(r"\]\([^()\s]*\)")


class _Adopter:
    """Puts beads into the entries of a catalog."""

    def __init__(self, mine: Side, theirs: Side, entries: dict[Key, Entry], wanted: Wanted) -> None:
        self._mine, self._theirs, self._entries = mine, theirs, entries
        self._wanted = wanted
        self._origin = f"imported {os.path.basename(wanted.file)}"
        self.edits: dict[Key, Entry] = {}

    def line(self, bead: Bead) -> Line:
        units = self._mine.units[slice(*bead.source)]
        targets = [unit.source for unit in self._theirs.units[slice(*bead.target)]]
        source = " ".join(u.source for u in units)
        target = self._spelled(source, " ".join(targets))
        if not units or not targets:
            return Line(bead, source, target, "omitted" if units else "added")
        return Line(bead, source, target, self._take(bead, units, target))

    def _spelled(self, source: str, target: str) -> str:
        """Markup as the source writes it: its names of footnotes and links, its kind of emphasis."""
        known = {label for label in _NOTE.findall(target) if f"[^{label}]" not in source}
        asked = _NOTE.findall(source)
        if known and len(_NOTE.findall(target)) == len(asked):
            names = iter(asked)
            target = _NOTE.sub(lambda _: f"[^{next(names)}]", target)
        for label in _LABEL.findall(source):
            target = _LINK.sub(rf"][{label}]", target, count=1)
        if "**" not in source and "*" in source and target.count("**") == source.count("*"):
            target = target.replace("**", "*")
        return target

    def _take(self, bead: Bead, units: Sequence[Unit], target: str) -> str:
        """The first unit gets the target, the others the mark that it covers them."""
        first = self._entries.get(units[0].key)
        if first is None or first.plural:
            return "omitted"
        if first.msgstr and not first.fuzzy:
            return "kept"
        blocks = {sentence.block for sentence in self._mine.sentences[slice(*bead.source)]}
        sure = bead.confidence >= self._wanted.least and len(blocks) == 1
        self._put(first, target, sure, bead.confidence)
        if len(blocks) == 1:
            for unit in units[1:]:
                entry = self._entries.get(unit.key)
                if (
                    entry is not None
                    and (not entry.msgstr or entry.fuzzy)
                    and unit.key not in self.edits
                ):
                    self._put(entry, joins.BEFORE, sure, bead.confidence)
        return "translated" if sure else "draft"

    def _put(self, entry: Entry, target: str, sure: bool, confidence: float) -> None:
        if entry.key in self.edits:
            return
        made = done(entry) if entry.fuzzy else entry
        made = made.replaced(msgstr=target)
        origin = f"{self._origin} {confidence:.0%}".replace("%", " %")
        said = provenance.Provenance(origin, provenance.source_hash(entry.key))
        made = made.replaced(comments=provenance.write(made.comments, said))
        self.edits[entry.key] = made if sure else made.flagged("fuzzy")


def corrected(file: str, rows: int, columns: int) -> Alignment:
    """The beads of a report whose numbers somebody corrected; each is sure.

    Raises:
        DragomanError: a line is not of that form, or numbers are out of order or of no sentence.
    """
    place = os.path.abspath(file)
    text = Files(os.path.dirname(place)).text_of(place)
    beads = []
    i = j = 0
    for number, line in enumerate(text.split("\n"), 1):
        cells = line.split("\t")
        if len(cells) < 3 or cells[1] == "source":
            continue
        try:
            source, target = _span(cells[1], i), _span(cells[2], j)
        except ValueError:
            raise DragomanError(
                f"{cells[1]!r} or {cells[2]!r} is no number of a sentence",
                file=file,
                line=number,
                way_out="write 4 or 4-5",
            ) from None
        if source[0] < i or target[0] < j or source[1] > rows or target[1] > columns:
            raise DragomanError(
                "sentences out of order, or more than there are",
                file=file,
                line=number,
                way_out="keep the numbers ascending",
            )
        beads += [Bead((k, k + 1), (j, j)) for k in range(i, source[0])]
        beads.append(
            Bead(
                source, target, 0.0, 1.0 if source[0] < source[1] and target[0] < target[1] else 0.0
            )
        )
        i, j = source[1], target[1]
    beads += [Bead((k, k + 1), (j, j)) for k in range(i, rows)]
    return Alignment(tuple(beads), 1.0)


def _span(cell: str, at: int) -> tuple[int, int]:
    """`4`, `4-5` or nothing, counted from 1."""
    if not cell.strip():
        return at, at
    first, _, last = cell.strip().partition("-")
    return int(first) - 1, int(last or first)


def numbers(span: tuple[int, int]) -> str:
    """A span as a report writes it.

    >>> numbers((3, 4)), numbers((3, 5)), numbers((3, 3))
    ('4', '4-5', '')
    """
    first, last = span[0] + 1, span[1]
    return "" if last < first else str(first) if first == last else f"{first}-{last}"
