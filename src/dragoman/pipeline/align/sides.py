"""The two sides of an alignment: sentences of documents and of translated files."""

from __future__ import annotations

import os
from typing import NamedTuple

from dragoman import formats, gate, segment
from dragoman.alignment import Sentence
from dragoman.errors import DragomanError
from dragoman.formats import ReadOptions
from dragoman.imports import document_import
from dragoman.model import Block, Document, Kind, Unit
from dragoman.project import Files


class Side(NamedTuple):
    """The sentences of one side, and for each its unit."""

    sentences: tuple[Sentence, ...]
    units: tuple[Unit, ...]


def side(document: Document) -> Side:
    """The sentences of a document with their units.

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
        if block.kind
        in (Kind.HEADING, Kind.ITEM, Kind.TERM, Kind.DEFINITION, Kind.CELL, Kind.METADATA)
        else ""
    )


SUFFIXES = tuple(dict.fromkeys((*formats.SUFFIXES, *document_import.SUFFIXES)))
"""Suffixes of files that a translation can be read from: our formats, and what is converted."""
_TITLES = ReadOptions(front_matter=frozenset({"title"}))


def read(
    path: str,
    lang: str,
    options: ReadOptions = _TITLES,
    like: str = "",
) -> Document:
    """Read a translated file, of any of our formats, as a document.

    Args:
        path: the file.
        lang: its language.
        options: how the other side is read; sentences are those of the language.
        like: path of the other side; a file of another format is converted to Markdown, if it can
            be, so that both have the same inline markup.

    Raises:
        DragomanError: there is no such file, or its format is unknown.
    """
    place = os.path.abspath(path)
    files = Files(os.path.dirname(place))
    if not path.lower().endswith(SUFFIXES):
        raise DragomanError(
            "no format to read a translation from",
            file=path,
            how_to_fix=f"known: {', '.join(SUFFIXES)}",
        )
    data = files.bytes_of(place, gate.LARGEST)
    if data is None:
        raise DragomanError("there is no such file", file=path, how_to_fix="check the path")
    options = options._replace(split=segment.segmenter(lang).spans, file=path)
    if path.lower().endswith(document_import.SUFFIXES) and not _alike(path, like):
        return formats.format_of("x.md").read(document_import.as_markdown(data, path), options)
    own = formats.format_of(path)
    return own.read(files.source_of(place, own.BINARY), options)


def _alike(path: str, other: str) -> bool:
    """Whether two files are of the same one of our formats."""
    if not all(one.lower().endswith(formats.SUFFIXES) for one in (path, other)):
        return False
    return formats.format_of(path) is formats.format_of(other)
